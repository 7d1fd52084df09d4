#include "common/sheet/contact_columns.hpp"

#include <algorithm>

#include "common/catalog/check_text.hpp"
#include "common/catalog/contact.hpp"
#include "common/sheet/heading.hpp"

namespace dossier::sheet {
namespace {

using catalog::Field;
using catalog::kContact;

bool is_name(const Field* of) {
    return of != nullptr && of->name == kContact.title;
}

/// "手机" and "2" of "手机2"; no number for other headings.
std::pair<std::string, std::string> with_number(const std::string& heading) {
    const std::string plain = catalog::half_width(plain_heading(heading));
    const auto end = plain.find_last_not_of("0123456789") + 1;
    return {plain.substr(0, end), plain.substr(end)};
}

/// A heading of a contact, its number set aside.
const Field* plain_field(const std::string& heading) {
    return field_headed(kContact, with_number(heading).first);
}

/// How the columns of several contacts stand.
enum class Order : std::uint8_t { NamesFirst, NamesLast, Mixed };

Order order_of(const std::vector<Column*>& columns) {
    // Names side by side, the rest behind them: the second phone is the second person's.
    const auto names_meet = [&] {
        for (std::size_t at = 1; at < columns.size(); ++at) {
            if (is_name(columns[at]->field) && is_name(columns[at - 1]->field)) return true;
        }
        return false;
    };
    if (names_meet()) return Order::Mixed;
    if (is_name(columns.front()->field)) return Order::NamesFirst;
    return is_name(columns.back()->field) ? Order::NamesLast : Order::Mixed;
}

std::size_t names_before(const std::vector<Column*>& columns, std::size_t end) {
    return static_cast<std::size_t>(
        std::count_if(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(end),
                      [](const Column* each) { return is_name(each->field); }));
}

std::size_t same_before(const std::vector<Column*>& columns, std::size_t end) {
    return static_cast<std::size_t>(
        std::count_if(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(end),
                      [&](const Column* each) { return each->field == columns[end]->field; }));
}

/// Of the name with this number, if one has it.
std::optional<std::size_t> numbered(const std::vector<Column*>& columns,
                                    const std::string& number) {
    std::size_t name = 0;
    for (const Column* each : columns) {
        if (!is_name(each->field)) continue;
        const auto own = with_number(each->heading).second;
        if (own == number || (own.empty() && number == "1")) return name;
        ++name;
    }
    return std::nullopt;
}

}  // namespace

ContactHeadings::ContactHeadings(const std::vector<std::string>& header) : header_(header) {
    for (const auto& heading : header) {
        if (!is_name(plain_field(heading))) continue;
        ++names_;
        numbers_.push_back(with_number(heading).second);
    }
}

const Field* ContactHeadings::field_of(const std::string& heading) const {
    if (names_ < 2) return nullptr;
    const auto number = with_number(heading).second;
    const auto* of = plain_field(heading);
    if (of == nullptr) return nullptr;
    const bool has_name =
        !number.empty() && (number == "1" || std::ranges::find(numbers_, number) != numbers_.end());
    if (has_name) return of;
    const auto times = static_cast<std::size_t>(std::ranges::count(header_, heading));
    return number.empty() && times == names_ ? of : nullptr;
}

void tell_contacts_apart(Mapping& mapping) {
    std::vector<Column*> columns;
    for (Column& column : mapping.columns) {
        if (column.kind != mapping.kind) columns.push_back(&column);
    }
    const std::size_t names = names_before(columns, columns.size());
    if (names < 2) return;
    const Order order = order_of(columns);
    for (std::size_t at = 0; at < columns.size(); ++at) {
        const auto number = with_number(columns[at]->heading).second;
        std::optional<std::size_t> of;
        if (!number.empty()) of = numbered(columns, number);
        if (is_name(columns[at]->field)) of = names_before(columns, at);
        if (!of && order == Order::NamesFirst) of = names_before(columns, at) - 1;
        if (!of && order == Order::NamesLast) of = names_before(columns, at);
        columns[at]->contact = std::min(of.value_or(same_before(columns, at)), names - 1);
    }
}

}  // namespace dossier::sheet
