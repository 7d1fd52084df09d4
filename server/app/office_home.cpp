#include "server/app/office_home.hpp"

#include <filesystem>

#include <unistd.h>

#include "common/base/private_folder.hpp"
#include "common/vault/copy_file.hpp"
#include "common/vault/part_folder.hpp"
#include "common/vault/process_lock.hpp"
#include "common/vault/vault.hpp"

#include "server/accounts/office_keys.hpp"
#include "server/store/sqlite/open.hpp"

namespace dossier::server {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSlotsName = "dossier.keys";

std::string building_place(const OfficeHome& home) {
    return home.folder + "/dossier.restoring";
}

/// True for a folder with a restore that was cut short, or is under way: key slots come last.
bool is_half_restored(const OfficeHome& home) {
    return vault::is_part_folder(building_place(home)) && !vault::is_there(home.paths().slots);
}

/// The database and what belongs to it, as far as it is there; the key slots are not among it.
std::vector<std::string> data_names(const std::string& folder) {
    std::vector<std::string> names;
    for (const char* name :
         {"dossier.db", "dossier.db-versions", "dossier.db-versions2", "dossier.db-wal"}) {
        if (vault::is_there(folder + "/" + name)) names.emplace_back(name);
    }
    return names;
}

/// The folder an office is restored into: unless it is kept, what was put there goes again.
class NewHome {
  public:
    explicit NewHome(const OfficeHome& home)
        : home_(home), is_new_(!vault::is_there(home.folder)) {}
    NewHome(const NewHome&) = delete;
    NewHome& operator=(const NewHome&) = delete;
    ~NewHome() {
        if (is_kept_) return;
        if (is_filled_) remove_data();
        unlink((home_.paths().database + "-lock").c_str());
        if (is_new_) rmdir(home_.folder.c_str());
    }
    /// Where there are no key slots nobody could have written anything in it.
    void remove_data() {
        if (vault::is_there(home_.paths().slots)) return;
        for (const auto& name : data_names(home_.folder))
            unlink((home_.folder + "/" + name).c_str());
    }
    /// From now on the data in it are those of this restore.
    void fill() { is_filled_ = true; }
    void keep() { is_kept_ = true; }

  private:
    const OfficeHome& home_;
    bool is_new_;
    bool is_filled_ = false;
    bool is_kept_ = false;
};

Status copy_vault(const std::string& from, const vault::PartFolder& to) {
    auto names = data_names(from);
    names.emplace_back(kSlotsName);
    for (const auto& name : names) {
        if (auto copied = vault::copy_file(from + "/" + name, to.file(name)); !copied)
            return copied;
    }
    return {};
}

Status move_up(const vault::PartFolder& from, const std::string& name, const std::string& to) {
    if (::rename(from.file(name).c_str(), (to + "/" + name).c_str()) != 0) return fail(kFolder, to);
    return {};
}

Status move_vault(const vault::PartFolder& from, const std::string& to) {
    for (const auto& name : data_names(from.path())) {
        if (auto moved = move_up(from, name, to); !moved) return moved;
    }
    if (auto synced = vault::sync_folder(to); !synced) return synced;
    if (auto moved = move_up(from, std::string(kSlotsName), to); !moved) return moved;
    return vault::sync_folder(to);
}

/// Reads all of the office in `home` and gives it a new epoch.
Status verify_and_renew(const OfficeHome& home, const Clock& clock, crypto::Random& random) {
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

}  // namespace

Status make_office_home(const OfficeHome& home, crypto::Random& random) {
    if (is_half_restored(home)) return fail(kRestoreUnfinished, home.folder);
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
    if (is_half_restored(home)) return fail(kRestoreUnfinished, home.folder);
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
    const auto paths = home.paths();
    const OfficeHome from{backup, home.key_path()};
    if (vault::is_there(paths.slots)) return fail(vault::kExists, paths.slots);
    if (vault::is_there(paths.database) && !is_half_restored(home))
        return fail(vault::kExists, paths.database);
    if (!vault::is_there(from.paths().slots)) return fail(kNoOffice, backup);
    // The key first: what cannot be opened is not copied either.
    if (auto key = vault::unlock(from.paths(), vault::KeyFile{from.key_path()}); !key)
        return pass(key);
    NewHome made(home);
    if (auto folder = make_private_folder(home.folder, kFolder); !folder) return folder;
    auto lock = vault::ProcessLock::take(paths.database);
    if (!lock) {
        made.keep();  // of another restore, which is under way
        return pass(lock);
    }
    if (is_half_restored(home)) made.remove_data();
    // A restore that was cut before its folder had a mark left an empty one of this name, which is
    // ours alone; with anything in it rmdir leaves it.
    rmdir(building_place(home).c_str());
    auto part = vault::PartFolder::make(building_place(home));
    if (!part) return pass(part);
    if (auto copied = copy_vault(backup, *part); !copied) return copied;
    const OfficeHome built{part->path(), home.key_path()};
    if (auto sound = verify_and_renew(built, clock, random); !sound) return sound;
    made.fill();
    if (auto moved = move_vault(*part, home.folder); !moved) return moved;
    made.keep();
    return {};
}

}  // namespace dossier::server
