#include "common/sheet/row_values.hpp"

#include <algorithm>
#include <array>

#include "common/base/phone.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/check_text.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/identity.hpp"
#include "common/catalog/reading.hpp"
#include "common/pinyin/fold.hpp"
#include "common/rules/party.hpp"
#include "common/sheet/faults.hpp"
#include "common/sheet/heading.hpp"
#include "common/sheet/importer.hpp"

namespace dossier::sheet {
namespace {

using catalog::Check;
using catalog::Field;
using catalog::Type;

int rank(const Field& field) {
    return field.check == Check::District ? 2 : field.check == Check::City ? 1 : 0;
}

/// "9.13301E+17": what a spreadsheet leaves of a long number; the rest of its digits are lost.
bool is_shortened_number(std::string_view text) {
    const auto digits = [&] {
        const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
        text.remove_prefix(count);
        return count;
    };
    if (digits() == 0) return false;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        digits();
    }
    if (!text.starts_with('E') && !text.starts_with('e')) return false;
    text.remove_prefix(1);
    if (!text.starts_with('+') && !text.starts_with('-')) return false;
    text.remove_prefix(1);
    return digits() > 0 && text.empty();
}

bool holds_text(const Field& field) {
    return field.type == Type::Text || field.type == Type::List;
}

bool is_phone(const Field& field) {
    return field.check == Check::Phone || field.check == Check::Phones;
}

bool is_list(const Field& field) {
    return field.type == Type::List || field.type == Type::Set || field.type == Type::RefList;
}

std::string beginning_of(std::string_view text) {
    constexpr std::size_t kQuoted = 40;
    return std::string(head(text, kQuoted));
}

}  // namespace

Value united(const Field& field, const Value& held, const Value& given) {
    auto all = catalog::elements(held);
    for (auto& each : catalog::elements(given)) {
        const bool there = std::any_of(all.begin(), all.end(), [&](const std::string& other) {
            return rules::same_element(field, each, other);
        });
        if (!there) all.push_back(std::move(each));
    }
    return catalog::from_elements(field, std::move(all));
}

std::string heading_of_contact(const Mapping& mapping, std::size_t contact) {
    const auto column = std::find_if(
        mapping.columns.begin(), mapping.columns.end(),
        [&](const Column& each) { return each.kind != mapping.kind && each.contact == contact; });
    return column == mapping.columns.end() ? std::string() : column->heading;
}

RowReader::RowReader(const Mapping& mapping, std::string clears, Host& host, Instant now)
    : mapping_(mapping), clears_(std::move(clears)), host_(host), now_(now) {
    for (const Column& column : mapping.columns) in_order_.push_back(&column);
    std::stable_sort(in_order_.begin(), in_order_.end(), [](const Column* a, const Column* b) {
        return rank(*a->field) < rank(*b->field);
    });
}

Said& RowReader::side(const Column& column, RowValues& values) const {
    if (column.kind == mapping_.kind) return values.record;
    if (values.contacts.size() <= column.contact) values.contacts.resize(column.contact + 1);
    return values.contacts[column.contact];
}

RowValues RowReader::read(const tabular::Row& row) {
    RowValues values;
    for (const auto& bad : row.bad) {
        const auto column = std::find_if(mapping_.columns.begin(), mapping_.columns.end(),
                                         [&](const Column& each) { return each.at == bad.column; });
        if (column != mapping_.columns.end()) {
            trouble(*column, bad.error, values);
        } else if (bad.column >= row.cells.size()) {
            values.left.push_back({"", bad.error});
        }
    }
    refuse_totals(row, values);
    for (const Column* column : in_order_) {
        if (values.refused) return values;
        const std::string& text = row.cells[column->at];
        if (!text.empty()) read_cell(*column, text, values);
    }
    if (!values.refused) add_constants(values);
    settle_identity(values);
    join_contacts(values);
    return values;
}

/// A row of totals tells so where names stand, or in any column beside a name that only counts.
void RowReader::refuse_totals(const tabular::Row& row, RowValues& values) const {
    for (const Column& column : mapping_.columns) {
        if (column.kind != mapping_.kind || column.field->name != column.kind->title) continue;
        const std::string& name = row.cells[column.at];
        const bool is_no_name = name.empty() || is_count(name);
        const auto total = std::find_if(row.cells.begin(), row.cells.end(), [&](const auto& cell) {
            return (is_no_name || &cell == &name) && is_total(cell);
        });
        if (total == row.cells.end()) continue;
        values.refused = Trouble{column.heading, Error{&kTotalRow, {beginning_of(*total)}}};
        return;
    }
}

void RowReader::trouble(const Column& column, Error error, RowValues& values) const {
    const bool own = column.kind == mapping_.kind;
    const bool needed = column.field->required && column.field->preset.empty();
    if (own && (needed || column.field->type == Type::Ref)) {
        values.refused = Trouble{column.heading, std::move(error)};
    } else {
        values.left.push_back({column.heading, std::move(error)});
    }
}

void RowReader::read_cell(const Column& column, const std::string& text, RowValues& values) {
    const Field& field = *column.field;
    if (!clears_.empty() && text == clears_) {
        side(column, values).cleared.push_back(field.tag);
        return;
    }
    const std::string plain = canonical_text(text).value_or(text);
    if (catalog::says_nothing(field, plain)) {
        if (field.blanks || catalog::is_placeholder(plain))
            values.blank.push_back({column.heading, Error{&kPlaceholder, {column.heading, plain}}});
        return;
    }
    if (holds_text(field) && is_shortened_number(plain))
        return trouble(column, Error{&kShortenedNumber, {column.heading, plain}}, values);
    read_value(column, is_phone(field) ? one_line(column, plain, values) : plain, values);
}

/// Other fields a cell speaks of (a place no table has, further phones) are kept beside it.
void RowReader::read_value(const Column& column, const std::string& text, RowValues& values) {
    const Field& field = *column.field;
    if (field.type == Type::Ref) {
        const auto record = host_.resolve(field, text);
        if (record) return keep(column, *record, values);
        return trouble(column, Error{&kUnknownReference, {column.heading, text}}, values);
    }
    FieldValues& into = side(column, values).values;
    FieldValues read = into;
    std::erase_if(read, [&](const FieldValue& each) { return each.tag == field.tag; });
    auto notes = catalog::read_into(*column.kind, field, text, read, now_);
    if (!notes) return trouble(column, std::move(notes.error()), values);
    for (Error& note : *notes) values.told.push_back({column.heading, std::move(note)});
    for (auto& [tag, value] : read) {
        if (tag != field.tag && !is_empty(value)) assign(into, tag, value);
    }
    if (const Value* own = find(read, field.tag)) keep(column, *own, values);
}

/// A cell may hold several numbers: a list takes them all, a single field the first one, the
/// others where the kind keeps them or nowhere.
std::string RowReader::one_line(const Column& column,
                                const std::string& text,
                                RowValues& values) const {
    const auto numbers = phone_texts(catalog::half_width(text));
    const bool several = numbers && numbers->size() > 1;
    if (!several || catalog::find_field(*column.kind, "phones_other") != nullptr) return text;
    std::string typed = numbers->front();
    for (std::size_t at = 1; at < numbers->size(); ++at) {
        if (is_list(*column.field)) {
            typed += ";" + (*numbers)[at];
        } else {
            values.left.push_back(
                {column.heading, Error{&kSecondNumber, {column.heading, (*numbers)[at]}}});
        }
    }
    return typed;
}

/// Of two columns for one field the first that says something counts; lists take from both.
void RowReader::keep(const Column& column, Value value, RowValues& values) const {
    if (is_empty(value)) return;
    FieldValues& into = side(column, values).values;
    const Value* there = find(into, column.field->tag);
    if (there == nullptr) return assign(into, column.field->tag, std::move(value));
    if (is_list(*column.field))
        return assign(into, column.field->tag, united(*column.field, *there, value));
    if (*there != value)
        trouble(
            column,
            Error{&kSecondColumn,
                  {column.heading, beginning_of(catalog::display(*column.field, value, Lang::Zh))}},
            values);
}

/// A kind of document the number is not of costs its cell, not the row: the number tells its kind.
void RowReader::settle_identity(RowValues& values) const {
    if (!catalog::is_file(*mapping_.kind)) return;
    static constexpr auto& kNumber = catalog::field(catalog::kCustomer, "id_no");
    static constexpr auto& kKindOf = catalog::field(catalog::kCustomer, "id_kind");
    FieldValues& record = values.record.values;
    const std::string number = text_in(record, kNumber.tag);
    const std::string kind = text_in(record, kKindOf.tag);
    if (number.empty() || kind.empty() || catalog::fits_id_kind(kind, number)) return;
    const std::string shown = catalog::display(kKindOf, kind, Lang::Zh);
    catalog::take_out(record, kKindOf);
    values.left.push_back({std::string(kKindOf.label.zh), Error{&kOtherIdKind, {shown}}});
}

/// One person told twice in a row is one contact: lists take from both, of the rest the first
/// counts.
void RowReader::join_contacts(RowValues& values) const {
    static constexpr auto& kName = catalog::field(catalog::kContact, "name");
    auto& all = values.contacts;
    for (std::size_t at = 1; at < all.size(); ++at) {
        const auto name = pinyin::match_key(text_in(all[at].values, kName.tag));
        const auto first = std::find_if(
            all.begin(), all.begin() + static_cast<std::ptrdiff_t>(at), [&](const Said& each) {
                return name == pinyin::match_key(text_in(each.values, kName.tag));
            });
        if (name.empty() || first == all.begin() + static_cast<std::ptrdiff_t>(at)) continue;
        const auto whose = static_cast<std::size_t>(first - all.begin());
        Said again = std::exchange(all[at], {});
        catalog::take_out(again.values, kName);
        for (const auto& [tag, value] : again.values) {
            keep({.heading = heading_of_contact(mapping_, at),
                  .kind = &catalog::kContact,
                  .field = catalog::find_field(catalog::kContact, tag),
                  .contact = whose},
                 value, values);
        }
    }
}

void RowReader::add_constants(RowValues& values) {
    for (const auto& [field, text] : mapping_.constants) {
        if (find(values.record.values, field->tag) != nullptr) continue;
        const Column column{
            .heading = std::string(field->name), .kind = mapping_.kind, .field = field};
        read_cell(column, text, values);
    }
}

}  // namespace dossier::sheet
