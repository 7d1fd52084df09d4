#include "common/catalog/dictionary.hpp"

#include <array>

#include "common/catalog/structure.hpp"

namespace dossier::catalog {
namespace {

constexpr std::array<std::string_view, 19> kLetters{"O",  "S", "I", "K",   "V",       "R", "M",
                                                    "D",  "C", "U", "G",   "P",       "J", "A",
                                                    "TE", "Y", "W", "own", "superior"};

constexpr Text kHeading{
    "| 编号 | 字段 | 名称 | 类型 | 选项 | 约束 | 密级 | 可写 | 合并 | 合并组 | 离线 | 密级面 | "
    "别名 |\n",
    "| Tag | Field | Label | Type | Choices | Constraints | Level | Writers | Merge | Group | "
    "Offline | Facet | Aliases |\n"};
constexpr std::string_view kRule = "|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";

/// '|' would end a cell of the table.
std::string cell(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '|') safe += '\\';
        safe += c;
    }
    return safe;
}

std::string choice_words(const Field& field, Lang lang) {
    std::string words;
    for (const Choice& choice : field.choices) {
        if (!words.empty()) words += ", ";
        words += std::string(choice.code) + ' ' + std::string(choice.label.in(lang));
    }
    return words;
}

std::string preset_word(const Field& field, Lang lang) {
    const Text words = field.preset == kAuthor         ? Text{"录入人", "its author"}
                       : field.preset == kAuthorRegion ? Text{"录入人的区域", "its author's region"}
                       : field.preset == kAuthorDepartment
                           ? Text{"录入人的部门", "its author's department"}
                           : Text{field.preset, field.preset};
    return std::string(words.in(lang));
}

std::string constraint_words(const Field& field, Lang lang) {
    const bool zh = lang == Lang::Zh;
    std::string words;
    const auto add = [&](std::string_view word) {
        words += (words.empty() ? "" : ", ") + std::string(word);
    };
    if (is_always_filled(field)) add(zh ? "必填" : "required");
    if (field.required && !field.instead.empty())
        add((zh ? "必填，除非已填 " : "required without ") + std::string(field.instead));
    if (field.unique) add(zh ? "唯一" : "unique");
    if (field.tree) add(zh ? "不得成环" : "no circle");
    if (!field.preset.empty()) add((zh ? "默认 " : "preset ") + preset_word(field, lang));
    return words;
}

std::string field_line(const Kind& kind, const Field& field, Lang lang) {
    std::string line = "|";
    const auto add = [&](std::string_view text) { line += ' ' + cell(text) + " |"; };
    add(std::to_string(field.tag));
    add(field.name);
    add(field.label.in(lang));
    add(type_words(field, lang));
    add(choice_words(field, lang));
    add(constraint_words(field, lang));
    add(level_code(field.level));
    add(writer_letters(field.writers));
    add(merge_code(field.merge));
    add(field.group);
    add(offline_code(field.offline));
    add(facet_name(facet_of(kind, field)));
    add(field.aliases);
    return line + '\n';
}

std::string choice_json(const Choice& choice) {
    return json_object({{"code", json_string(choice.code)},
                        {"en", json_string(choice.label.en)},
                        {"zh", json_string(choice.label.zh)}});
}

std::string text_json(const Text& text) {
    return json_object({{"zh", json_string(text.zh)}, {"en", json_string(text.en)}});
}

std::string field_json(const Kind& kind, const Field& field) {
    std::vector<std::string> choices;
    for (const Choice& choice : field.choices) choices.push_back(choice_json(choice));
    return json_object(
        {{"tag", std::to_string(field.tag)},
         {"name", json_string(field.name)},
         {"label", text_json(field.label)},
         {"type", text_json({type_words(field, Lang::Zh), type_words(field, Lang::En)})},
         {"choices", json_array(choices)},
         {"target", json_string(field.target)},
         {"required", field.required ? "true" : "false"},
         {"unique", field.unique ? "true" : "false"},
         {"preset", json_string(field.preset)},
         {"instead", json_string(field.instead)},
         {"tree", field.tree ? "true" : "false"},
         {"level", json_string(level_code(field.level))},
         {"writers", json_string(writer_letters(field.writers))},
         {"merge", json_string(merge_code(field.merge))},
         {"group", json_string(field.group)},
         {"offline", json_string(offline_code(field.offline))},
         {"facet", json_string(facet_name(facet_of(kind, field)))},
         {"aliases", json_string(field.aliases)}});
}

std::string kind_json(const Kind& kind) {
    std::vector<std::string> fields;
    for (const Field* field : all_fields(kind)) fields.push_back(field_json(kind, *field));
    return json_object({{"tag", std::to_string(kind.tag)},
                        {"name", json_string(kind.name)},
                        {"label", text_json(kind.label)},
                        {"level", json_string(level_code(kind.level))},
                        {"parent", json_string(kind.parent)},
                        {"unique_together", json_string(kind.unique_together)},
                        {"fields", json_array(fields)}});
}

}  // namespace

std::string writer_letters(Writers writers) {
    std::string letters;
    for (std::size_t bit = 0; bit < kLetters.size(); ++bit) {
        if ((writers & (1U << bit)) == 0) continue;
        letters += (letters.empty() ? "" : " ") + std::string(kLetters[bit]);
    }
    return letters;
}

std::string_view merge_code(Merge merge) {
    static constexpr std::array<std::string_view, 11> kCodes{"LW", "HA", "UN",  "AO",  "NR",   "SV",
                                                             "IM", "CP", "MAX", "MIN", "NR/LW"};
    return kCodes.at(static_cast<std::size_t>(merge));
}

std::string_view level_code(Level level) {
    static constexpr std::array<std::string_view, 5> kCodes{"=", "L0", "L1", "L2", "L3"};
    return kCodes.at(static_cast<std::size_t>(static_cast<std::ptrdiff_t>(level) + 1));
}

std::string_view offline_code(Offline offline) {
    static constexpr std::array<std::string_view, 4> kCodes{"Y", "M", "G", "N"};
    return kCodes.at(static_cast<std::size_t>(offline));
}

std::string_view facet_name(Facet facet) {
    static constexpr std::array<std::string_view, 7> kNames{
        "", "directory", "main", "personal", "masked", "granted", "closed"};
    return kNames.at(static_cast<std::size_t>(facet));
}

std::string dictionary_markdown(Lang lang) {
    std::string page = lang == Lang::Zh ? "# 数据字典\n" : "# Data dictionary\n";
    for (const Kind* kind : kinds()) {
        page += "\n## " + std::string(kind->name) + ' ' + std::string(kind->label.in(lang)) + " (" +
                std::string(level_code(kind->level)) + ")\n\n";
        page += kHeading.in(lang);
        page += kRule;
        for (const Field* field : all_fields(*kind)) page += field_line(*kind, *field, lang);
    }
    return page;
}

std::string dictionary_json() {
    std::vector<std::string> list;
    for (const Kind* kind : kinds()) list.push_back(kind_json(*kind));
    return json_object({{"schema", std::to_string(schema_version())}, {"kinds", json_array(list)}});
}

}  // namespace dossier::catalog
