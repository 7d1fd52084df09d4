#include "client/cli/words.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/reading.hpp"
#include "common/cli/values.hpp"
#include "common/pinyin/fold.hpp"
#include "common/pinyin/question.hpp"

#include "client/faults.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kContact;
using catalog::kCustomer;
using catalog::Kind;

constexpr Fault kUnknownFieldOption{
    "cli.unknown_field",
    ErrorCode::Usage,
    {"没有字段“{}”", "there is no field \"{}\""},
    {"相近的有：{}；全部见 dossier schema", "close ones: {}; all are in dossier schema"}};
constexpr Fault kNoEquals{"cli.no_equals",
                          ErrorCode::Usage,
                          {"“{}”应写成 字段=值", "\"{}\" should be field=value"},
                          {"例：--set 传真=0571-88990012", "for example --set fax=0571-88990012"}};

constexpr Fault kUnknownContact{
    "client.unknown_contact",
    ErrorCode::NotFound,
    {"没有联系人“{}”（客户 {}）", "there is no contact \"{}\" at {}"},
    {"用 dossier contact list 查看，或用 dossier contact add 添加",
     "see dossier contact list, or add the person with dossier contact add"}};

constexpr std::size_t kMatchesShown = 5;

Result<RecordId> only(Context& context,
                      std::string_view typed,
                      const std::vector<RecordId>& found) {
    if (found.size() == 1) return found.front();
    if (found.empty()) return fail(kUnknownCustomer, typed);
    std::string names;
    for (std::size_t i = 0; i < std::min(found.size(), kMatchesShown); ++i) {
        const auto values =
            context.store->replica.load(kCustomer, found[i]).value_or(FieldValues{});
        std::string number = text_in(values, kCustomer, "customer_no");
        if (number.empty()) number = text_in(values, kCustomer, "provisional_no");
        names += (i == 0 ? "" : "、") + text_in(values, kCustomer, "name") + " " + number;
    }
    if (found.size() > kMatchesShown) names += " …";
    return fail(kAmbiguous, typed, names);
}

std::vector<RecordId> equal_to(Context& context,
                               const Kind& kind,
                               std::string_view name,
                               std::string_view typed) {
    Query query{.kind = &kind};
    query.where = {{catalog::find_field(kind, name)->tag, std::string(typed)}};
    query.limit = kMatchesShown + 1;
    return context.store->replica.select(query);
}

/// While nothing may be shown, nothing may be found either: the number must be known.
Result<RecordId> find_by_number(Context& context, const std::string& number) {
    for (const auto name : {"customer_no", "provisional_no"}) {
        const auto found = equal_to(context, kCustomer, name, number);
        if (found.size() == 1) return found.front();
    }
    return fail(kNumberOnly);
}

std::string close_fields(const Kind& kind, std::string_view typed, Lang lang) {
    std::string names;
    int count = 0;
    for (const auto& of : kind.fields) {
        if (catalog::is_server_set(of)) continue;
        const auto at_least = typed.substr(0, std::min<std::size_t>(typed.size(), 3));
        const bool close = of.name.find(at_least) != std::string_view::npos ||
                           of.label.in(lang).find(typed) != std::string_view::npos;
        if (!close || ++count > 6) continue;
        names += (names.empty() ? "" : "、") + std::string(of.name) + " " +
                 std::string(of.label.in(lang));
    }
    return names.empty() ? "name, fax, remark …" : names;
}

Status assign_typed(Context& context,
                    const Kind& kind,
                    std::string_view name,
                    std::string_view typed,
                    FieldValues& values) {
    const auto* of = catalog::find_heading(kind, name);
    if (of == nullptr)
        return fail(kUnknownFieldOption, name, close_fields(kind, name, context.console.lang));
    if (of->type == catalog::Type::Ref && of->target == kCustomer.name && !typed.empty()) {
        auto customer = find_customer(context, typed);
        if (!customer) return pass(customer);
        assign(values, of->tag, *customer);
        return {};
    }
    auto notes = catalog::read_into(kind, *of, typed, values, context.intake->now());
    if (!notes) return pass(notes);
    cli::tell_notes(context.console, *notes);
    return {};
}

}  // namespace

Result<RecordId> find_customer(Context& context, std::string_view typed) {
    if (const auto id = id_from<RecordId>(typed); id && context.store->replica.load(kCustomer, *id))
        return *id;
    const auto canonical = canonical_text(typed);
    if (!canonical || canonical->empty()) return fail(kUnknownCustomer, typed);
    if (context.lock != Lock::Open) return find_by_number(context, *canonical);
    for (const auto name : {"customer_no", "provisional_no", "name", "short_name"}) {
        const auto found = equal_to(context, kCustomer, name, *canonical);
        if (!found.empty()) return only(context, typed, found);
    }
    std::vector<RecordId> found;
    std::vector<RecordId> alike;
    const auto key = pinyin::match_key(*canonical);
    // What is named here is about to be changed: one of two of a name may not be taken for the
    // only.
    if (!context.store->search.is_complete()) context.store->search.catch_up();
    for (const Hit& hit :
         context.store->search.find(*canonical, kCustomer.tag, kMatchesShown + 1)) {
        found.push_back(hit.record);
        const auto values = context.store->replica.load(kCustomer, hit.record);
        if (values && pinyin::match_key(text_in(*values, kCustomer, "name")) == key)
            alike.push_back(hit.record);
    }
    return only(context, typed, alike.empty() ? found : alike);
}

Result<RecordId> find_contact(Context& context, const RecordId& customer, std::string_view typed) {
    if (const auto id = id_from<RecordId>(typed); id && context.store->replica.load(kContact, *id))
        return *id;
    Query query{.kind = &kContact};
    query.where = {{field(kContact, "customer_id").tag, customer}};
    std::vector<RecordId> found;
    std::vector<RecordId> alike;
    const auto key = pinyin::match_key(typed);
    const auto question = pinyin::question_of(typed);
    for (const RecordId& id : context.store->replica.select(query)) {
        const auto values = context.store->replica.load(kContact, id).value_or(FieldValues{});
        const std::string name = text_in(values, kContact, "name");
        const pinyin::Field field{pinyin::As::Name, name};
        if (name == typed) return id;
        if (pinyin::match_key(name) == key) alike.push_back(id);
        if (pinyin::finds(question, std::span(&field, 1))) found.push_back(id);
    }
    if (alike.size() == 1) return alike.front();
    if (found.size() == 1) return found.front();
    if (found.empty()) return fail(kUnknownContact, typed, title_of(context, customer));
    std::string names;
    for (const RecordId& id : found) names += (names.empty() ? "" : "、") + title_of(context, id);
    return fail(kAmbiguous, typed, names);
}

Result<FieldValues> given_values(Context& context, const Kind& kind) {
    FieldValues values;
    for (const auto& [option, typed] : context.given) {
        if (option == "add" || option == "remove") continue;  // of single elements: save_edit
        if (option == "set") {
            for (const auto& pair : typed) {
                const auto equals = pair.find('=');
                if (equals == std::string::npos) return fail(kNoEquals, head(pair, 40));
                if (auto done = assign_typed(context, kind, pair.substr(0, equals),
                                             pair.substr(equals + 1), values);
                    !done)
                    return pass(done);
            }
        } else if (option == "clear") {
            for (const auto& name : typed) {
                if (auto done = assign_typed(context, kind, name, "", values); !done)
                    return pass(done);
            }
        } else {
            std::string name = option;
            std::replace(name.begin(), name.end(), '-', '_');
            const bool own =
                std::any_of(context.command->options.begin(), context.command->options.end(),
                            [&given = option](const Option& o) {
                                return o.name.substr(0, o.name.find(',')) == given;
                            });
            if (own || typed.empty()) continue;
            // Said several times, a list field takes all of it.
            std::string joined = typed.front();
            for (std::size_t i = 1; i < typed.size(); ++i) joined += "、" + typed[i];
            if (auto done = assign_typed(context, kind, name, joined, values); !done)
                return pass(done);
        }
    }
    return values;
}

Result<const Kind*> kind_named(std::string_view name) {
    static constexpr Fault kUnknownKind{"cli.unknown_kind",
                                        ErrorCode::Usage,
                                        {"没有类型“{}”", "there is no kind \"{}\""},
                                        {"可用：customer、contact、communication、work_log",
                                         "use customer, contact, communication or work_log"}};
    const auto* kind = catalog::find_kind(name);
    if (kind == nullptr) return fail(kUnknownKind, name);
    return kind;
}

std::string title_of(Context& context, const RecordId& record) {
    if (context.lock != Lock::Open) return to_text(record);
    for (const Kind* kind : catalog::kinds()) {
        const auto values = context.store->replica.load(*kind, record);
        if (!values) continue;
        std::string title = text_in(*values, *kind, kind->title);
        if (!title.empty()) return title;
    }
    return to_text(record);
}

Text sync_word(Context& context, const RecordId& record) {
    if (context.store->outbox.has_unsent(record)) return {"待同步", "waiting for sync"};
    for (const TrayItem& item : context.store->tray.open_for(record)) {
        switch (item.verdict.kind) {
            case merge::VerdictKind::Proposal:
            case merge::VerdictKind::Late:
                return {"待核", "waiting for verification"};
            case merge::VerdictKind::Case:
                return {"冲突待处理", "in a case"};
            default:
                return {"未采纳", "not taken"};
        }
    }
    if (!context.store->tray.refused_unread(record).empty()) return {"未采纳", "not taken"};
    return {"已同步", "synced"};
}

}  // namespace dossier::client
