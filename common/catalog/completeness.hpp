// What a file should hold at each stage of its life, and how much of it it holds.
// Source: domain 2.5.7, R-028, RP-13.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "common/base/text.hpp"
#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"

namespace dossier::catalog {

/// A profile of required fields; each demands what the ones before it do.
enum class Profile : std::uint8_t { Draft, Submission, Active, Cooperating };

/// A record kept about a customer.
struct Member {
    const Kind* kind;
    FieldValues values;
};
/// A customer and what is kept about it.
struct FileContent {
    const FieldValues& customer;
    std::span<const Member> members = {};
};

/// One thing a file should hold. `terms` are alternatives separated by '|'; each is
/// "kind:field,field=code,!field": one record of the kind has all these fields filled, those with a
/// code holding it, and those with a mark empty. A weight of 0 means that this sort of party need
/// not have it.
struct Demand {
    Profile profile;
    int enterprise;
    int person;
    std::string_view terms;
};
/// What can be judged from the kinds of the catalog; trading terms are no kind of it and are not
/// counted.
std::span<const Demand> demands();

/// A field a way to meet a demand names: filled, holding a code, or barred: empty.
struct Term {
    const Field* field;
    std::string_view code = {};
    bool is_barred = false;
};
/// One way to meet a demand: a record of the kind with all of these fields.
struct Way {
    const Kind* kind;
    std::vector<Term> fields;
};
/// The ways to meet it, the usual one first.
std::vector<Way> ways_of(const Demand& demand);
/// The field of a customer that says which of its two weights a demand has, and the code that
/// gives the second.
inline constexpr std::string_view kPartyField = "party_kind";
inline constexpr std::string_view kPerson = "person";

/// Whether a demand asks for records of the kind.
bool is_demanded(const Kind& kind);

/// The profile asked of a customer, by file_state and relation_status.
Profile profile_of(const FieldValues& customer);
/// Share of the weights that is filled, in basis points, rounded half up.
std::int64_t completeness_bp(const FileContent& file, Profile profile);

/// A field a file lacks, of the customer or of a record kept about it.
struct Lacking {
    const Kind* kind;
    const Field* field;
    /// Nothing kept about the customer would do in its place.
    bool only_own;
    /// The value it must have; null = any.
    const Choice* choice = nullptr;
};
/// For each demand that is not met, the fields that would meet it: of the first way to do so, in
/// the record that lacks the least.
std::vector<Lacking> missing(const FileContent& file, Profile profile);
/// What a salesperson's new draft lacks of name, one contact method and business need.
std::vector<Lacking> missing_for_draft(const FieldValues& customer,
                                       std::span<const FieldValues> contacts = {});
/// How people read the field: that of another record with whose it is, "the phones of a contact",
/// or what sort of it, "a document (business licence)".
std::string called(const Lacking& lacking, Lang lang);
/// All of them as an argument of an Error, which whoever shows it says in his language.
std::string called(std::span<const Lacking> lacking);

}  // namespace dossier::catalog
