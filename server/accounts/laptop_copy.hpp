// A copy of a laptop's folder, opened with the office's recovery key: for a forgotten passphrase,
// or the work a leaver never sent. The office reads the outbox, and the contents of attachments
// that were never sent, and nothing else of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "common/content/sqlite_contents.hpp"
#include "common/vault/vault.hpp"

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

/// What lies in the outbox of a laptop.
struct LaptopWork {
    DeviceId device;
    /// Number and chain digest of every entry, ascending; entries are never removed.
    std::vector<protocol::ChainHead> chain;
    std::uint64_t first_unsent = 0;    ///< the first entry without a verdict; 0 = none
    std::uint64_t last_forgotten = 0;  ///< the last entry whose body is not here any more
};

/// What the laptop is to its office.
struct LaptopIdentity {
    DeviceId device;
    UserId user;
    std::string device_code;
    std::array<std::uint8_t, 32> public_key{};
};

class LaptopCopy {
  public:
    /// Errors: device.no_copy, those of vault::unlock and Vault::open (a laptop of another office
    /// has another recovery key).
    static Result<std::unique_ptr<LaptopCopy>> open(const std::string& folder,
                                                    const OfficeKeys& keys,
                                                    crypto::Random& random);

    LaptopWork work();
    LaptopIdentity identity();
    /// Entries from this one on, at most `limit`.
    std::vector<protocol::Frozen> entries(std::uint64_t from, std::size_t limit);
    /// Attachments whose content was never sent, and the contents.
    std::vector<RecordId> unsent_contents();
    content::Contents& contents() { return contents_; }

  private:
    explicit LaptopCopy(std::unique_ptr<vault::Vault> vault);
    Bytes meta(std::string_view key);
    bool knows(std::string_view table, std::string_view column);

    std::unique_ptr<vault::Vault> vault_;  // first: it outlives the connection
    sqlite::Connection db_;
    content::SqliteContents contents_{db_};
};

/// The copy opens with this passphrase from now on; its key file goes back to the laptop.
/// Errors: device.short_passphrase, those of vault::add_slot.
Status set_passphrase(const std::string& folder,
                      const OfficeKeys& keys,
                      std::string_view passphrase,
                      crypto::Random& random);

}  // namespace dossier::server
