// The catalog: every kind, found by name, tag or handle.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "common/base/value.hpp"
#include "common/catalog/field.hpp"

namespace dossier::catalog {

/// Columns every record has (domain 2.1), tags 1–15; in the Directory facet where the kind has
/// one, else in Main.
std::span<const Field> common_fields();
/// All kinds in an order in which a parent comes before its children.
std::span<const Kind* const> kinds();

/// Grows with every kind and field, for both are only ever added: how many there are of both. On
/// the wire in HELLO.
std::uint32_t schema_version();

/// nullptr when there is none.
const Kind* find_kind(std::string_view name);
const Kind* find_kind(std::uint16_t tag);

/// Whether a kind is the customer's file itself, on which all that is kept about him hangs.
constexpr bool is_file(const Kind& kind) {
    return kind.belongs == Belongs::Customer && kind.parent.empty();
}
/// The same by tag; false where there is no such kind.
bool is_file(std::uint16_t kind);
/// Whether its records name a content (common/content).
bool has_content(std::uint16_t kind);
/// Whether its records are people who work here.
bool acts(std::uint16_t kind);
/// Whether people and files belong to its records, which everybody finds by their codes: regions,
/// departments.
constexpr bool is_place(const Kind& kind) {
    return kind.belongs == Belongs::Organisation && kind.decides_rights && !kind.acts;
}
/// Whether a kind is a matter (case, proposal): it is about a record and told to the people it
/// concerns.
constexpr bool is_matter(const Kind& kind) {
    return !kind.concerns.empty();
}
/// Looks in the kind's own fields, then in the common ones; nullptr when there is none.
const Field* find_field(const Kind& kind, std::string_view name);
const Field* find_field(const Kind& kind, std::uint16_t tag);
/// By name, label in either language or alias, ignoring case, spaces and a trailing '*' or '!':
/// how a column heading or `--set 传真=…` is understood. nullptr when there is none.
const Field* find_heading(const Kind& kind, std::string_view heading);

/// The names of a list written with '|' between.
std::vector<std::string_view> names_in(std::string_view list);
/// Whether a value of the field is one customer's file.
bool names_file(const Field& field);
/// Whether a value of the field is a person who works here, or several.
bool names_person(const Field& field);
/// What many records of the kind are called: "Linked companies".
std::string plural(const Kind& kind, Lang lang);
/// Whether a customer has at most one record of the kind.
bool is_one_per_file(const Kind& kind);

/// A field by name at compile time: a typing error does not compile.
consteval const Field& field(const Kind& kind, std::string_view name) {
    for (const Field& candidate : kind.fields) {
        if (candidate.name == name) return candidate;
    }
    throw "no such field";  // reached at compile time only: the build stops here
}

/// Values by their field: as `text_in` and its like of common/base/value.
inline std::string text_in(const FieldValues& values, const Field& of) {
    return dossier::text_in(values, of.tag);
}
inline std::int64_t number_in(const FieldValues& values,
                              const Field& of,
                              std::int64_t otherwise = 0) {
    return dossier::number_in(values, of.tag, otherwise);
}
inline RecordId record_in(const FieldValues& values, const Field& of) {
    return dossier::record_in(values, of.tag);
}
/// Of a field the kind has, by its name.
inline std::string text_in(const FieldValues& values, const Kind& kind, std::string_view name) {
    return text_in(values, *find_field(kind, name));
}
inline std::int64_t number_in(const FieldValues& values, const Kind& kind, std::string_view name) {
    return number_in(values, *find_field(kind, name));
}
inline RecordId record_in(const FieldValues& values, const Kind& kind, std::string_view name) {
    return record_in(values, *find_field(kind, name));
}

/// Takes the value of a field out.
inline void take_out(FieldValues& values, const Field& of) {
    std::erase_if(values, [&](const FieldValue& each) { return each.tag == of.tag; });
}

/// A value as it is called: the field it is of, and the value; null where there is none.
struct Called {
    const Field* field;
    const Value* value;
};
/// What people call a record's value of a field: its own, or where that is empty the one that
/// stands in (`Field::instead`). A file without a number is called by the one it was made with.
Called called(const Kind& kind, const FieldValues& values, const Field& of);

/// Common fields and own fields in tag order.
const std::vector<const Field*>& all_fields(const Kind& kind);
/// Which facet a field of this kind is in; common fields go with the kind's first facet.
Facet facet_of(const Kind& kind, const Field& field);
/// The facets this kind has, ascending.
const std::vector<Facet>& facets_of(const Kind& kind);
/// Fields of one facet in tag order.
const std::vector<const Field*>& fields_of(const Kind& kind, Facet facet);
/// Fields that merge as one value with `field`, in tag order, itself included.
std::vector<const Field*> group_of(const Kind& kind, const Field& field);
/// Least level of anything in a facet (0–3).
int level_of(const Kind& kind, Facet facet);
/// The part of `values` that lies in `facet`.
FieldValues facet_values(const Kind& kind, Facet facet, const FieldValues& values);

}  // namespace dossier::catalog
