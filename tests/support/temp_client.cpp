#include "tests/support/temp_client.hpp"

#include <stdlib.h>

#include "common/base/check.hpp"

namespace dossier::test {

TempClient::TempClient(UserId user, std::uint64_t seed, Kept how) : random(seed), how_(how) {
    std::string name = (std::filesystem::temp_directory_path() / "dossier-XXXXXX").string();
    DOSSIER_CHECK(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
    if (how_ == Kept::InVault)
        DOSSIER_CHECK(vault::create(paths(), vault::KeyFile{folder_ / "key"}, random));
    open();
    client::Identity identity;
    identity.device = ids.make<DeviceId>();
    identity.user = user;
    identity.device_code = "N07";
    identity.user_name = "李建国";
    store().meta.set_identity(identity);
}

TempClient::~TempClient() {
    close();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

Result<OSeq> TempClient::commit(std::vector<merge::Op> ops) {
    merge::Changeset draft;
    draft.source = "cli";
    draft.ops = std::move(ops);
    return intake_->commit(std::move(draft));
}

vault::VaultPaths TempClient::paths() const {
    return {path(), (folder_ / "client.keys").string()};
}

Result<std::unique_ptr<client::Store>> TempClient::open_store() {
    if (how_ == Kept::Plain)
        return client::Store::open(sqlite::OpenOptions{.path = path(), .vfs = ""});
    auto key = vault::unlock(paths(), vault::KeyFile{folder_ / "key"});
    DOSSIER_CHECK(key.has_value());
    auto vault = vault::Vault::open(paths(), std::move(*key), random);
    DOSSIER_CHECK(vault.has_value());
    return client::Store::open(std::move(*vault));
}

void TempClient::open() {
    auto opened = open_store();
    DOSSIER_CHECK(opened.has_value());
    store_ = std::move(*opened);
    intake_ = std::make_unique<client::Intake>(*store_, clock);
}

void TempClient::close() {
    intake_.reset();
    store_.reset();
}

}  // namespace dossier::test
