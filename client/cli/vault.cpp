// check, backup create|verify|restore, passphrase change: the store itself.
#include "common/vault/vault.hpp"

#include <filesystem>

#include "common/vault/copy_file.hpp"

#include "client/cli/home.hpp"
#include "client/cli/words.hpp"
#include "client/faults.hpp"

namespace dossier::client {
namespace {

namespace fs = std::filesystem;

constexpr Fault kDamaged{"client.damaged",
                         ErrorCode::Corrupt,
                         {"检查不通过：{}", "the check failed: {}"},
                         {"停止使用，联系管理员；用 dossier backup restore 恢复备份",
                          "stop, call the administrator, restore a backup"}};

/// Pages, SQLite's own look at its structure, the contents of attachments.
Status check_store(Store& store) {
    if (store.vault() != nullptr) {
        if (auto fit = store.vault()->verify(); !fit) return fit;
    }
    auto row = store.connection().prepared("PRAGMA integrity_check(1)");
    const std::string word = row.step() ? std::string(row.text(0)) : "no answer";
    if (word != "ok") return fail(kDamaged, word);
    const Bytes key = store.meta.bytes(kContentKeyMeta).value_or(Bytes{});
    std::string wrong;
    store.attachments.contents.verify(
        key, [&](const std::string& each) { wrong += (wrong.empty() ? "" : "; ") + each; });
    if (!wrong.empty()) return fail(kDamaged, wrong);
    return {};
}

Result<int> check(Context& context) {
    if (auto fit = check_store(*context.store); !fit) return pass(fit);
    const auto count = context.store->replica.count(*catalog::find_kind("customer"));
    context.console.line(
        {"检查通过：客户 {} 条，待同步 {} 条", "all is well: {} customers, {} waiting for sync"},
        {std::to_string(count), std::to_string(context.store->outbox.unsent_count())});
    context.console.document(
        {{"ok", true}, {"customers", count}, {"unsent", context.store->outbox.unsent_count()}});
    return 0;
}

Result<int> create(Context& context) {
    if (vault::is_there(context.word(0))) return fail(vault::kExists, context.word(0));
    if (auto copied = copy_home(*context.store, context.globals.dir, context.word(0)); !copied)
        return pass(copied);
    context.console.line(
        {"已备份到 {}（打开方式与现在相同）", "backed up to {} (opens the same way)"},
        {context.word(0)});
    context.console.document({{"backup", context.word(0)}});
    return 0;
}

Result<int> verify(Context& context) {
    auto how = unlock_from(context.globals, context.console, Asking::Once);
    if (!how) return pass(how);
    auto store = open_home(context.word(0), *how, context.random);
    if (!store) return pass(store);
    if (auto fit = check_store(**store); !fit) return pass(fit);
    context.console.line({"备份完好：{}", "the backup is sound: {}"}, {context.word(0)});
    context.console.document({{"ok", true}, {"backup", context.word(0)}});
    return 0;
}

Result<int> restore(Context& context) {
    auto how = unlock_from(context.globals, context.console, Asking::Once);
    if (!how) return pass(how);
    const auto target = paths_in(context.globals.dir);
    if (fs::exists(target.database) || fs::exists(target.slots))
        return fail(kNotEmpty, context.globals.dir);
    auto store = open_home(context.word(0), *how, context.random);
    if (!store) return pass(store);
    if (auto fit = check_store(**store); !fit) return pass(fit);
    if (auto copied = copy_home(**store, context.word(0), context.globals.dir); !copied)
        return pass(copied);
    context.console.line({"已恢复到 {}。备份之后在本机做的修改若已同步，办公室会认出本机是旧副本",
                          "restored to {}. If changes made after the backup were synced, the "
                          "office will notice an older copy"},
                         {context.globals.dir});
    context.console.document({{"restored", context.globals.dir}});
    return 0;
}

Result<int> change_passphrase(Context& context) {
    auto now = unlock_from(context.globals, context.console, Asking::Once);
    if (!now) return pass(now);
    Globals next = context.globals;
    next.passphrase_file = context.value("new-passphrase-file");
    next.key_file.clear();
    auto fresh = unlock_from(next, context.console, Asking::Twice);
    if (!fresh) return pass(fresh);
    if (auto changed = vault::add_slot(paths_in(context.globals.dir), *now, *fresh, context.random);
        !changed)
        return pass(changed);
    context.console.line(Text{"口令已更改", "the passphrase was changed"});
    context.console.document({{"changed", true}});
    return 0;
}

}  // namespace

std::span<const Command> vault_commands() {
    static const std::array kCommands{
        Command{.path = "check",
                .help = {"检查档案库：每一页的密封和数据库结构",
                         "check the store: the seal of every page and the database"},
                .example = "dossier check",
                .run = check,
                .when_locked = WhenLocked::Runs},
        Command{.path = "backup create",
                .help = {"备份档案库到新目录", "copy the store to a new folder"},
                .example = "dossier backup create /media/u/dossier-1121",
                .words = "DIR",
                .run = create,
                .when_locked = WhenLocked::Runs},
        Command{.path = "backup verify",
                .help = {"检查一个备份", "check a backup"},
                .example = "dossier backup verify /media/u/dossier-1121",
                .words = "DIR",
                .needs = Needs::Nothing,
                .run = verify,
                .when_locked = WhenLocked::Runs},
        Command{.path = "backup restore",
                .help = {"把备份恢复到空的 --dir", "restore a backup into an empty --dir"},
                .example = "dossier --dir ~/new backup restore /media/u/dossier-1121",
                .words = "DIR",
                .needs = Needs::Nothing,
                .run = restore,
                .when_locked = WhenLocked::Runs},
        Command{.path = "passphrase change",
                .help = {"更改口令", "change the passphrase"},
                .example = "dossier passphrase change",
                .options = {{"new-passphrase-file",
                             {"从文件读新口令", "read the new passphrase from a file"}}},
                .needs = Needs::Nothing,
                .run = change_passphrase,
                .when_locked = WhenLocked::Runs},
    };
    return kCommands;
}

}  // namespace dossier::client
