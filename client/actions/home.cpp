#include "client/actions/home.hpp"

#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "common/base/private_folder.hpp"
#include "common/base/text.hpp"
#include "common/sqlite/read_only.hpp"
#include "common/vault/copy_file.hpp"
#include "common/vault/file_faults.hpp"
#include "common/vault/part_folder.hpp"

#include "client/faults.hpp"

namespace dossier::client {
namespace {

namespace fs = std::filesystem;

/// A store that was not finished (a full disk) would stand in the way of the next attempt: its
/// files go unless they are kept.
class Unfinished {
  public:
    explicit Unfinished(fs::path folder) : folder_(std::move(folder)) {}
    ~Unfinished() {
        std::error_code ignored;
        if (folder_.empty()) return;
        for (const auto* suffix :
             {".db", ".db-wal", ".db-lock", ".db-versions", ".db-versions2", ".keys", ".attempts"})
            fs::remove(folder_ / (std::string("dossier") + suffix), ignored);
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    void keep() { folder_.clear(); }

  private:
    fs::path folder_;
};

}  // namespace

vault::VaultPaths paths_in(const std::string& folder) {
    return {folder + "/dossier.db", folder + "/dossier.keys"};
}

bool is_home(const std::string& folder) {
    const auto paths = paths_in(folder);
    std::error_code error;
    return fs::exists(paths.slots, error) || fs::exists(paths.database, error);
}

Result<vault::Unlock> passphrase_of(std::string typed) {
    auto canonical = composed_text(typed);
    crypto::wipe({reinterpret_cast<std::uint8_t*>(typed.data()), typed.size()});
    if (!canonical || character_count(*canonical) < 8) return fail(kWeakPassphrase);
    vault::Passphrase made{crypto::Secret::copy(bytes_of(*canonical))};
    crypto::wipe({reinterpret_cast<std::uint8_t*>(canonical->data()), canonical->size()});
    return vault::Unlock(std::move(made));
}

Status make_home(const std::string& folder, const vault::Unlock& how, crypto::Random& random) {
    if (auto made = make_private_folder(folder, kFolder); !made) return made;
    auto made = vault::create(paths_in(folder), how, random);
    if (!made) return pass(made);
    Unfinished files(folder);
    auto store = open_home(folder, how, random);
    if (!store) return pass(store);
    files.keep();
    return {};
}

Result<std::unique_ptr<Store>> open_home(const std::string& folder,
                                         const vault::Unlock& how,
                                         crypto::Random& random) {
    const auto paths = paths_in(folder);
    if (!is_home(folder)) return fail(kNoVault, folder);
    auto key = vault::unlock(paths, how);
    if (!key) return pass(key);
    auto vault = vault::Vault::open(paths, std::move(*key), random);
    if (!vault) return pass(vault);
    return Store::open(std::move(*vault));
}

void destroy_home(const std::string& folder) {
    const auto paths = paths_in(folder);
    std::error_code ignored;
    const auto size = fs::file_size(paths.slots, ignored);
    const int descriptor = ::open(paths.slots.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor >= 0 && !ignored) {
        const std::vector<char> zeros(size);
        if (::write(descriptor, zeros.data(), zeros.size()) >= 0) ::fsync(descriptor);
    }
    if (descriptor >= 0) ::close(descriptor);
    fs::remove(paths.slots, ignored);
    const Unfinished rest(folder);
}

Status copy_home(Store& store, const std::string& from, const std::string& to) {
    // With the log emptied and this process the only user, the files are one consistent state.
    const std::string name = "dossier.db";
    std::vector<std::string> files{name, name + "-versions", name + "-versions2", "dossier.keys"};
    if (sqlite::is_read_only(store.connection())) {
        files.push_back(name + "-wal");  // cannot be emptied where it lies
    } else {
        store.connection().checkpoint_and_truncate();
    }
    const auto place = vault::part_of(to);
    auto part = vault::PartFolder::make(place);
    if (!part && part.error().is(vault::kExists)) return fail(kNotEmpty, place);
    if (!part) return pass(part);
    for (const std::string& file : files) {
        if (!vault::is_there(from + "/" + file)) continue;
        if (auto copied = vault::copy_file(from + "/" + file, part->file(file)); !copied)
            return copied;
    }
    auto named = part->finish_in(to);
    if (!named && named.error().is(vault::kExists)) return fail(kNotEmpty, to);
    return named;
}

}  // namespace dossier::client
