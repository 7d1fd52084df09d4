#include "client/cli/here.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "common/catalog/dictionary.hpp"
#include "common/cli/completion.hpp"
#include "common/cli/manual.hpp"
#include "common/vault/copy_file.hpp"
#include "common/vault/slots.hpp"

#include "protocol/messages.hpp"

#include "client/actions/check.hpp"
#include "client/actions/connect.hpp"
#include "client/actions/home.hpp"
#include "client/cli/unlock.hpp"

namespace dossier::client {
namespace {

namespace fs = std::filesystem;

// ---- init, passphrase -----------------------------------------------------------------------

Result<int> init(Here& here) {
    auto how = unlock_from(here.globals(), here.console, Asking::Twice);
    if (!how) return pass(how);
    if (auto made = make_home(here.globals().folder, *how, here.random); !made) return pass(made);
    here.console.line(
        {"已在 {} 建立加密档案库。下一步：取得邀请码后运行 {do:enroll}",
         "made an encrypted store in {}. Next: ask for an invite and run {do:enroll}"},
        {here.globals().folder});
    here.console.document({{"dir", here.globals().folder}});
    return 0;
}

Result<int> change_passphrase(Here& here) {
    auto now = unlock_from(here.globals(), here.console, Asking::Once);
    if (!now) return pass(now);
    Globals next = here.globals();
    next.passphrase_file = here.given("new_passphrase_file");
    next.key_file.clear();
    auto fresh = unlock_from(next, here.console, Asking::Twice);
    if (!fresh) return pass(fresh);
    if (auto changed = vault::add_slot(paths_in(here.globals().folder), *now, *fresh, here.random);
        !changed)
        return pass(changed);
    here.console.line(Text{"口令已更改", "the passphrase was changed"});
    here.console.document({{"changed", true}});
    return 0;
}

// ---- backup ---------------------------------------------------------------------------------

/// A backup that was found whole. Errors: those of `open_home` and `check_store`.
Result<std::unique_ptr<Store>> open_backup(Here& here, const vault::Unlock& how) {
    auto store = open_home(here.given("dir"), how, here.random);
    if (!store) return store;
    if (auto fit = check_store(**store); !fit) return pass(fit);
    return store;
}

Result<int> backup_verify(Here& here) {
    auto how = unlock_from(here.globals(), here.console, Asking::Once);
    if (!how) return pass(how);
    if (auto store = open_backup(here, *how); !store) return pass(store);
    here.console.line({"备份完好：{}", "the backup is sound: {}"}, {here.given("dir")});
    here.console.document({{"ok", true}, {"backup", here.given("dir")}});
    return 0;
}

Result<int> backup_restore(Here& here) {
    const std::string& to = here.globals().folder;
    auto how = unlock_from(here.globals(), here.console, Asking::Once);
    if (!how) return pass(how);
    const auto target = paths_in(to);
    if (fs::exists(target.database) || fs::exists(target.slots)) return fail(kNotEmpty, to);
    auto store = open_backup(here, *how);
    if (!store) return pass(store);
    if (auto copied = copy_home(**store, here.given("dir"), to); !copied) return pass(copied);
    here.console.line({"已恢复到 {}。备份之后在本机做的修改若已同步，办公室会认出本机是旧副本",
                       "restored to {}. If changes made after the backup were synced, the office "
                       "will notice an older copy"},
                      {to});
    here.console.document({{"restored", to}});
    return 0;
}

// ---- words ----------------------------------------------------------------------------------

Result<int> schema(Here& here) {
    const auto& format = here.given("format");
    if (!format.empty() && format != "md" && format != "json")
        return fail(cli::kWrongUsage, "--format md|json");
    const bool json = here.console.json || format == "json";
    here.console.out << (json ? catalog::dictionary_json()
                              : catalog::dictionary_markdown(here.console.lang))
                     << '\n';
    return 0;
}

Result<int> version(Here& here) {
    here.console.plain("dossier " + std::string(program_version()) + "  protocol " +
                       std::to_string(protocol::kProtocolMax) + "  schema " +
                       std::to_string(catalog::schema_version()));
    here.console.document({{"version", program_version()},
                           {"protocol", protocol::kProtocolMax},
                           {"schema", catalog::schema_version()}});
    return 0;
}

/// A page about the program's own command line.
Result<int> print_page(Here& here, std::string (*page)(const cli::Program&, Lang)) {
    Globals globals;
    here.console.page(page(program(globals), here.console.lang));
    return 0;
}

Result<int> manual(Here& here) {
    return print_page(here, cli::manual);
}

Result<int> completion(Here& here) {
    return print_page(here, cli::bash_completion);
}

struct HereCommand {
    std::string_view words;
    Result<int> (*run)(Here&);
};
constexpr std::array kHere{
    HereCommand{"init", init},
    HereCommand{"version", version},
    HereCommand{"manual", manual},
    HereCommand{"completion bash", completion},
    HereCommand{"schema", schema},
    HereCommand{"backup verify", backup_verify},
    HereCommand{"backup restore", backup_restore},
    HereCommand{"passphrase change", change_passphrase},
};

const HereCommand* find_here(const Action& action) {
    const auto* at = std::ranges::find(kHere, action.words, &HereCommand::words);
    return at == kHere.end() ? nullptr : at;
}

}  // namespace

bool is_done_here(const Action& action) {
    return find_here(action) != nullptr;
}

Result<int> run_here(Here& here) {
    const auto* command = find_here(*here.parsed.action);
    if (command == nullptr)
        return fail(action::kUnknownAction, action::name_of(*here.parsed.action));
    return command->run(here);
}

}  // namespace dossier::client
