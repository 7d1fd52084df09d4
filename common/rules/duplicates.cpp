#include "common/rules/duplicates.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "common/base/phone.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/check_digit.hpp"
#include "common/catalog/customer.hpp"
#include "common/pinyin/fold.hpp"
#include "common/pinyin/pinyin.hpp"
#include "common/rules/party.hpp"

namespace dossier::rules {
namespace {

using catalog::kCustomer;

/// Fewer digits name an extension, not a line.
constexpr std::size_t kLineDigitsMin = 7;

struct Word {
    Reason reason;
    std::string_view word;
    int points;
    Text text;
};
constexpr std::array kWords{
    Word{
        Reason::UnifiedCode, "unified_code", 10'000, {"统一社会信用代码相同", "same unified code"}},
    Word{Reason::IdNumber, "id_no", 10'000, {"证件号相同", "same identity number"}},
    Word{Reason::TaxNumber, "tax_no", 8'000, {"税号相同", "same tax number"}},
    Word{Reason::Name, "name", 8'000, {"名称相同", "same name"}},
    Word{Reason::NameAlike, "name_alike", 5'000, {"名称相近", "similar name"}},
    Word{Reason::NamePinyin, "name_pinyin", 4'000, {"名称同音", "name read alike"}},
    Word{Reason::ShortName, "short_name", 3'000, {"简称相同", "same short name"}},
    Word{Reason::Phone, "phone", 3'000, {"电话相同", "same phone"}},
    Word{Reason::Address, "address", 2'000, {"地址相同", "same address"}},
    Word{Reason::LegalRep, "legal_rep", 1'000, {"法人代表相同", "same legal representative"}},
    Word{Reason::PersonPhone, "person_phone", 9'000, {"姓名和电话相同", "same name and phone"}},
    Word{Reason::PersonBirth,
         "person_birth",
         7'000,
         {"姓名和出生日期相同", "same name and birth date"}},
};

const Word& row(Reason reason) {
    return *std::find_if(kWords.begin(), kWords.end(),
                         [&](const Word& each) { return each.reason == reason; });
}

std::u32string letters_of(std::string_view text) {
    std::u32string letters;
    for (const char32_t c : pinyin::folded(text)) {
        if (pinyin::is_latin(c) || pinyin::is_digit(c) || pinyin::is_script(c)) letters += c;
    }
    return letters;
}

std::string utf8(std::u32string_view text) {
    std::string out;
    for (const char32_t c : text) pinyin::append_utf8(out, c);
    return out;
}

/// What is left of a name without its form; a name that is nothing but its form stays.
std::u32string bare_name(std::string_view name) {
    static constexpr std::u32string_view kAnywhere[] = {U"股份有限公司", U"有限责任公司",
                                                        U"有限公司"};
    static constexpr std::u32string_view kAtEnd[] = {U"公司", U"coltd",       U"ltd", U"limited",
                                                     U"inc",  U"corporation", U"corp"};
    const std::u32string all = letters_of(name);
    std::u32string bare = all;
    for (const auto form : kAnywhere) {
        if (const auto at = bare.find(form); at != std::u32string::npos)
            bare.erase(at, form.size());
    }
    for (const auto form : kAtEnd) {
        if (bare.ends_with(form)) bare.resize(bare.size() - form.size());
    }
    return bare.empty() ? all : bare;
}

std::vector<std::string> bigrams_of(std::u32string_view name) {
    std::vector<std::string> pairs;
    for (std::size_t at = 0; at + 1 < name.size(); ++at) pairs.push_back(utf8(name.substr(at, 2)));
    std::sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    return pairs;
}

/// The line, without country code and extension.
void add_phone(std::vector<std::string>& phones, std::string_view typed) {
    auto phone = phone_from(typed);
    if (phone && phone->number.size() >= kLineDigitsMin) phones.push_back(std::move(phone->number));
}

/// One line of both, be it without its area code on one side.
bool share_line(const Profile& a, const Profile& b) {
    return std::any_of(a.phones.begin(), a.phones.end(), [&](const std::string& mine) {
        return std::any_of(b.phones.begin(), b.phones.end(), [&](const std::string& theirs) {
            return same_line({mine, {}}, {theirs, {}});
        });
    });
}

bool alike(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    if (a.empty() || b.empty()) return false;
    std::vector<std::string> common;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
    return 200 * common.size() >= static_cast<std::size_t>(kAlikeNames) * (a.size() + b.size());
}

/// The strongest thing two names say; nothing when they differ.
std::vector<Reason> by_name(const Profile& a, const Profile& b) {
    if (agree(a.name, b.name)) return {Reason::Name};
    if (alike(a.bigrams, b.bigrams)) return {Reason::NameAlike};
    if (agree(a.pinyin, b.pinyin)) return {Reason::NamePinyin};
    const bool called = agree(a.short_name, b.short_name) || agree(a.short_name, b.name) ||
                        agree(a.name, b.short_name);
    return called ? std::vector{Reason::ShortName} : std::vector<Reason>{};
}

/// Many people share a name: for persons it counts together with phone or birth date only.
std::vector<Reason> by_person(const Profile& a, const Profile& b) {
    if (!agree(a.name, b.name)) return {};
    if (share_line(a, b)) return {Reason::PersonPhone};
    if (agree(a.birth_date, b.birth_date)) return {Reason::PersonBirth};
    return {Reason::NameAlike};
}

}  // namespace

std::string name_key(std::string_view name) {
    return utf8(bare_name(name));
}

Profile profile_of(const FieldValues& customer, std::span<const FieldValues> contacts) {
    const auto at = [&](std::string_view name) {
        return text_in(customer, *catalog::find_field(kCustomer, name));
    };
    Profile profile;
    profile.person = at("party_kind") == "person";
    const auto name = bare_name(at("name"));
    profile.name = utf8(name);
    profile.bigrams = bigrams_of(name);
    profile.short_name = name_key(at("short_name"));
    profile.pinyin =
        pinyin::full(profile.name, profile.person ? pinyin::Head::PersonName : pinyin::Head::Plain);
    const auto code = utf8(letters_of(at("unified_code")));
    profile.unified_code = catalog::is_unified_code(at("unified_code")) ? code : std::string();
    profile.tax_no = utf8(letters_of(at("tax_no")));
    profile.id_no = utf8(letters_of(at("id_no")));
    profile.birth_date = catalog::birth_date_of(at("id_no")).value_or(std::string());
    profile.legal_rep = utf8(letters_of(at("legal_rep")));
    const auto street = utf8(letters_of(at("street_address")));
    // A street alone ("人民路1号") is in every town.
    if (!street.empty()) profile.address = at("city") + " " + street;
    add_phone(profile.phones, at("phone_main"));
    if (const Value* others = find(customer, field(kCustomer, "phones_other").tag)) {
        for (const auto& each : catalog::element_texts(field(kCustomer, "phones_other"), *others))
            add_phone(profile.phones, each);
    }
    for (const FieldValues& contact : contacts) {
        for (const auto& number : phone_numbers_of(contact)) add_phone(profile.phones, number);
    }
    std::sort(profile.phones.begin(), profile.phones.end());
    profile.phones.erase(std::unique(profile.phones.begin(), profile.phones.end()),
                         profile.phones.end());
    return profile;
}

Match compare(const Profile& a, const Profile& b) {
    Match match;
    // Two people with numbers of their own are two, whatever name, phone or birthday they share.
    // (A birth date is known from a valid number only.)
    const bool known = a.person && b.person && !a.birth_date.empty() && !b.birth_date.empty();
    if (known && !a.id_no.empty() && !b.id_no.empty() && a.id_no != b.id_no) return match;
    const auto add = [&](Reason reason) {
        match.score += row(reason).points;
        match.reasons.push_back(reason);
    };
    if (agree(a.unified_code, b.unified_code)) add(Reason::UnifiedCode);
    if (agree(a.id_no, b.id_no)) add(Reason::IdNumber);
    if (agree(a.tax_no, b.tax_no)) add(Reason::TaxNumber);
    const bool persons = a.person && b.person;
    for (const Reason reason : persons ? by_person(a, b) : by_name(a, b)) add(reason);
    const bool counted = !match.reasons.empty() && match.reasons.back() == Reason::PersonPhone;
    if (!counted && share_line(a, b)) add(Reason::Phone);
    if (agree(a.address, b.address)) add(Reason::Address);
    if (agree(a.legal_rep, b.legal_rep)) add(Reason::LegalRep);
    match.score = std::min(match.score, kScoreMax);
    const bool different =
        !a.unified_code.empty() && !b.unified_code.empty() && a.unified_code != b.unified_code;
    if (different) {
        match.related = match.score >= kCandidateScore;
        match.score = std::min(match.score, kRelatedScore);
    }
    return match;
}

std::vector<std::string> blocking_keys(const Profile& profile) {
    std::vector<std::string> keys;
    const auto add = [&](std::string_view kind, const std::string& value) {
        if (!value.empty()) keys.push_back(std::string(kind) + value);
    };
    add("code:", profile.unified_code);
    add("id:", profile.id_no);
    add("tax:", profile.tax_no);
    add("name:", profile.name);
    add("name:", profile.short_name);
    add("read:", profile.pinyin);
    for (const auto& phone : profile.phones) {
        add("phone:", phone);
        for (const auto& local : locals_of({phone, {}})) add("line:", local);
    }
    // Names alike share so many pairs that one of the first few in any fixed order is shared too:
    // of n pairs at least ceil(n * 85 / 115) are common to both.
    const std::size_t pairs = profile.bigrams.size();
    const std::size_t shared =
        (pairs * kAlikeNames + (200 - kAlikeNames) - 1) / (200 - kAlikeNames);
    for (std::size_t at = 0; at < pairs && at <= pairs - shared; ++at)
        add("pair:", profile.bigrams[at]);
    return keys;
}

std::string_view word(Reason reason) {
    return row(reason).word;
}

Text reason_text(std::string_view word) {
    const auto* at = std::find_if(kWords.begin(), kWords.end(),
                                  [&](const Word& each) { return each.word == word; });
    return at == kWords.end() ? Text{word, word} : at->text;
}

}  // namespace dossier::rules
