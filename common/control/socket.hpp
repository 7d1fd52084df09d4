// The Unix socket through which a command line reaches the program that holds the store: mode 0600
// in the data folder, and only the same user or root is answered. Plain blocking calls, a thread
// each: a command that takes long keeps no other waiting for its answer.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "common/base/descriptor.hpp"
#include "common/base/result.hpp"
#include "common/control/messages.hpp"

namespace dossier::control {

inline constexpr Fault kSocket{
    "control.socket",
    ErrorCode::NoSpace,
    {"无法建立控制套接字 {}：{}", "cannot make the control socket {}: {}"},
    {"检查数据目录的权限与磁盘空间", "check the permissions of the data folder and the disk"}};
inline constexpr Fault kBroken{
    "control.broken",
    ErrorCode::Unreachable,
    {"运行中的程序没有给出完整应答", "the running program did not answer completely"},
    {"查看其日志；该操作可能已执行，先核对再重试",
     "see its log; the action may have been carried out: look before trying again"}};
inline constexpr Fault kBusy{
    "control.busy",
    ErrorCode::Busy,
    {"程序正在执行 {} 个命令，暂不接受新的", "the program is at {} commands and takes no more"},
    {"等其中一些完成后重试；停用终端或用户的命令不受此限",
     "try again when some have ended; commands that stop a laptop or a user are always taken"}};

/// Ordinary commands at once; beyond, they are refused. Urgent ones have places of their own.
inline constexpr std::size_t kPlaces = 16;
inline constexpr std::size_t kUrgentPlaces = 16;

inline constexpr Fault kForeign{
    "control.foreign",
    ErrorCode::Denied,
    {"{} 不是本数据目录所有者的套接字，没有向它发送任何内容",
     "{} is not the socket of this folder's owner; nothing was sent to it"},
    {"检查数据目录的所有者和权限，查明是谁在那里监听",
     "check owner and mode of the data folder, and who listens there"}};

/// Arguments: the process, the seconds it was waited for, the process.
inline constexpr Fault kSilent{
    "control.silent",
    ErrorCode::TimedOut,
    {"运行中的程序（进程 {}）{} 秒没有任何应答，可能已卡住",
     "the running program (process {}) has not answered anything for {} s and may hang"},
    {"结束它：kill -9 {}，然后重试。已保存的内容不会丢失；本次操作是否执行，重试前先核对",
     "end it: kill -9 {}, then try again. What was saved is not lost; look whether this action was "
     "carried out before trying again"}};

/// How long a command waits for a program that says nothing. Work may take as long as it likes:
/// beside it the program is asked whether it lives.
struct Patience {
    std::chrono::milliseconds before_asking{5'000};  ///< without an answer, and between two
    std::chrono::milliseconds for_life{10'000};      ///< for it to be reached, and to say so
};

/// What asks whether the program lives; answered by the socket itself.
inline constexpr std::string_view kAskAlive = "alive";

/// The socket of the program that runs in `folder`.
std::string control_path(const std::string& folder);

/// Asks the program that runs in `folder`; nullopt when none listens there. Waits as long as the
/// command takes, while the program lives. Not a word is sent to another user than the owner of the
/// folder, or root. Errors: control.broken, control.foreign, control.not_utf8, control.silent.
Result<std::optional<action::Outcome>> ask_running(const std::string& folder,
                                                   const Request& request,
                                                   Lang lang = Lang::Zh,
                                                   const Patience& patience = {});

/// Whether somebody still waits for the answer: false once he went away or the program ends.
/// Work that goes on for long asks it between its steps. Any thread.
using StillWanted = std::function<bool()>;

/// Who answers. Both are called on several threads at once.
struct Desk {
    std::function<action::Outcome(const Request&, const StillWanted&)> answer;
    /// Ahead of the others, also when all places are taken.
    std::function<bool(const Request&)> is_urgent = [](const auto&) { return false; };
    /// What a request is told that cannot be answered now.
    std::function<action::Outcome(const Request&, const Error&)> refuse = refuse_request;
};

class Socket {
  public:
    /// Listens in `folder`, of which this process holds the lock: a socket left over by a dead
    /// process is replaced. Errors: control.socket.
    static Result<std::unique_ptr<Socket>> open(const std::string& folder, Desk desk);
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
    /// Tells requests under way that they are not wanted any more and lets them end, takes no
    /// other, removes the socket.
    ~Socket();

  private:
    Socket(std::string path, int listening, int stop_read, int stop_write, Desk desk);
    void loop();
    /// Serves `peer`, who has a place, on a thread of his own.
    void receive(std::unique_ptr<Descriptor> peer);
    void serve(int peer);
    [[nodiscard]] action::Outcome answered(const Request& request, int peer);
    /// Takes a place; false when there is none.
    bool enter(std::size_t& taken, std::size_t places);
    void leave(std::size_t& taken);
    [[nodiscard]] bool is_wanted(int peer);

    std::string path_;
    int listening_;
    int stop_read_;
    int stop_write_;
    Desk desk_;
    std::mutex mutex_;
    std::condition_variable left_;
    std::size_t callers_ = 0;   ///< threads that serve somebody
    std::size_t ordinary_ = 0;  ///< of them, those at an ordinary command
    bool stopping_ = false;
    std::thread thread_;  // last: starts when everything above is there
};

}  // namespace dossier::control
