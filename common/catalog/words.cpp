#include "common/catalog/words.hpp"

#include <array>

namespace dossier::catalog {
namespace {

/// What a type is called; "{}" is the length, the range or the kind referred to.
Text type_pattern(Type type) {
    switch (type) {
        case Type::Text:
            return {"最多 {} 字的文本", "text of at most {} characters"};
        case Type::Int:
            return {"整数 {}", "whole number {}"};
        case Type::Money:
            return {"金额（元）", "amount in yuan"};
        case Type::BasisPoints:
            return {"百分数 0%–100%", "percentage 0%–100%"};
        case Type::Bool:
            return {"是/否", "yes or no"};
        case Type::Date:
            return {"日期", "date"};
        case Type::Time:
            return {"时间", "time"};
        case Type::Enum:
            return {"单选", "one choice"};
        case Type::Set:
            return {"多选", "several choices"};
        case Type::List:
            return {"列表，每项最多 {} 字", "list, each of at most {} characters"};
        case Type::Json:
            return {"结构（JSON），最多 {} 字", "structure (JSON) of at most {} characters"};
        case Type::Ref:
            return {"引用 {}", "reference to {}"};
        case Type::RefList:
            return {"多个引用 {}", "references to {}"};
    }
    return {};
}

Text check_words(Check check) {
    switch (check) {
        case Check::None:
            return {};
        case Check::UnifiedCode:
            return {"GB 32100 校验", "check character of GB 32100"};
        case Check::IdNumber:
            return {"GB 11643 校验", "check character of GB 11643"};
        case Check::Phone:
            return {"电话号码", "phone number"};
        case Check::Phones:
            return {"电话种类与号码", "kind and number of a phone"};
        case Check::Email:
            return {"邮箱地址", "email address"};
        case Check::Country:
            return {"ISO 3166 两位代码", "two letters of ISO 3166"};
        case Check::City:
            return {"市名或 GB/T 2260 六位代码", "city by name or six digits of GB/T 2260"};
        case Check::District:
            return {"区县名或 GB/T 2260 六位代码", "district by name or six digits of GB/T 2260"};
        case Check::Geo:
            return {"纬度,经度", "latitude,longitude"};
        case Check::NotFuture:
            return {"不晚于现在", "not in the future"};
        case Check::DateOrMonthDay:
            return {"可只填月日", "month and day alone allowed"};
        case Check::Shares:
            return {"姓名与份额，合计不超过 100%", "names and shares, at most 100% in all"};
        case Check::ValidPeriod:
            return {"季度，如 2026Q1", "quarter such as 2026Q1"};
        case Check::Industry:
            return {"行业名称或 GB/T 4754 代码", "industry by name or code of GB/T 4754"};
        case Check::Province:
            return {"省名或 GB/T 2260 六位代码", "province by name or six digits of GB/T 2260"};
        case Check::RecordId:
            return {"UUID", "UUID"};
        case Check::PublicKey:
        case Check::ContentId:
            return {"64 个十六进制字符", "64 hexadecimal characters"};
        case Check::FileName:
            return {"不含路径的文件名", "a file name without a path"};
    }
    return {};
}

std::string range_words(const Field& field) {
    const bool low = field.min != INT64_MIN;
    const bool high = field.max != INT64_MAX;
    if (low && high) return std::to_string(field.min) + "–" + std::to_string(field.max);
    if (low) return "≥ " + std::to_string(field.min);
    return high ? "≤ " + std::to_string(field.max) : "";
}

std::string detail(const Field& field) {
    if (field.type == Type::Int) return range_words(field);
    if (field.type == Type::Ref || field.type == Type::RefList) {
        return std::string(field.target.empty() ? "…" : field.target);
    }
    return std::to_string(field.length_max);
}

}  // namespace

std::string type_words(const Field& field, Lang lang) {
    const std::array args{detail(field)};
    std::string words = fill(type_pattern(field.type).in(lang), args);
    while (words.ends_with(' ')) words.pop_back();
    const auto check = check_words(field.check).in(lang);
    if (check.empty()) return words;
    return words + (lang == Lang::Zh ? "，" : ", ") + std::string(check);
}

std::string type_words(const Field& field) {
    return type_words(field, Lang::Zh) + '/' + type_words(field, Lang::En);
}

}  // namespace dossier::catalog
