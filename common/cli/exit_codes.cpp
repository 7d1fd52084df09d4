#include "common/cli/exit_codes.hpp"

#include <array>

#include "common/cli/console.hpp"

namespace dossier::cli {

std::span<const ExitCode> exit_codes() {
    static constexpr std::array kCodes{
        ExitCode{0, {"成功", "success"}},
        ExitCode{1, {"失败，见提示", "failed, see the message"}},
        ExitCode{2, {"命令写法有误", "written wrongly"}},
        ExitCode{3,
                 {"部分完成：有些行或附件没有办成", "partial: some rows or attachments not done"}},
        ExitCode{10, {"此处没有档案库", "no store here"}},
        ExitCode{11, {"被另一进程占用，或端口已被占用", "in use by another process, port taken"}},
        ExitCode{12, {"口令或密钥不对", "wrong passphrase or key"}},
        ExitCode{13,
                 {"办公室连不上、正忙、已满或中断：稍后再试",
                  "office not reachable, busy, full or cut off: try again"}},
        ExitCode{14,
                 {"终端未登记、未批准、已停用或已吊销",
                  "device not enrolled, not approved, suspended or revoked"}},
        ExitCode{15, {"不是本机登记的那个办公室", "not the office this laptop was enrolled with"}},
        ExitCode{16, {"程序或数据过旧或过新", "program or data too old or too new"}},
        ExitCode{17, {"存储的数据核对不符", "stored data does not verify"}},
        ExitCode{18, {"时钟偏差超过限度", "clock off beyond the limit"}},
        ExitCode{19,
                 {"磁盘已满、只读或不可用；输出无法写出",
                  "disk full, read-only or not usable; output could not be written"}},
        ExitCode{20, {"无权操作", "not allowed"}},
        ExitCode{kInterrupted, {"被中断", "interrupted"}},
    };
    return kCodes;
}

}  // namespace dossier::cli
