#include "client/store/search_texts.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "common/catalog/canonical.hpp"
#include "common/pinyin/fold.hpp"

namespace dossier::client {
namespace {

using catalog::Field;
using catalog::Kind;

bool is_name(const Field& field) {
    static constexpr std::string_view kNames[] = {"name", "short_name", "former_names"};
    return std::ranges::find(kNames, field.name) != std::end(kNames);
}

/// What was removed is found no more.
bool is_removed(const FieldValues& values) {
    using catalog::kDeletedAt;
    return find(values, kDeletedAt) != nullptr;
}

pinyin::As as_of(const Field& field) {
    using catalog::Check;
    if (is_name(field)) return pinyin::As::Name;
    const bool phone = field.check == Check::Phone || field.check == Check::Phones;
    return phone ? pinyin::As::Phone : pinyin::As::Text;
}

}  // namespace

const std::vector<const Field*>& searched(const Kind& kind) {
    thread_local std::map<std::uint16_t, std::vector<const Field*>> made;
    const auto [at, fresh] = made.try_emplace(kind.tag);
    const bool is_file =
        kind.belongs == catalog::Belongs::Customer || kind.belongs == catalog::Belongs::Person;
    if (!fresh || !is_file) return at->second;
    for (const Field& field : kind.fields) {
        const bool words = field.type == catalog::Type::Text || field.type == catalog::Type::List;
        const bool readable =
            field.offline != catalog::Offline::Masked && field.merge != catalog::Merge::Computed;
        if (words && readable) at->second.push_back(&field);
    }
    return at->second;
}

std::optional<FieldValues> load_searched(sqlite::Connection& db,
                                         const Kind& kind,
                                         std::int64_t number) {
    thread_local std::map<std::uint16_t, std::string> made;
    auto [at, fresh] = made.try_emplace(kind.tag);
    if (fresh) {
        at->second = "SELECT deleted_at";
        for (const Field* field : searched(kind))
            at->second += ",\"" + std::string(field->name) + '"';
        at->second += " FROM \"" + std::string(kind.name) + "\" WHERE rowid=?1";
    }
    auto row = db.prepared(at->second);
    if (!row.bind(number).step()) return std::nullopt;
    FieldValues values;
    int column = 0;
    if (!row.is_null(column)) assign(values, catalog::kDeletedAt, row.value(column));
    for (const Field* field : searched(kind)) {
        if (!row.is_null(++column)) assign(values, field->tag, row.value(column));
    }
    return values;
}

bool same_words(const Kind& kind, const FieldValues& before, const FieldValues& after) {
    if (is_removed(before) != is_removed(after)) return false;
    return std::ranges::all_of(searched(kind), [&](const Field* field) {
        const Value* was = find(before, field->tag);
        const Value* is = find(after, field->tag);
        return was == nullptr || is == nullptr ? was == is : *was == *is;
    });
}

SearchTexts::SearchTexts(const Kind& kind, const FieldValues& values) {
    if (is_removed(values)) return;
    for (const Field* field : searched(kind)) {
        const Value* value = find(values, field->tag);
        if (value != nullptr && !is_empty(*value)) add(*field, *value);
    }
    for (const auto& [as, text] : texts_) fields_.push_back({as, text});
}

std::vector<pinyin::Field> SearchTexts::names() const {
    std::vector<pinyin::Field> names;
    std::ranges::copy_if(fields_, std::back_inserter(names),
                         [](const pinyin::Field& field) { return field.as == pinyin::As::Name; });
    return names;
}

bool SearchTexts::is_named(std::string_view key) const {
    return std::ranges::any_of(texts_, [&](const auto& each) {
        return each.first == pinyin::As::Name && pinyin::match_key(each.second) == key;
    });
}

void SearchTexts::add(const Field& field, const Value& value) {
    const auto as = as_of(field);
    const auto* text = field.type == catalog::Type::Text ? as_text(value) : nullptr;
    if (text != nullptr) {
        texts_.emplace_back(as, *text);
    } else if (as == pinyin::As::Text) {
        texts_.emplace_back(as, catalog::display(field, value, Lang::Zh));
    } else {
        for (const auto& each : catalog::element_texts(field, value)) texts_.emplace_back(as, each);
    }
}

}  // namespace dossier::client
