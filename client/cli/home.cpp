#include "client/cli/home.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

#include "common/base/descriptor.hpp"
#include "common/base/input_file.hpp"
#include "common/base/private_folder.hpp"
#include "common/cli/hidden_line.hpp"
#include "common/sqlite/read_only.hpp"
#include "common/vault/copy_file.hpp"
#include "common/vault/file_faults.hpp"
#include "common/vault/part_folder.hpp"

#include "client/faults.hpp"

namespace dossier::client {
namespace {

namespace fs = std::filesystem;

/// Passphrases and invites are shorter.
constexpr std::size_t kLineBytesMax = std::size_t{64} * 1024;

/// One normal form, so that the same words open on every keyboard.
Result<vault::Unlock> passphrase(std::string typed) {
    auto canonical = composed_text(typed);
    crypto::wipe({reinterpret_cast<std::uint8_t*>(typed.data()), typed.size()});
    if (!canonical || character_count(*canonical) < 8) return fail(kWeakPassphrase);
    vault::Passphrase made{crypto::Secret::copy(bytes_of(*canonical))};
    crypto::wipe({reinterpret_cast<std::uint8_t*>(canonical->data()), canonical->size()});
    return vault::Unlock(std::move(made));
}

Result<std::string> line_of_command(const char* command) {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(::popen(command, "r"), ::pclose);
    std::string line;
    for (int c = 0; pipe && (c = std::fgetc(pipe.get())) != EOF && c != '\n';)
        line += static_cast<char>(c);
    if (line.empty()) return fail(kCannotRead, "DOSSIER_PASSPHRASE_COMMAND");
    return line;
}

Result<std::string> typed(cli::Console& console, const Text& prompt) {
    auto line = cli::hidden_line(console, prompt);
    if (!line) return fail(kNoTerminal);
    return std::move(*line);
}

Result<vault::Unlock> from_terminal(cli::Console& console, Asking asking) {
    auto once = typed(console, {"口令：", "Passphrase: "});
    if (!once) return pass(once);
    if (asking == Asking::Twice) {
        auto twice = typed(console, {"再输一次：", "Again: "});
        if (!twice) return pass(twice);
        if (*once != *twice) return fail(kPassphrasesDiffer);
    }
    return passphrase(std::move(*once));
}

/// A store that was not finished (a full disk) would stand in the way of the next attempt: its
/// files go unless they are kept.
class Unfinished {
  public:
    explicit Unfinished(fs::path folder) : folder_(std::move(folder)) {}
    ~Unfinished() {
        std::error_code ignored;
        if (folder_.empty()) return;
        for (const auto* suffix :
             {".db", ".db-wal", ".db-lock", ".db-versions", ".db-versions2", ".keys"})
            fs::remove(folder_ / (std::string("dossier") + suffix), ignored);
    }
    Unfinished(const Unfinished&) = delete;
    Unfinished& operator=(const Unfinished&) = delete;
    void keep() { folder_.clear(); }

  private:
    fs::path folder_;
};

}  // namespace

Result<std::string> first_line(const std::string& path) {
    const Descriptor file(open_unwaiting(path));
    std::string line;
    char next = 0;
    bool is_there = false;
    while (line.size() < kLineBytesMax && file.number() >= 0 &&
           ::read(file.number(), &next, 1) == 1) {
        is_there = true;
        if (next == '\n') break;
        line += next;
    }
    if (!is_there) return fail(kCannotRead, path);
    return line;
}

vault::VaultPaths paths_in(const std::string& folder) {
    return {folder + "/dossier.db", folder + "/dossier.keys"};
}

Result<vault::Unlock> unlock_from(const Globals& globals, cli::Console& console, Asking asking) {
    if (!globals.key_file.empty()) {
        if (!vault::is_there(globals.key_file))
            return fail(vault::kKeyFileMissing, globals.key_file);
        return vault::Unlock(vault::KeyFile{globals.key_file});
    }
    if (!globals.passphrase_file.empty()) {
        auto line = first_line(globals.passphrase_file);
        if (!line) return pass(line);
        return passphrase(std::move(*line));
    }
    if (const char* command = std::getenv("DOSSIER_PASSPHRASE_COMMAND")) {
        auto line = line_of_command(command);
        if (!line) return pass(line);
        return passphrase(std::move(*line));
    }
    return from_terminal(console, asking);
}

Status make_home(const Globals& globals, const vault::Unlock& how, crypto::Random& random) {
    if (auto folder = make_private_folder(globals.folder, kFolder); !folder) return folder;
    auto made = vault::create(paths_in(globals.folder), how, random);
    if (!made) return pass(made);
    Unfinished files(globals.folder);
    auto store = open_home(globals.folder, how, random);
    if (!store) return pass(store);
    files.keep();
    return {};
}

Result<std::unique_ptr<Store>> open_home(const std::string& folder,
                                         const vault::Unlock& how,
                                         crypto::Random& random) {
    const auto paths = paths_in(folder);
    std::error_code error;
    if (!fs::exists(paths.slots, error) && !fs::exists(paths.database, error))
        return fail(kNoVault, folder);
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
