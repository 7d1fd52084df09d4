// A laptop's way to its office: connects, lets the channel prove who is there, and drives the
// engine until the session is finished. Blocks its caller; one call at a time.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "common/base/log.hpp"
#include "common/crypto/random.hpp"

#include "protocol/invite_code.hpp"
#include "protocol/limits.hpp"
#include "protocol/link.hpp"

#include "client/store/store.hpp"
#include "client/sync/engine.hpp"

namespace dossier::client {

inline constexpr Fault kUnreachable{
    "sync.unreachable",
    ErrorCode::Unreachable,
    {"连接不上办公室 {}：{}", "the office at {} cannot be reached: {}"},
    {"检查网络与地址；未上传的内容仍保留在本机，稍后再同步",
     "check the network and the address; unsent work stays here, sync again later"}};
inline constexpr Fault kNoSuchHost{
    "sync.no_such_host",
    ErrorCode::Unreachable,
    {"找不到办公室的主机名 {}", "the office's host name {} cannot be found"},
    {"检查网络与地址；未上传的内容仍保留在本机，稍后再同步",
     "check the network and the address; unsent work stays here, sync again later"}};
inline constexpr Fault kTimedOut{"sync.timed_out",
                                 ErrorCode::TimedOut,
                                 {"办公室停止了响应", "the office stopped answering"},
                                 {"网络恢复后再次运行 {do:sync}，会从中断处继续",
                                  "run {do:sync} again: it continues where it stopped"}};
inline constexpr Fault kContentsCut{
    "sync.attachments_cut",
    ErrorCode::Partial,
    {"资料已同步并核对一致，但附件传输中断：待上传 {} 个，待下载 {} 个",
     "all records are synced and verified, but the attachments were cut: {} to send, {} to fetch"},
    {"再次运行 {do:sync}，附件会从中断处继续",
     "run {do:sync} again: the attachments continue where they stopped"}};
inline constexpr Fault kNotWanted{
    "sync.stopped",
    ErrorCode::TimedOut,
    {"同步已停止", "the sync was stopped"},
    {"解锁后会从中断处继续", "once unlocked it continues where it stopped"}};
inline constexpr Fault kEnrolledAlready{
    "client.enrolled_already",
    ErrorCode::Conflict,
    {"本机已登记为终端 {}", "this laptop is enrolled as device {} already"},
    {"直接同步：{do:sync}", "sync: {do:sync}"}};
/// Arguments: this laptop's device code and the address of its office.
inline constexpr Fault kOtherOffice{
    "client.other_office",
    ErrorCode::WrongServer,
    {"这是另一个办公室的邀请码；本机是办公室 {} 的终端 {}",
     "this invite is another office's; this laptop is enrolled with the office at {} as device {}"},
    {"向本机所属的办公室要邀请码。要改用另一个办公室：先同步送完未上传的内容，"
     "再在另一个数据目录（{in:dir}）里建库并用此邀请码登记",
     "ask this laptop's own office for an invite. To work with the other one, sync what is unsent, "
     "then make a store in another folder ({in:dir}) and enrol it with this invite"}};
/// Arguments: the address that was tried, the reason, the address that stays.
inline constexpr Fault kOfficeNotThere{
    "client.office_not_there",
    ErrorCode::Unreachable,
    {"邀请码里的办公室地址 {} 没有应答或不是本办公室（{}），没有改用它；仍使用 {}",
     "the office does not answer at {}, the address of the invite ({}); it was not taken, and {} "
     "stays"},
    {"连上网络后重试；地址若有误，向管理员要新的邀请码",
     "try again with a network; if the address is wrong, ask for a new invite"}};

struct ConnectionOptions {
    EngineOptions engine;
    std::string address;  ///< "host:port" in place of the one from the invite; empty = that one
    std::chrono::milliseconds connect_limit = protocol::kConnectLimit;
    std::chrono::milliseconds handshake_limit = protocol::kHandshakeLimit;
    std::chrono::milliseconds idle_limit = protocol::kIdleLimit;
    /// Held while something is done with the store, and not while the office is waited for; null =
    /// nobody else works on it.
    std::mutex* turns = nullptr;
    /// Asked a few times a second: false ends the session. Empty = it is wanted to its end.
    std::function<bool()> is_wanted = {};
};

struct Speaker;

class Connection {
  public:
    /// Called after each step: what is going on, for people.
    using Progress = std::function<void(const Engine&)>;

    /// All of it must outlive the connection.
    Connection(Store& store,
               const Clock& clock,
               crypto::Random& random,
               Log& log,
               ConnectionOptions options);

    /// One session. What was done before an error is kept; the next session goes on from there.
    /// Errors: client.not_enrolled, sync.unreachable, sync.timed_out, sync.unfinished,
    /// sync.attachments_cut,
    /// protocol.server_identity, protocol.not_admitted, those of protocol/refusals.hpp and of
    /// Engine::on.
    /// A session the office ended because rights changed meanwhile is followed by another.
    Result<Report> sync(const Progress& progress = {});
    /// What the last session did, even when it ended with an error.
    [[nodiscard]] const Report& last() const { return last_; }

    /// Spends an invite: this laptop becomes a device that waits for approval. Safe to repeat when
    /// the answer was lost. A laptop of that office learns its address and key from the invite, and
    /// asks to be known by its own key again if the office was set back to a time before it was
    /// enrolled; an office that knows it spends nothing. The store stays as it is in any case.
    /// An address is taken once the office was met there. Errors: enrol.…,
    /// client.enrolled_already, client.other_office, client.office_not_there, and those of the
    /// network.
    Result<Identity> enrol(std::string_view invite, std::string_view device_name);
    /// The last `enrol` made this laptop known again to an office that had forgotten it.
    [[nodiscard]] bool is_known_again() const { return is_known_again_; }

  private:
    using Turn = std::unique_lock<std::mutex>;
    [[nodiscard]] Turn take_turn() const;
    Result<Report> sync_once(const Progress& progress);
    /// Speaks with the office; waits for it without `turn`, and takes one for what it says.
    Status converse(Turn& turn,
                    const protocol::Address& address,
                    protocol::ClientSide side,
                    const Speaker& speaker);
    Result<Identity> called_anew(Turn& turn, Identity known, const protocol::InviteCode& code);
    Result<protocol::Enrolled> ask_to_enrol(Turn& turn,
                                            const protocol::InviteCode& code,
                                            protocol::Enrol enrol);
    void keep(const Identity& identity);
    Result<crypto::KeyPair> device_keys();
    void doubt_ticket(const Error& refused);
    void remember_state(protocol::DeviceState state);

    Store& store_;
    const Clock& clock_;
    crypto::Random& random_;
    Log& log_;
    ConnectionOptions options_;
    Report last_;
    bool is_known_again_ = false;
    bool office_answered_ = false;  ///< when it was last asked to enrol: its key was proven
};

}  // namespace dossier::client
