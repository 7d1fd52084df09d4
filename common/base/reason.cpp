#include "common/base/reason.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

namespace dossier {
namespace {

struct Reason {
    int number;
    Text words;
};

constexpr std::array kReasons{
    Reason{ENOSPC, {"磁盘已满", "the disk is full"}},
    Reason{EDQUOT, {"磁盘配额已用完", "the disk quota is used up"}},
    Reason{EACCES, {"没有权限", "no permission"}},
    Reason{EPERM, {"不允许", "not permitted"}},
    Reason{EROFS, {"文件系统只读", "the file system is read-only"}},
    Reason{ENOENT, {"不存在", "it does not exist"}},
    Reason{ENOTDIR, {"路径中有一段不是目录", "a part of the path is no folder"}},
    Reason{EISDIR, {"不是普通文件", "it is no ordinary file"}},
    Reason{ELOOP, {"是符号链接", "it is a symbolic link"}},
    Reason{EEXIST, {"已存在", "it exists"}},
    Reason{ENAMETOOLONG, {"名称过长", "the name is too long"}},
    Reason{EIO, {"磁盘读写出错", "the disk failed"}},
    Reason{EMFILE, {"打开的文件过多", "too many open files"}},
    Reason{ENFILE, {"系统打开的文件过多", "too many open files on this machine"}},
    Reason{ENOMEM, {"内存不足", "out of memory"}},
    Reason{EADDRINUSE, {"地址已被占用", "the address is in use"}},
    Reason{EADDRNOTAVAIL, {"不是本机的地址", "it is not an address of this machine"}},
    Reason{ECONNREFUSED, {"该地址没有程序接听", "nothing listens there"}},
    Reason{ECONNRESET, {"连接被对方断开", "the peer ended the connection"}},
    Reason{ETIMEDOUT, {"没有应答", "no answer came in time"}},
    Reason{ENETUNREACH, {"没有网络", "there is no network"}},
    Reason{EHOSTUNREACH, {"网络不通", "there is no way to it"}},
    Reason{ECANCELED, {"没有应答", "no answer came in time"}},
};

}  // namespace

std::string pair_of(const Text& words) {
    return std::string(words.zh) + '/' + std::string(words.en);
}

std::string reason_of(int error_number) {
    const auto at = std::ranges::find(kReasons, error_number, &Reason::number);
    return at == kReasons.end() ? std::to_string(error_number) : pair_of(at->words);
}

std::optional<Text> reason_in(std::string_view arg) {
    const auto at = std::ranges::find_if(
        kReasons, [&](const Reason& each) { return pair_of(each.words) == arg; });
    return at == kReasons.end() ? std::nullopt : std::optional(at->words);
}

}  // namespace dossier
