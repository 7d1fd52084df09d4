// The Unix socket through which a command line reaches the office that is running: mode 0600 in
// the data folder, and only the same user or root is answered. Plain blocking calls on a thread of
// their own: one request after the other.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "common/base/result.hpp"

#include "server/control/messages.hpp"

namespace dossier::server {

inline constexpr Fault kControlSocket{
    "control.socket",
    ErrorCode::NoSpace,
    {"无法建立控制套接字 {}：{}", "cannot make the control socket {}: {}"},
    {"检查数据目录的权限与磁盘空间", "check the permissions of the data folder and the disk"}};
inline constexpr Fault kControlBroken{
    "control.broken",
    ErrorCode::Unreachable,
    {"运行中的 dossierd 没有给出完整应答", "the running dossierd did not answer completely"},
    {"查看其日志；该操作可能已执行，先核对再重试",
     "see its log; the action may have been carried out: look before trying again"}};

inline constexpr Fault kControlForeign{
    "control.foreign",
    ErrorCode::Denied,
    {"{} 不是本数据目录所有者的套接字，没有向它发送任何内容",
     "{} is not the socket of this folder's owner; nothing was sent to it"},
    {"检查数据目录的所有者和权限，查明是谁在那里监听",
     "check owner and mode of the data folder, and who listens there"}};

/// The socket of the office in `folder`.
std::string control_path(const std::string& folder);

/// Asks the office that runs in `folder`; nullopt when none listens there. Waits as long as the
/// command takes. Not a word is sent to another user than the owner of the folder, or root.
/// Errors: control.broken, control.foreign.
Result<std::optional<ControlAnswer>> ask_running(const std::string& folder,
                                                 const ControlRequest& request);

class ControlSocket {
  public:
    using Handler = std::function<ControlAnswer(const ControlRequest&)>;

    /// Listens in `folder`, of which this process holds the lock: a socket left over by a dead
    /// process is replaced. `handler` is called on the socket's own thread.
    /// Errors: control.socket.
    static Result<std::unique_ptr<ControlSocket>> open(const std::string& folder, Handler handler);
    ControlSocket(const ControlSocket&) = delete;
    ControlSocket& operator=(const ControlSocket&) = delete;
    /// Lets the request under way end, takes no other, removes the socket.
    ~ControlSocket();

  private:
    ControlSocket(std::string path, int listening, int stop_read, int stop_write, Handler handler);
    void loop();
    void serve(int peer);

    std::string path_;
    int listening_;
    int stop_read_;
    int stop_write_;
    Handler handler_;
    std::thread thread_;  // last: starts when everything above is there
};

}  // namespace dossier::server
