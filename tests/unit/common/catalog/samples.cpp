#include "tests/unit/common/catalog/samples.hpp"

#include "common/catalog/check_digit.hpp"
#include "common/catalog/places.hpp"
#include "common/catalog/structure.hpp"

namespace dossier::catalog {
namespace {

std::string pick_from(std::string_view alphabet, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += alphabet[*rc::gen::inRange<std::size_t>(0, alphabet.size())];
    }
    return text;
}

/// Words without separators of lists, not ending in white space.
std::string some_words(std::size_t length_max) {
    static constexpr std::string_view kPieces[] = {"杭州", "明", "a",    "Z", "7",
                                                   "é",    "·",  "(北)", "ñ"};
    const auto count =
        *rc::gen::inRange<std::size_t>(1, std::min<std::size_t>(length_max / 3, 12) + 1);
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += kPieces[*rc::gen::inRange<std::size_t>(0, 9)];
    return text;
}

std::string two_digits(int number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}
std::string some_date() {
    return std::to_string(*rc::gen::inRange(1900, 2026)) + '-' +
           two_digits(*rc::gen::inRange(1, 13)) + '-' + two_digits(*rc::gen::inRange(1, 29));
}

RecordId some_id() {
    RecordId id;
    for (auto& byte : id.bytes) byte = *rc::gen::arbitrary<std::uint8_t>();
    id.bytes[0] |= 1U;
    return id;
}

std::string with_check(const std::string& body,
                       std::string_view alphabet,
                       bool (*fits)(std::string_view)) {
    for (const char c : alphabet) {
        if (fits(body + c)) return body + c;
    }
    return {};
}

std::string some_code(const Field& field) {
    switch (field.check) {
        case Check::UnifiedCode: {
            static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
            return with_check(pick_from(kAlphabet, 17), kAlphabet, is_unified_code);
        }
        case Check::IdNumber: {
            std::string date = some_date();
            std::erase(date, '-');
            return with_check("330106" + date + pick_from("0123456789", 3), "0123456789X",
                              is_id_number);
        }
        case Check::Phone:
        case Check::Phones:
            return "0571-" + pick_from("0123456789", 8);
        case Check::Email:
            return pick_from("abcxyz", 6) + "@example.cn";
        case Check::Country:
            return *rc::gen::element<std::string>("CN", "DE", "ZW", "AD");
        case Check::City:
        case Check::District:
            return "3" + pick_from("0123456789", 5);
        case Check::Industry:
            return *rc::gen::element<std::string>("C27", "A", "K70", "院线配送");
        case Check::Province:
            return *rc::gen::element<std::string>("330000", "150000", "820000", "110000");
        case Check::Geo:
            return std::to_string(*rc::gen::inRange(-90'000'000, 90'000'001)) + ',' +
                   std::to_string(*rc::gen::inRange(-180'000'000, 180'000'001));
        case Check::ValidPeriod:
            return "2026Q" + pick_from("1234", 1);
        case Check::RecordId:
            return to_text(some_id());
        case Check::ContentId:
        case Check::PublicKey:
            return pick_from("0123456789abcdef", 64);
        default:
            return some_words(field.length_max);
    }
}

std::string some_element(const Field& field) {
    if (field.type == Type::RefList) return json_string(to_text(some_id()));
    if (field.type == Type::Set) {
        const auto at = *rc::gen::inRange<std::size_t>(0, field.choices.size());
        return json_string(field.choices[at].code);
    }
    if (field.check != Check::Phones) return json_string(some_code(field));
    return json_object({{"kind", json_string(*rc::gen::element<std::string>("mobile", "home"))},
                        {"number", json_string(some_code(field))}});
}

std::string some_structure(const Field& field) {
    if (field.check != Check::Shares) {
        return json_object({{"a", json_string(some_words(30))}, {"b", "[1,true,null]"}});
    }
    std::vector<std::string> shares;
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
        shares.push_back(json_object({{"name", json_string(some_words(30))},
                                      {"share_bp", std::to_string(*rc::gen::inRange(0, 3'334))}}));
    }
    return json_array(shares);
}

Value some_value(const Field& field) {
    switch (field.type) {
        case Type::Int:
        case Type::BasisPoints:
        case Type::Bool:
            if (field.max == INT64_MAX) {
                return std::max(field.min, *rc::gen::arbitrary<std::int64_t>());
            }
            return *rc::gen::inRange(field.min, field.max + 1);
        case Type::Money:
            return *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000'000);
        case Type::Time:
            return *rc::gen::inRange<std::int64_t>(0, kTestNow.ms / 60'000) * 60'000;
        case Type::Date:
            if (field.check == Check::DateOrMonthDay && *rc::gen::arbitrary<bool>()) {
                return "-" + some_date().substr(4);
            }
            return some_date();
        case Type::Enum:
            return std::string(
                field.choices[*rc::gen::inRange<std::size_t>(0, field.choices.size())].code);
        case Type::Set:
        case Type::List:
        case Type::RefList: {
            std::vector<std::string> elements;
            for (int i = *rc::gen::inRange(1, 5); i > 0; --i)
                elements.push_back(some_element(field));
            return from_elements(field, std::move(elements));
        }
        case Type::Json:
            return some_structure(field);
        case Type::Ref:
            return some_id();
        default:
            return some_code(field);
    }
}

}  // namespace

rc::Gen<Value> sample(const Field& field) {
    return rc::gen::exec([&field] { return some_value(field); });
}

rc::Gen<FieldValues> sample_record(const Kind& kind) {
    return rc::gen::exec([&kind] {
        FieldValues values;
        for (const Field* field : all_fields(kind)) {
            if (*rc::gen::arbitrary<bool>()) values.push_back({field->tag, some_value(*field)});
        }
        return values;
    });
}

}  // namespace dossier::catalog
