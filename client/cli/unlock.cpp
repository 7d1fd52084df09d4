#include "client/cli/unlock.hpp"

#include <cstdio>
#include <cstdlib>

#include <unistd.h>

#include "common/base/descriptor.hpp"
#include "common/base/input_file.hpp"
#include "common/cli/hidden_line.hpp"
#include "common/vault/copy_file.hpp"
#include "common/vault/file_faults.hpp"

#include "client/actions/home.hpp"

namespace dossier::client {
namespace {

/// Passphrases and invites are shorter.
constexpr std::size_t kLineBytesMax = std::size_t{64} * 1024;

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

Result<std::string> from_terminal(cli::Console& console, Asking asking) {
    auto once = typed(console, {"口令：", "Passphrase: "});
    if (!once || asking == Asking::Once) return once;
    auto twice = typed(console, {"再输一次：", "Again: "});
    if (!twice) return twice;
    if (*once != *twice) return fail(kPassphrasesDiffer);
    return once;
}

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

Result<std::string> typed_passphrase(const Globals& globals, cli::Console& console, Asking asking) {
    if (!globals.passphrase_file.empty()) return first_line(globals.passphrase_file);
    if (const char* command = std::getenv("DOSSIER_PASSPHRASE_COMMAND"))
        return line_of_command(command);
    return from_terminal(console, asking);
}

Result<vault::Unlock> unlock_from(const Globals& globals, cli::Console& console, Asking asking) {
    if (!globals.key_file.empty()) {
        if (!vault::is_there(globals.key_file))
            return fail(vault::kKeyFileMissing, globals.key_file);
        return vault::Unlock(vault::KeyFile{globals.key_file});
    }
    auto typed = typed_passphrase(globals, console, asking);
    if (!typed) return pass(typed);
    return passphrase_of(std::move(*typed));
}

}  // namespace dossier::client
