// A laptop in a folder of its own under the system's temporary folder, gone at the end.
// Unencrypted unless it is asked for: what is tested here is mostly not the vault.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <stdlib.h>

#include "common/base/check.hpp"
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
    explicit TempClient(UserId user, std::uint64_t seed = 7, Kept how = Kept::Plain)
        : random(seed), how_(how) {
        std::string name = (std::filesystem::temp_directory_path() / "dossier-XXXXXX").string();
        DOSSIER_CHECK(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
        if (how_ == Kept::InVault)
            DOSSIER_CHECK(vault::create(paths(), vault::KeyFile{folder_ / "key"}, random));
        reopen();
        client::Identity identity;
        identity.device = ids.make<DeviceId>();
        identity.user = user;
        identity.device_code = "N07";
        identity.user_name = "李建国";
        store().meta.set_identity(identity);
    }
    TempClient(const TempClient&) = delete;
    TempClient& operator=(const TempClient&) = delete;
    ~TempClient() {
        intake_.reset();
        store_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    client::Store& store() { return *store_; }
    client::Intake& intake() { return *intake_; }
    /// Closes the store as a stopped program does and opens it again; `meanwhile` may change its
    /// files.
    template <class Meanwhile>
    void reopen(Meanwhile meanwhile) {
        intake_.reset();
        store_.reset();
        meanwhile();
        open();
    }
    void reopen() {
        reopen([] {});
    }
    /// Saves ops as one action.
    Result<OSeq> commit(std::vector<merge::Op> ops) {
        merge::Changeset draft;
        draft.source = "cli";
        draft.ops = std::move(ops);
        return intake_->commit(std::move(draft));
    }
    [[nodiscard]] std::string path() const { return (folder_ / "client.db").string(); }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

    SetClock clock{kMorning};
    crypto::SeededRandom random;
    crypto::Ids ids{clock, random};
    NullLog log;

  private:
    [[nodiscard]] vault::VaultPaths paths() const {
        return {path(), (folder_ / "client.keys").string()};
    }
    Result<std::unique_ptr<client::Store>> open_store() {
        if (how_ == Kept::Plain)
            return client::Store::open(sqlite::OpenOptions{.path = path(), .vfs = ""});
        auto key = vault::unlock(paths(), vault::KeyFile{folder_ / "key"});
        DOSSIER_CHECK(key.has_value());
        auto vault = vault::Vault::open(paths(), std::move(*key), random);
        DOSSIER_CHECK(vault.has_value());
        return client::Store::open(std::move(*vault));
    }
    void open() {
        auto opened = open_store();
        DOSSIER_CHECK(opened.has_value());
        store_ = std::move(*opened);
        intake_ = std::make_unique<client::Intake>(*store_, clock);
    }

    Kept how_;
    std::filesystem::path folder_;
    std::unique_ptr<client::Store> store_;
    std::unique_ptr<client::Intake> intake_;
};

}  // namespace dossier::test
