#include "server/app/office_home.hpp"

#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "common/base/private_folder.hpp"
#include "common/vault/vault.hpp"

#include "server/accounts/office_keys.hpp"
#include "server/store/sqlite/open.hpp"

namespace dossier::server {
namespace {

namespace fs = std::filesystem;

/// Copies a file so that a power cut leaves it whole or absent under its name.
Status copy_durably(const fs::path& from, const fs::path& to) {
    std::error_code error;
    fs::copy_file(from, to, error);
    if (!error) fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, error);
    if (error) return fail(kFolder, to, error.message());
    const int file = ::open(to.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (!synced) return fail(kFolder, to, "fsync");
    return {};
}

/// The files of a closed vault: database, page versions, and last the key slots, without which it
/// does not open.
Status copy_vault(const fs::path& from, const fs::path& to) {
    fs::path slots;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(from, error)) {
        const auto name = entry.path().filename().string();
        if (!name.starts_with("dossier.") || name.ends_with("-lock")) continue;
        if (name == "dossier.keys") {
            slots = entry.path();
            continue;
        }
        if (auto copied = copy_durably(entry.path(), to / name); !copied) return copied;
    }
    if (error) return fail(kFolder, from, error.message());
    if (slots.empty()) return fail(kNoOffice, from);
    return copy_durably(slots, to / slots.filename());
}

}  // namespace

Status make_office_home(const OfficeHome& home, crypto::Random& random) {
    if (auto made = make_private_folder(home.folder, kFolder); !made) return made;
    auto created = vault::create(home.paths(), vault::KeyFile{home.key_path()}, random);
    if (!created) return pass(created);
    return {};
}

Result<std::unique_ptr<OpenOffice>> open_office(const OfficeHome& home,
                                                const Clock& clock,
                                                crypto::Random& random) {
    std::error_code error;
    const auto paths = home.paths();
    if (!fs::exists(paths.database, error) && !fs::exists(paths.slots, error))
        return fail(kNoOffice, home.folder);
    auto key = vault::unlock(paths, vault::KeyFile{home.key_path()});
    if (!key) return pass(key);
    auto store = open_vault_store(paths, std::move(*key), random);
    if (!store) return pass(store);
    return std::make_unique<OpenOffice>(std::move(*store), clock, random);
}

Status restore_office(const OfficeHome& home,
                      const std::string& backup,
                      const Clock& clock,
                      crypto::Random& random) {
    std::error_code error;
    const auto paths = home.paths();
    for (const auto& name : {paths.database, paths.slots}) {
        if (fs::exists(name, error)) return fail(vault::kExists, name);
    }
    if (auto made = make_private_folder(home.folder, kFolder); !made) return made;
    if (auto copied = copy_vault(backup, home.folder); !copied) return copied;
    auto opened = open_office(home, clock, random);
    if (!opened) return pass(opened);
    Unit unit(*(*opened)->store);
    if (auto intact = (*opened)->store->verify([](std::string_view) {}); !intact) return intact;
    renew_epoch(*(*opened)->store, random);
    auto& office = (*opened)->office;
    AuditLine line;
    line.at = office.now();
    line.action = "restore";
    line.entity = "office";
    line.result = "ok";
    line.detail = std::to_string(office.store().audit_end().seq);
    office.store().append_audit(std::move(line));
    unit.commit();
    return {};
}

}  // namespace dossier::server
