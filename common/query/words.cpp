#include "common/query/words.hpp"

#include <algorithm>
#include <array>

#include "common/base/bytes.hpp"
#include "common/base/text.hpp"
#include "common/catalog/asked.hpp"
#include "common/catalog/close.hpp"
#include "common/catalog/references.hpp"
#include "common/crypto/digest.hpp"
#include "common/query/faults.hpp"

namespace dossier::query {
namespace {

using catalog::Field;
using catalog::Kind;

struct Sign {
    std::string_view text;
    Test test;
};
constexpr std::array kSigns{
    Sign{"=", Test::Equal},      Sign{"＝", Test::Equal},      Sign{"!=", Test::NotEqual},
    Sign{"！=", Test::NotEqual}, Sign{"！＝", Test::NotEqual}, Sign{"≠", Test::NotEqual},
    Sign{">", Test::Greater},    Sign{"＞", Test::Greater},    Sign{">=", Test::AtLeast},
    Sign{"＞=", Test::AtLeast},  Sign{"＞＝", Test::AtLeast},  Sign{"≥", Test::AtLeast},
    Sign{"<", Test::Less},       Sign{"＜", Test::Less},       Sign{"<=", Test::AtMost},
    Sign{"＜=", Test::AtMost},   Sign{"＜＝", Test::AtMost},   Sign{"≤", Test::AtMost},
    Sign{"~", Test::Contains},   Sign{"～", Test::Contains}};
/// What signs are made of. A run of them that is no sign is refused: read as a shorter sign it
/// would ask for something else than was meant ("!~" for "~").
constexpr std::array<std::string_view, 12> kMarks{"=", "＝", "!", "！", ">", "＞",
                                                  "<", "＜", "≥", "≤",  "≠", "~"};

struct Split {
    std::string_view field;
    Sign sign;
    std::string_view value;
};

/// Bytes of the mark with which the text begins; 0 for none.
std::size_t mark_bytes(std::string_view text) {
    if (text.starts_with("～")) return std::string_view("～").size();
    const auto* at =
        std::ranges::find_if(kMarks, [&](auto mark) { return text.starts_with(mark); });
    return at == kMarks.end() ? 0 : at->size();
}

/// Errors: query.not_a_filter, unknown_sign.
Result<Split> split(std::string_view typed) {
    std::size_t at = 0;
    while (at < typed.size() && mark_bytes(typed.substr(at)) == 0) ++at;
    std::size_t end = at;
    while (const auto bytes = mark_bytes(typed.substr(end))) end += bytes;
    if (end == at) return fail(kNotFilter, std::string(head(typed, 40)));
    const auto run = typed.substr(at, end - at);
    const auto* sign = std::ranges::find(kSigns, run, &Sign::text);
    if (sign == kSigns.end()) return fail(kUnknownSign, std::string(head(run, 40)));
    auto value = typed.substr(end);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    return Split{typed.substr(0, at), *sign, value};
}

Result<const Field*> named_field(const Kind& kind, std::string_view name) {
    const Field* field = catalog::find_heading(kind, name);
    if (field == nullptr)
        return fail(kUnknownField, std::string(kind.label.zh) + "/" + std::string(kind.label.en),
                    std::string(head(name, 40)), catalog::close_fields(kind, name));
    return field;
}

std::vector<std::string_view> parts(std::string_view text, char between) {
    std::vector<std::string_view> found;
    while (true) {
        const auto at = std::min(text.find(between), text.size());
        found.push_back(text.substr(0, at));
        if (at == text.size()) return found;
        text.remove_prefix(at + 1);
    }
}

tl::unexpected<Error> wrong_test(const Field& field, std::string_view sign) {
    return fail(kWrongTest, std::string(field.label.zh) + "/" + std::string(field.label.en),
                std::string(sign));
}

/// One filter being read.
struct Reader {
    const Field& field;
    const Split& typed;
    const ReadReference& read;
    Instant now;
    std::vector<Filter>& filters;

    [[nodiscard]] Result<catalog::Asked> asked(std::string_view text) const {
        Result<catalog::Asked> value = catalog::Asked{};
        if (catalog::is_reference(field)) {
            auto record = read(field, text);
            if (!record) return pass(record);
            value = catalog::Asked{*record, *record};
        } else {
            value = catalog::parse_asked(field, text, now);
        }
        if (value && is_empty(value->first)) return fail(kNotFilter, std::string(head(text, 40)));
        return value;
    }

    void put(Test test, std::vector<Value> values) {
        filters.push_back({&field, test, std::move(values)});
    }

    Status add(Test test, const std::vector<std::string_view>& texts) {
        if (!can_test(field, test)) return wrong_test(field, typed.sign.text);
        std::vector<Value> values;
        for (const std::string_view text : texts) {
            if (test == Test::Contains) {
                values.emplace_back(std::string(text));
                continue;
            }
            auto value = asked(text);
            if (!value) return pass(value);
            if (test == Test::Equal && value->is_span()) {
                put(Test::AtLeast, {value->first});
                put(Test::AtMost, {value->last});
                return {};
            }
            const bool to_end = test == Test::AtMost || test == Test::Greater;
            const bool from_start = test == Test::AtLeast || test == Test::Less;
            if (value->is_span() && !to_end && !from_start)
                return fail(kWrongSpan, std::string(head(text, 40)),
                            test == Test::OneOf ? "|" : std::string(typed.sign.text));
            values.push_back(to_end ? std::move(value->last) : std::move(value->first));
        }
        put(test, std::move(values));
        return {};
    }

    Status add_range(std::string_view from, std::string_view to) {
        if (from.empty() && to.empty()) return fail(kNotFilter, std::string(typed.value));
        if (!from.empty()) {
            if (auto least = add(Test::AtLeast, {from}); !least) return least;
        }
        if (to.empty()) return {};
        if (auto most = add(Test::AtMost, {to}); !most) return most;
        const bool both = !from.empty();
        if (both && compare(filters[filters.size() - 2].values[0], filters.back().values[0]) > 0)
            return fail(kEmptyRange, std::string(head(typed.value, 40)));
        return {};
    }

    Status add_all() {
        const bool equal = typed.sign.test == Test::Equal;
        const bool differs = typed.sign.test == Test::NotEqual;
        if (!equal && !differs) {
            if (typed.value.empty()) return fail(kNotFilter, std::string(head(typed.field, 40)));
            return add(typed.sign.test, {typed.value});
        }
        if (typed.value.empty()) {
            put(equal ? Test::Empty : Test::Filled, {});
            return {};
        }
        const auto dots = typed.value.find("..");
        const bool range = equal && dots != std::string_view::npos && can_test(field, Test::Less);
        if (range) return add_range(typed.value.substr(0, dots), typed.value.substr(dots + 2));
        const auto values = parts(typed.value, '|');
        if (values.size() > kFilterValuesMax)
            return fail(kTooMuch, std::to_string(kFiltersMax), std::to_string(kFilterCharactersMax),
                        std::to_string(kFilterValuesMax));
        if (values.size() == 1) return add(typed.sign.test, values);
        return add(equal ? Test::OneOf : Test::NoneOf, values);
    }
};

void append(std::string& text, std::string_view part) {
    text += std::to_string(part.size()) + ':' + std::string(part);
}

void append(std::string& text, const Value& value) {
    text += static_cast<char>('0' + value.index());
    if (const auto* words = as_text(value)) append(text, std::string_view(*words));
    if (const auto number = as_number(value))
        append(text, std::string_view(std::to_string(*number)));
    if (std::holds_alternative<RecordId>(value))
        append(text, std::string_view(to_text(as_record(value))));
}

constexpr std::size_t kMarkBytes = 8;

/// What tells one list from another: kind, order and filters.
Bytes mark_of(const Query& query) {
    std::string all = std::to_string(query.kind->tag);
    all += query.order.descending ? '-' : '+';
    all += query.with_gone ? 'g' : 'l';
    all += std::to_string(query.order.field == nullptr ? 0 : query.order.field->tag);
    for (const Filter& filter : query.where) {
        all += ',' + std::to_string(filter.field->tag) + '.' +
               std::to_string(static_cast<int>(filter.test)) + '(';
        for (const Value& value : filter.values) append(all, value);
        all += ')';
    }
    const auto digest = crypto::blake2b({bytes_of(all)});
    return {digest.begin(), digest.begin() + kMarkBytes};
}

/// Layout: index of the alternative u8 || number i64, text or id.
void append_value(Bytes& to, const Value& value) {
    to.push_back(static_cast<std::uint8_t>(value.index()));
    if (const auto number = as_number(value)) append_le(to, *number);
    if (const auto* text = as_text(value)) dossier::append(to, bytes_of(*text));
    if (const auto id = as_record(value); !id.is_none()) dossier::append(to, id.view());
}

/// Errors: nullopt for what `append_value` never wrote.
std::optional<Value> value_from(ByteView bytes) {
    const auto index = bytes.front();
    const ByteView rest = bytes.subspan(1);
    if (index == 0 && rest.empty()) return Value{};
    if (index == 1 && rest.size() == sizeof(std::int64_t))
        return Value{read_le<std::int64_t>(rest.data())};
    if (index == 2 && is_utf8(text_of(rest))) return Value{std::string(text_of(rest))};
    const auto id = RecordId::from(rest);
    return index == 3 && id ? std::optional(Value{*id}) : std::nullopt;
}

}  // namespace

Result<std::vector<Filter>> filters_from(const Kind& kind,
                                         const std::vector<std::string>& typed,
                                         const ReadReference& read,
                                         Instant now) {
    const auto too_much = [] {
        return fail(kTooMuch, std::to_string(kFiltersMax), std::to_string(kFilterCharactersMax),
                    std::to_string(kFilterValuesMax));
    };
    if (typed.size() > kFiltersMax) return too_much();
    std::vector<Filter> filters;
    for (const std::string& words : typed) {
        if (!is_utf8(words)) return fail(kNotFilter, "?");
        if (character_count(words) > kFilterCharactersMax) return too_much();
        const auto found = split(words);
        if (!found) return tl::unexpected(found.error());
        const auto field = named_field(kind, found->field);
        if (!field) return tl::unexpected(field.error());
        Reader reader{**field, *found, read, now, filters};
        if (auto added = reader.add_all(); !added) return pass(added);
    }
    return filters;
}

Result<Order> order_from(const Kind& kind, std::string_view typed) {
    Order order;
    if (typed.starts_with('-')) {
        order.descending = true;
        typed.remove_prefix(1);
    }
    const auto field = named_field(kind, typed);
    if (!field) return tl::unexpected(field.error());
    order.field = *field;
    if (holds_many(*order.field) || order.field->type == catalog::Type::Json)
        return wrong_test(*order.field, "sort");
    return order;
}

Result<std::size_t> limit_from(std::uint64_t asked) {
    if (asked == 0 || asked > kLimitMax) return fail(kWrongLimit, std::to_string(kLimitMax));
    return static_cast<std::size_t>(asked);
}

std::string to_word(const Query& query, const PageKey& key) {
    Bytes bytes = mark_of(query);
    dossier::append(bytes, key.record.view());
    append_value(bytes, key.value);
    return to_base32(bytes);
}

Result<PageKey> page_from(const Query& query, std::string_view word) {
    constexpr std::size_t kIdBytes = 16;
    const auto bytes = from_base32(word);
    if (!bytes || bytes->size() <= kMarkBytes + kIdBytes) return fail(kWrongPage);
    const ByteView all(*bytes);
    if (!std::ranges::equal(all.first(kMarkBytes), mark_of(query))) return fail(kWrongPage);
    auto value = value_from(all.subspan(kMarkBytes + kIdBytes));
    if (!value) return fail(kWrongPage);
    return PageKey{std::move(*value), *RecordId::from(all.subspan(kMarkBytes, kIdBytes))};
}

}  // namespace dossier::query
