// Whether two customer files may be one customer: a score with its reasons. Pure, so that office
// and laptop judge alike. Source: domain 5 RP-15, WF-12.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "common/base/text.hpp"
#include "common/base/value.hpp"

namespace dossier::rules {

inline constexpr int kScoreMax = 10'000;
/// From here on a pair is shown to a clerk. Source: cfg dup.candidate_bp.
inline constexpr int kCandidateScore = 6'000;
/// A pair whose valid unified codes differ scores no more: related at most.
inline constexpr int kRelatedScore = 5'000;
/// How alike the bigrams of two names must be (Dice), in hundredths.
inline constexpr int kAlikeNames = 85;

/// The number is on disk.
enum class Reason : std::uint8_t {
    UnifiedCode = 1,
    IdNumber = 2,
    TaxNumber = 3,
    Name = 4,        ///< the same once brackets, spaces, and the form of company are left out
    NameAlike = 5,   ///< most pairs of characters are the same
    NamePinyin = 6,  ///< written otherwise, read alike
    ShortName = 7,   ///< one is called what the other is called for short
    Phone = 8,
    Address = 9,
    LegalRep = 10,
    PersonPhone = 11,  ///< two persons of one name and one phone
    PersonBirth = 12,  ///< two persons of one name and one birth date
};

/// What of a customer's file the rule looks at, in one spelling.
struct Profile {
    bool person = false;
    std::string name;
    std::string short_name;
    std::string pinyin;
    std::string unified_code;  ///< empty unless its check digit fits
    std::string tax_no;
    std::string id_no;
    std::string birth_date;
    std::string legal_rep;
    std::string address;
    std::vector<std::string> phones;   ///< sorted, unique
    std::vector<std::string> bigrams;  ///< of the name, sorted, unique
};

struct Match {
    int score = 0;         ///< 0 … kScoreMax
    bool related = false;  ///< different valid unified codes: two customers that have to do with
                           ///< each other
    std::vector<Reason> reasons;
};

/// A name as it is compared: half width, lower case, simplified, without spaces, punctuation and
/// the form of the company (有限公司, Co., Ltd.).
std::string name_key(std::string_view name);
/// The profile of a customer with the phones of its contacts.
Profile profile_of(const FieldValues& customer, std::span<const FieldValues> contacts);
/// The same for (a, b) and (b, a).
Match compare(const Profile& a, const Profile& b);
/// Two profiles with a candidate's score share a key, so that only those that share one need be
/// compared.
std::vector<std::string> blocking_keys(const Profile& profile);

/// "unified_code", "name" …: how a reason is stored and shown under --json.
std::string_view word(Reason reason);
/// What people read for a stored word; the word itself where it is unknown.
Text reason_text(std::string_view word);

}  // namespace dossier::rules
