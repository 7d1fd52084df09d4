#include "common/cli/card.hpp"

#include <array>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"

namespace dossier::cli {
namespace {

using catalog::kCommunication;
using catalog::kContact;
using catalog::kCustomer;
using catalog::kCustomerFeature;
using catalog::Kind;

constexpr std::int64_t kDayMs = 86'400'000;

/// One place of the card: the whole width or half of it.
struct Slot {
    const Kind* kind;
    std::string_view field;
    bool is_wide = false;
};
constexpr std::array kSlots{
    Slot{&kCustomer, "customer_no"},
    Slot{&kCustomer, "unified_code"},
    Slot{&kCustomer, "enterprise_nature"},
    Slot{&kCustomer, "industry_code"},
    Slot{&kCustomer, "legal_rep"},
    Slot{&kCustomer, "founded_on"},
    Slot{&kCustomer, "registered_capital_fen"},
    Slot{&kCustomerFeature, "employee_count"},
    Slot{&kCustomer, "grade"},
    Slot{&kCustomer, "relation_status"},
    Slot{&kCustomer, "owner_user_id"},
    Slot{&kCustomer, "service_user_id"},
    Slot{&kCustomer, "phone_main"},
    Slot{&kCustomer, "fax"},
    Slot{&kCustomer, "website"},
    Slot{&kCustomer, "email_main"},
    Slot{&kCustomer, "business_need", true},
    Slot{&kCustomerFeature, "business_policy", true},
};
constexpr std::string_view kContactColumns = "name|department|job_title|roles|phones";
constexpr std::string_view kVisitColumns = "started_at|kind|our_user_ids|content|result";

/// Says values in one language.
struct Teller {
    Lang lang;
    const TitleOf& title_of;

    /// Empty for an empty value.
    [[nodiscard]] std::string said(const catalog::Field& field, const FieldValues& values) const {
        const Value* value = find(values, field.tag);
        return value == nullptr || is_empty(*value) ? std::string()
                                                    : shown(field, *value, lang, title_of, values);
    }
    [[nodiscard]] action::Table table(const Kind& kind,
                                      std::string_view columns,
                                      const std::vector<FieldValues>& records) const {
        action::Table table;
        const auto names = catalog::names_in(columns);
        for (const auto name : names)
            table.header.emplace_back(catalog::find_field(kind, name)->label.in(lang));
        for (const FieldValues& record : records) {
            std::vector<std::string> cells;
            for (const auto name : names)
                cells.push_back(said(*catalog::find_field(kind, name), record));
            table.row(std::move(cells));
        }
        return table;
    }
};

std::string address_of(const Teller& teller, const FieldValues& customer) {
    std::string address;
    for (const auto* name : {"province", "city", "district", "street_address"}) {
        const auto part = teller.said(*catalog::find_field(kCustomer, name), customer);
        // A district is called with its city's name before it.
        if (name == std::string_view("district") && part.find(address) == 0) address.clear();
        address += (teller.lang == Lang::En && !address.empty() ? " " : "") + part;
    }
    return address;
}

action::Json as_data(const action::Table& table) {
    return {{"header", table.header}, {"rows", table.rows}};
}

}  // namespace

void answer_card(action::Answer& answer,
                 const Card& card,
                 const TitleOf& title_of,
                 const std::string& mark,
                 Instant now) {
    const Teller teller{answer.lang, title_of};
    auto fields = action::Json::array();
    std::vector<std::pair<std::string, std::string>> facts;
    for (const auto& [kind, name, is_wide] : kSlots) {
        const auto& of = *catalog::find_field(*kind, name);
        const auto text = teller.said(of, catalog::is_file(*kind) ? card.values : card.feature);
        const std::string label(answer.in(of.label));
        fields.push_back({{"label", label}, {"text", text}, {"wide", is_wide}});
        facts.emplace_back(label, text.empty() ? "-" : text);
    }
    const auto contacts = teller.table(kContact, kContactColumns, card.contacts);
    const auto visits = teller.table(kCommunication, kVisitColumns, card.visits);
    const auto name = text_in(card.values, kCustomer, "name");
    const auto& level = *catalog::find_field(kCustomer, "secrecy_level");
    const auto due_back = office_date(Instant{now.ms + kCardDays * kDayMs});
    answer.plain(name + "　" + teller.said(level, card.values));
    answer.plain(address_of(teller, card.values));
    answer.facts(std::move(facts));
    for (const auto* table : {&contacts, &visits})
        if (!table->is_empty()) answer.table(*table);
    if (card.is_unverified)
        answer.line(Text{"含未核实的修改，不得对外使用",
                         "holds changes nobody verified: not for use outside"});
    answer.plain(mark);
    answer.line({"{} 前交还或粉碎", "to be given back or shredded before {}"}, {due_back});
    answer.document({{"id", to_text(card.customer)},
                     {"name", name},
                     {"address", address_of(teller, card.values)},
                     {"level", number_in(card.values, catalog::kSecrecyLevel)},
                     {"level_label", teller.said(level, card.values)},
                     {"fields", std::move(fields)},
                     {"contacts", as_data(contacts)},
                     {"visits", as_data(visits)},
                     {"unverified", card.is_unverified},
                     {"mark", mark},
                     {"due_back", due_back}});
}

}  // namespace dossier::cli
