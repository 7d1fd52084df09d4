// The store itself: whether it is whole; the rows of what a shell does with its files and keys.
#include <array>

#include "common/catalog/customer.hpp"
#include "common/vault/copy_file.hpp"
#include "common/vault/file_faults.hpp"

#include "client/actions/check.hpp"
#include "client/actions/home.hpp"
#include "client/actions/tables.hpp"

namespace dossier::client {
namespace {

constexpr Fault kDamaged{
    "client.damaged",
    ErrorCode::Corrupt,
    {"检查不通过：{}", "the check failed: {}"},
    {"停止使用，联系管理员；用 {do:backup.restore} 恢复备份",
     "stop, call the administrator, bring a backup back with {do:backup.restore}"}};

constexpr std::array kCopyFolder{Input{.name = "DIR",
                                       .value = "",
                                       .help = {"目录", "a folder"},
                                       .give = Give::Required,
                                       .means = Means::Folder}};
constexpr std::array kPassphrase{Input{
    "new_passphrase_file", "FILE", {"从文件读新口令", "read the new passphrase from a file"}}};

Result<int> check(Context& context) {
    if (auto fit = check_store(context.store); !fit) return pass(fit);
    const auto count = context.store.replica.count(catalog::kCustomer);
    const auto unsent = context.store.outbox.unsent_count();
    context.answer.line(
        {"检查通过：客户 {} 条，待上传 {} 条", "all is well: {} customers, {} waiting for sync"},
        {std::to_string(count), std::to_string(unsent)});
    context.answer.document({{"ok", true}, {"customers", count}, {"unsent", unsent}});
    return 0;
}

Result<int> create_backup(Context& context) {
    const auto& to = context.inputs.text("dir");
    if (vault::is_there(to)) return fail(vault::kExists, to);
    if (auto copied = copy_home(context.store, context.laptop.folder, to); !copied)
        return pass(copied);
    context.answer.line(
        {"已备份到 {}（打开方式与现在相同）", "backed up to {} (opens the same way)"}, {to});
    context.answer.document({{"backup", to}});
    return 0;
}

}  // namespace

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

std::span<const Action> vault_actions() {
    static constexpr std::array kActions{
        Action{"check",
               {"检查档案库：每一页的密封和数据库结构",
                "check the store: the seal of every page and the database"},
               "dossier check",
               {},
               Needs::Reading,
               check,
               WhenLocked::Runs},
        Action{"backup create",
               {"备份档案库到新目录", "copy the store to a new folder"},
               "dossier backup create /media/u/dossier-1121",
               kCopyFolder,
               Needs::Store,
               create_backup,
               WhenLocked::Runs},
        Action{"backup verify",
               {"检查一个备份", "check a backup"},
               "dossier backup verify /media/u/dossier-1121",
               kCopyFolder,
               Needs::Nothing,
               nullptr,
               WhenLocked::Runs},
        Action{"backup restore",
               {"把备份恢复到空的 {in:dir}", "restore a backup into an empty {in:dir}"},
               "dossier --dir ~/new backup restore /media/u/dossier-1121",
               kCopyFolder,
               Needs::Nothing,
               nullptr,
               WhenLocked::Runs},
        Action{"passphrase change",
               {"更改口令", "change the passphrase"},
               "dossier passphrase change",
               kPassphrase,
               Needs::Nothing,
               nullptr,
               WhenLocked::Runs},
    };
    return kActions;
}

}  // namespace dossier::client
