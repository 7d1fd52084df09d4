// Erasing a customer or a contact for good, and the register of what was erased: kept beside the
// store, so that an office restored from an older backup can erase again.
#include "server/intake/erase.hpp"

#include <array>
#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/access/faults.hpp"
#include "common/action/answer.hpp"
#include "common/base/descriptor.hpp"
#include "common/base/input_file.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"

#include "server/actions/submit.hpp"
#include "server/actions/tables.hpp"
#include "server/actions/view.hpp"
#include "server/reading/audit_lines.hpp"
#include "server/reading/find.hpp"
#include "server/reading/known.hpp"

namespace dossier::server {
namespace {

using catalog::kContact;
using catalog::kCustomer;

constexpr Fault kUnknownContact{
    "cli.unknown_contact",
    ErrorCode::NotFound,
    {"这个客户没有联系人“{}”，或不止一位", "this customer has no contact '{}', or several"},
    {"写全名或标识，见 {do:customer.show}",
     "write the full name or the id, see {do:customer.show}"}};
constexpr Fault kNoRegister{"erased.no_register",
                            ErrorCode::NotFound,
                            {"无法读取抹除登记 {}", "the register {} cannot be read"},
                            {"检查路径与权限", "check path and permissions"}};
constexpr Fault kBadRegister{
    "erased.bad_register",
    ErrorCode::Malformed,
    {"抹除登记第 {} 行不是登记内容", "line {} of the register is none of a register"},
    {"换用办公室目录中的 erased.register", "give the file erased.register of the office's folder"}};

std::string register_of(const Context& context) {
    return context.place.folder + "/erased.register";
}

/// One line: identity, kind, when, by whom. Appended durably; false when the disk did not take it.
bool remember(const Context& context, const ErasedRow& row) {
    const auto* kind = catalog::find_kind(row.kind);
    const std::string line = to_text(row.record) + " " + std::string(kind->name) + " " +
                             iso_utc(row.at) + " " + to_text(row.by) + "\n";
    const Descriptor file(::open(register_of(context).c_str(),
                                 O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    return file.number() >= 0 &&
           ::write(file.number(), line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
           ::fsync(file.number()) == 0;
}

/// What every erasure ends with: the register beside the store has it.
void conclude(Context& context, const std::vector<ErasedRow>& rows) {
    bool kept = true;
    for (const ErasedRow& row : rows) kept = remember(context, row) && kept;
    if (!kept)
        context.answer.note({"未能写入 {}：请把 {do:erased.list} 的结果另行保存",
                             "{} could not be written: keep what {do:erased.list} says"},
                            {register_of(context)});
}

Result<int> erase(Context& context,
                  const catalog::Kind& kind,
                  const std::function<Result<RecordId>()>& which) {
    Status done;
    std::vector<ErasedRow> rows;
    context.place.in_unit([&] {
        const auto id = which();
        if (!id) {
            done = tl::unexpected(id.error());
            return;
        }
        if (auto admitted = submit(context, {event_op(kind, *id, kEraseEvent)}); !admitted)
            done = pass(admitted);
        else if (auto row = context.office.store().erased(*id))
            rows.push_back(*row);
    });
    if (!done) return pass(done);
    conclude(context, rows);
    context.answer.line({"已抹除 {}：办公室不再保留其内容，各终端下次同步时清除",
                         "{} is erased: nothing of it is left here, and laptops drop it at their "
                         "next sync"},
                        {rows.empty() ? "" : to_text(rows.front().record)});
    context.answer.document({{"erased", rows.empty() ? "" : to_text(rows.front().record)}});
    return 0;
}

Result<int> erase_customer(Context& context) {
    return erase(context, kCustomer, [&] {
        return find_customer(context.office, context.asker(), context.inputs.text("customer"));
    });
}

Result<RecordId> find_contact(Context& context) {
    const auto customer =
        find_customer(context.office, context.asker(), context.inputs.text("customer"));
    if (!customer) return customer;
    const auto& typed = context.inputs.text("contact");
    std::vector<RecordId> found;
    for (const RecordId& id : context.office.store().find(
             kContact.tag, catalog::field(kContact, "customer_id").tag, *customer)) {
        static constexpr auto& kName = catalog::field(kContact, "name");
        const auto values = context.office.store().load(kContact.tag, id).value_or(FieldValues{});
        const auto known = known_by(context.office, context.asker(), {kContact.tag, id, *customer},
                                    values, catalog::facet_of(kContact, kName));
        const bool in_clear = known == Known::InFull;
        if (known == Known::No) continue;
        if (to_text(id) == typed || (in_clear && text_in(values, kName) == typed))
            found.push_back(id);
    }
    if (found.size() != 1) return fail(kUnknownContact, typed);
    return found.front();
}

Result<int> erase_contact(Context& context) {
    return erase(context, kContact, [&] { return find_contact(context); });
}

/// For those who read the audit, and who keeps the store.
Result<int> erased_list(Context& context) {
    const auto rows = erased_records(context.office, context.asker());
    if (!rows) return tl::unexpected(rows.error());
    auto& answer = context.answer;
    const auto say = [&](const Text& text) { return std::string(answer.in(text)); };
    action::Table table({say({"时间", "When"}), say({"类型", "Kind"}), "ID", say({"由", "By"})});
    auto document = action::Json::array();
    for (const ErasedRow& row : *rows) {
        const auto* kind = catalog::find_kind(row.kind);
        if (kind == nullptr) continue;
        table.row({office_minute(row.at), say(kind->label), to_text(row.record),
                   person_name(context.office, context.asker(), row.by)});
        document.push_back({{"id", to_text(row.record)},
                            {"kind", kind->name},
                            {"at", iso_utc(row.at)},
                            {"by", to_text(row.by)}});
    }
    answer.table(std::move(table));
    context.answer.document(document);
    return 0;
}

struct Registered {
    const catalog::Kind* kind = nullptr;
    RecordId record;
};

Result<std::vector<Registered>> read_register(const std::string& path) {
    if (!is_ordinary_file(path)) return fail(kNoRegister, path);
    std::ifstream in(path);
    if (!in) return fail(kNoRegister, path);
    std::vector<Registered> all;
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        const auto space = line.find(' ');
        const auto id = id_from<RecordId>(line.substr(0, space));
        const auto rest = space == std::string::npos ? std::string() : line.substr(space + 1);
        const auto* kind = catalog::find_kind(rest.substr(0, rest.find(' ')));
        if (!id || kind == nullptr) return fail(kBadRegister, std::to_string(number));
        all.push_back({kind, *id});
    }
    return all;
}

Result<int> apply(Context& context) {
    const auto registered = read_register(context.file(context.inputs.text("file")));
    if (!registered) return tl::unexpected(registered.error());
    std::vector<ErasedRow> rows;
    Status done;
    for (const auto& [kind, record] : *registered) {
        context.place.in_unit([&, kind = kind, record = record] {
            context.office.people().forget();
            if (context.office.store().erased(record)) return;
            merge::Changeset changeset{.reason = context.inputs.text("reason"),
                                       .source = std::string(kFromRegister),
                                       .ops = {event_op(*kind, record, kEraseEvent)}};
            if (auto admitted = context.office.change(context.actor, std::move(changeset));
                !admitted)
                done = pass(admitted);
            else if (auto row = context.office.store().erased(record))
                rows.push_back(*row);
        });
        if (!done) return pass(done);
    }
    conclude(context, rows);
    context.answer.line({"按登记再次抹除 {} 条", "{} erased again by the register"},
                        {std::to_string(rows.size())});
    context.answer.document({{"erased", rows.size()}});
    return 0;
}

constexpr Input kCustomerArg{
    "CUSTOMER", "", {"编号、名称或其中一部分", "number, name or a part of it"}, Give::Required};
constexpr Input kReasonArg{
    "reason",
    "TEXT",
    {"理由，至少四个字，记入审计", "why, 4 characters or more, for the audit"},
    Give::Required};
constexpr std::array kEraseCustomer{kCustomerArg, kReasonArg};
constexpr std::array kEraseContact{
    kCustomerArg,
    Input{"CONTACT", "", {"联系人全名或标识", "full name or id of the contact"}, Give::Required},
    kReasonArg};
constexpr std::array kApply{Input{"FILE",
                                  "",
                                  {"抹除登记：恢复前办公室目录中的 erased.register",
                                   "the register: erased.register of the office's former folder"},
                                  Give::Required,
                                  0,
                                  nullptr,
                                  Means::FileRead},
                            kReasonArg};

constexpr std::array kEraseActions{
    Action{"customer erase",
           {"永久抹除客户及其全部内容（不能撤销）",
            "erase a customer and all that speaks of it, for good"},
           "dossierd customer erase KH-HD-2026-000001-7 --as sunli --reason 客户书面要求删除",
           kEraseCustomer,
           Actor::Named,
           Runs::OnStore,
           erase_customer},
    Action{"contact erase",
           {"永久抹除联系人（不能撤销）", "erase a contact for good"},
           "dossierd contact erase 精密仪器 王海燕 --as sunli --reason 本人书面要求删除",
           kEraseContact,
           Actor::Named,
           Runs::OnStore,
           erase_contact},
    Action{"erased list",
           {"列出已抹除的记录（只有标识）", "what was erased: identities alone"},
           "dossierd erased list",
           {},
           Actor::Administrator,
           Runs::InUnit,
           erased_list,
           Does::Reads},
    Action{"erased apply",
           {"恢复旧备份后，按登记再次抹除", "after a restore: erase again what the register names"},
           "dossierd erased apply erased.register --as sunli --reason 恢复后再次抹除",
           kApply,
           Actor::Named,
           Runs::OnStore,
           apply},
};

}  // namespace

std::span<const Action> erase_actions() {
    return kEraseActions;
}

}  // namespace dossier::server
