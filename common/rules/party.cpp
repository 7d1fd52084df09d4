#include "common/rules/party.hpp"

#include <algorithm>

#include "common/base/phone.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/check_digit.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/pinyin/fold.hpp"

namespace dossier::rules {
namespace {

using catalog::field;
using catalog::kContact;
using catalog::kCustomer;

bool differ(const std::string& a, const std::string& b) {
    return !a.empty() && !b.empty() && a != b;
}

std::string customer_text(const FieldValues& values, std::string_view name) {
    return catalog::text_in(values, kCustomer, name);
}

/// Empty for a number whose check digit does not fit: it proves nothing.
std::string valid_code(const FieldValues& values) {
    auto code = customer_text(values, "unified_code");
    return catalog::is_unified_code(code) ? code : std::string();
}
std::string valid_id(const FieldValues& values) {
    auto id = customer_text(values, "id_no");
    return catalog::is_id_number(id) ? id : std::string();
}

bool share_line(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    return std::any_of(a.begin(), a.end(), [&](const std::string& one) {
        const auto first = phone_from(one);
        return first && std::any_of(b.begin(), b.end(), [&](const std::string& other) {
                   const auto second = phone_from(other);
                   return second && same_line(*first, *second);
               });
    });
}

/// Nothing that is given contradicts what is held.
bool fits(const FieldValues& given, const FieldValues& held) {
    return std::all_of(given.begin(), given.end(), [&](const FieldValue& each) {
        const Value* there = find(held, each.tag);
        return there == nullptr || *there == each.value;
    });
}

/// Everything that is given is held already.
bool is_held(const FieldValues& given, const FieldValues& held) {
    return std::all_of(given.begin(), given.end(), [&](const FieldValue& each) {
        const Value* there = find(held, each.tag);
        return there != nullptr && *there == each.value;
    });
}

Sameness same_person(const FieldValues& given, const FieldValues& held) {
    if (share_line({customer_text(given, "phone_main")}, {customer_text(held, "phone_main")}))
        return Sameness::Named;
    const bool alike_known =
        customer_text(given, "id_no").empty() == customer_text(held, "id_no").empty();
    return alike_known && fits(given, held) ? Sameness::Named : Sameness::Unclear;
}

bool share_element(const FieldValues& a, const FieldValues& b, const catalog::Field& of) {
    const auto ours = elements_in(a, of);
    const auto theirs = elements_in(b, of);
    return std::any_of(ours.begin(), ours.end(), [&](const std::string& each) {
        return std::find(theirs.begin(), theirs.end(), each) != theirs.end();
    });
}

/// The number in {"kind":"mobile","number":"139…"}.
std::string_view number_in(std::string_view element) {
    static constexpr std::string_view kKey = "\"number\":\"";
    const auto at = element.find(kKey);
    if (at == std::string_view::npos) return {};
    element.remove_prefix(at + kKey.size());
    return element.substr(0, element.find('"'));
}

}  // namespace

bool same_element(const catalog::Field& of, std::string_view a, std::string_view b) {
    if (a == b) return true;
    if (of.check != catalog::Check::Phones) return false;
    const auto one = phone_from(number_in(a));
    const auto other = phone_from(number_in(b));
    return one && other && same_line(*one, *other);
}

std::vector<std::string> phone_numbers_of(const FieldValues& contact) {
    std::vector<std::string> numbers;
    for (const auto& element : elements_in(contact, field(kContact, "phones")))
        numbers.emplace_back(number_in(element));
    return numbers;
}

Sameness same_party(const FieldValues& given, const FieldValues& held) {
    const auto both = [&](auto test, std::string_view name) {
        return test(customer_text(given, name), customer_text(held, name));
    };
    const bool one = both(agree, "customer_no") || agree(valid_code(given), valid_code(held)) ||
                     both(agree, "id_no");
    const bool two = both(differ, "customer_no") || differ(valid_code(given), valid_code(held)) ||
                     differ(valid_id(given), valid_id(held));
    if (one && two) return Sameness::Unclear;
    if (two) return Sameness::Other;
    if (one) return Sameness::Identified;
    if (!agree(pinyin::match_key(customer_text(given, "name")),
               pinyin::match_key(customer_text(held, "name"))))
        return Sameness::Other;
    if (both(differ, "party_kind")) return Sameness::Unclear;
    const bool person = customer_text(given, "party_kind") == "person" ||
                        customer_text(held, "party_kind") == "person";
    return person ? same_person(given, held) : Sameness::Named;
}

Sameness same_contact(const FieldValues& given, const FieldValues& held) {
    static constexpr auto& kName = field(kContact, "name");
    const auto ours = phone_numbers_of(given);
    const auto theirs = phone_numbers_of(held);
    const auto name = pinyin::match_key(catalog::text_in(given, kName));
    const bool reached = share_line(ours, theirs) ||
                         share_element(given, held, field(kContact, "emails")) ||
                         share_element(given, held, field(kContact, "im_accounts"));
    if (name.empty()) return reached ? Sameness::Identified : Sameness::Other;
    if (name != pinyin::match_key(catalog::text_in(held, kName))) return Sameness::Other;
    if (reached) return Sameness::Identified;
    const bool other_post = differ(catalog::text_in(given, kContact, "job_title"),
                                   catalog::text_in(held, kContact, "job_title")) ||
                            differ(catalog::text_in(given, kContact, "department"),
                                   catalog::text_in(held, kContact, "department"));
    const bool other_line = !ours.empty() && !theirs.empty();
    return other_post && other_line ? Sameness::Unclear : Sameness::Named;
}

Sameness same_record(const catalog::Kind& kind, const FieldValues& given, const FieldValues& held) {
    if (catalog::is_file(kind)) return same_party(given, held);
    if (kind.people) return same_contact(given, held);
    for (const auto& [tag, value] : given) {
        const auto* of = catalog::find_field(kind, tag);
        const Value* there = find(held, tag);
        if (of != nullptr && of->unique && there != nullptr && *there == value)
            return Sameness::Identified;
    }
    return is_held(given, held) ? Sameness::Identified : Sameness::Other;
}

bool replaces_identity(const catalog::Kind& kind,
                       const FieldValues& held,
                       const FieldValues& fields) {
    return catalog::is_file(kind) && (differ(valid_code(held), valid_code(fields)) ||
                                      differ(valid_id(held), valid_id(fields)));
}

}  // namespace dossier::rules
