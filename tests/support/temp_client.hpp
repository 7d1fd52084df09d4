// A laptop in a folder of its own under the system's temporary folder, gone at the end.
// Unencrypted unless it is asked for: what is tested here is mostly not the vault.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "common/base/log.hpp"
#include "common/crypto/random.hpp"
#include "common/vault/vault.hpp"

#include "client/intake/drafts.hpp"
#include "client/intake/intake.hpp"
#include "client/store/store.hpp"
#include "tests/support/kept.hpp"

namespace dossier::test {

/// 2026-03-02 10:00 in office time.
inline constexpr Instant kMorning{1'772'416'800'000};

class TempClient {
  public:
    /// Enrolled for `user` as device "N07"; without people and files until it has synced.
    explicit TempClient(UserId user, std::uint64_t seed = 7, Kept how = Kept::Plain);
    TempClient(const TempClient&) = delete;
    TempClient& operator=(const TempClient&) = delete;
    ~TempClient();

    client::Store& store() { return *store_; }
    client::Intake& intake() { return *intake_; }
    /// Closes the store as a stopped program does and opens it again; `meanwhile` may change its
    /// files.
    template <class Meanwhile>
    void reopen(Meanwhile meanwhile) {
        close();
        meanwhile();
        open();
    }
    void reopen() {
        reopen([] {});
    }
    /// Saves ops as one action.
    Result<OSeq> commit(std::vector<merge::Op> ops);
    [[nodiscard]] std::string path() const { return (folder_ / "client.db").string(); }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

    SetClock clock{kMorning};
    crypto::SeededRandom random;
    crypto::Ids ids{clock, random};
    NullLog log;

  private:
    [[nodiscard]] vault::VaultPaths paths() const;
    Result<std::unique_ptr<client::Store>> open_store();
    void open();
    void close();

    Kept how_;
    std::filesystem::path folder_;
    std::unique_ptr<client::Store> store_;
    std::unique_ptr<client::Intake> intake_;
};

}  // namespace dossier::test
