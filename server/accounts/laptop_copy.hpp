// A copy of a laptop's folder, opened with the office's recovery key: for a forgotten passphrase,
// or the work a leaver never sent. The office reads the outbox and nothing else of it.
#pragma once

#include <string>
#include <vector>

#include "protocol/messages.hpp"

#include "server/accounts/office_keys.hpp"

namespace dossier::server {

inline constexpr Fault kNoLaptop{
    "device.no_copy",
    ErrorCode::NotFound,
    {"{} 中没有终端档案库的拷贝", "there is no copy of a laptop's store in {}"},
    {"给出含 dossier.db 与 dossier.keys 的目录",
     "name the folder with dossier.db and dossier.keys"}};
inline constexpr Fault kOtherLaptop{"device.other_copy",
                                    ErrorCode::Conflict,
                                    {"{} 不是终端 {} 的拷贝", "{} is not a copy of device {}"},
                                    {"核对终端码与目录", "check the code and the folder"}};
inline constexpr Fault kShortPassphrase{
    "device.short_passphrase",
    ErrorCode::Usage,
    {"新口令至少 8 个字符", "the new passphrase needs 8 characters"},
    {"写入文件第一行后重试", "write it into the first line of the file and try again"}};

/// What a laptop has written and never sent.
struct UnsentWork {
    DeviceId device;
    std::uint64_t last = 0;  ///< number and chain digest of the last entry of its outbox
    Digest head{};
    std::vector<protocol::Frozen> entries;
};

/// Errors: device.no_copy, those of vault::unlock and Vault::open (a laptop of another office has
/// another recovery key).
Result<UnsentWork> read_unsent(const std::string& folder,
                               const OfficeKeys& keys,
                               crypto::Random& random);
/// The copy opens with this passphrase from now on; its key file goes back to the laptop.
/// Errors: device.short_passphrase, those of vault::add_slot.
Status set_passphrase(const std::string& folder,
                      const OfficeKeys& keys,
                      std::string_view passphrase,
                      crypto::Random& random);

}  // namespace dossier::server
