#include "common/action/derive.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "common/action/kept.hpp"

namespace dossier::action {
namespace {

using catalog::Field;
using catalog::Kind;
using catalog::MadeBy;

struct VerbRow {
    Verb verb;
    std::string_view word;
    Text help;
};
constexpr std::array kVerbs{
    VerbRow{Verb::Add, "add", {"新建{}", "add: {}"}},
    VerbRow{Verb::Edit,
            "edit",
            {"修改{}；无权直接改的成为提议", "edit: {}; what one may not decide is proposed"}},
    VerbRow{Verb::Show, "show", {"查看{}（有权部分）", "show: {}, as far as one may"}},
    VerbRow{
        Verb::List, "list", {"列出{}：筛选、排序、分页", "list: {}, filtered, sorted, by pages"}},
    VerbRow{Verb::Remove, "remove", {"删除{}", "remove: {}"}},
    VerbRow{Verb::History,
            "history",
            {"{}的历史：谁在何时从哪台终端改了什么",
             "history: {}, who changed what, when and from which laptop"}},
    VerbRow{Verb::Import, "import", {"从 CSV 或 XLSX 导入{}", "import from CSV or XLSX: {}"}},
    VerbRow{Verb::Export, "export", {"把{}导出为 CSV 或 XLSX", "export to CSV or XLSX: {}"}},
};

constexpr Input kSet{"set",
                     "FIELD=VALUE",
                     {"字段=值，字段可写中文名；空值清除；可重复",
                      "field=value, by name or label; nothing clears; may be repeated"},
                     Give::Many};
constexpr Input kClear{
    "clear", "FIELD", {"清空一个字段；可重复", "empty a field; may be repeated"}, Give::Many};
constexpr Input kAddElement{"add",
                            "FIELD=ITEM",
                            {"字段=内容：给多值字段加一项；可重复",
                             "field=item: adds one to a field with several; may be repeated"},
                            Give::Many};
constexpr Input kRemoveElement{
    "remove",
    "FIELD=ITEM",
    {"字段=内容：从多值字段去掉一项；可重复", "field=item: takes one away; may be repeated"},
    Give::Many};
constexpr Input kWhere{"where",
                       "FILTER",
                       {"筛选：字段=值、!=、>=、<=、~包含、a..b、a|b；可重复",
                        "filter: field=value, !=, >=, <=, ~contains, a..b, a|b; may be repeated"},
                       Give::Many};
constexpr Input kFile{"FILE",         "", {"CSV 或 XLSX 文件", "a CSV or XLSX file"},
                      Give::Required, 0,  nullptr,
                      Means::FileRead};
constexpr Input kNewFile{"FILE",
                         "",
                         {"CSV 或 XLSX 文件", "a CSV or XLSX file"},
                         Give::Required,
                         0,
                         nullptr,
                         Means::FileWritten};
constexpr Input kForm{"form",
                      "",
                      {"表单：每行一项，每列一条记录，最多 50 条",
                       "as a form: an item a line, a record a column, at most 50"},
                      Give::Flag};
constexpr Input kBlank{"blank",
                       "",
                       {"空白表单，供填写后用 {in:form} 导入",
                        "a form with nothing in it, to be filled in and imported with {in:form}"},
                       Give::Flag};
/// Files alone are searched by what people write of them.
constexpr Input kText{"text",
                      "TEXT",
                      {"编号、名称、拼音、首字母的一部分，或电话",
                       "a part of number, name, pinyin or initials, or a phone number"}};
constexpr std::array kListInputs{
    kWhere,
    Input{"sort", "FIELD", {"按此字段排序，-字段 为倒序", "order by it; -field descending"}},
    Input{
        "columns", "FIELDS", {"显示哪些字段，逗号分隔", "the fields to show, with commas between"}},
    Input{"limit", "N", {"最多几条，默认 100", "at most this many, by default 100"}},
    Input{
        "page", "KEY", {"接着上一页：其末尾给出的页标", "go on: the key the last page ended with"}},
};
constexpr std::array kImportInputs{
    kFile,
    Input{"encoding",
          "NAME",
          {"CSV 的编码：utf-8、utf-16、gb18030、big5、cp1252、shift-jis、euc-kr",
           "encoding of a CSV: utf-8, utf-16, gb18030, big5, cp1252, shift-jis, euc-kr"}},
    Input{"sheet", "NAME", {"XLSX 的工作表", "sheet of an XLSX"}},
    Input{"header-row", "N", {"表头所在的行", "row of the headings"}},
    Input{"form",
          "",
          {"表单：每行一项，第一格是项目名，其后每列一条记录",
           "a form: an item a line, its name first, a record in each further column"},
          Give::Flag},
    Input{"clear-with",
          "WORD",
          {"内容恰为此字样的格清空该字段（与 {in:update} 同用）",
           "cells that hold just this word empty their field (with {in:update})"}},
    Input{"map",
          "M.toml",
          {"列与字段的对应文件", "which column is which field"},
          Give::Optional,
          0,
          nullptr,
          Means::FileRead},
    Input{"skip",
          "COLUMN",
          {"不导入此列，可重复", "leave this column out, may be repeated"},
          Give::Many},
    Input{"update",
          "",
          {"相符的已有记录按文件更新", "rows that match a record change it"},
          Give::Flag},
    Input{"dry-run", "", {"只检查，不写入", "check only, write nothing"}, Give::Flag},
    Input{"report",
          "FILE",
          {"把每一行的问题写到 CSV 或 XLSX", "write what is wrong with each row to a CSV or XLSX"},
          Give::Optional,
          0,
          nullptr,
          Means::FileWritten},
};

bool has_verb(const Kind& kind, Verb verb) {
    const bool by_hand = !kind.own_actions && !catalog::is_written_by_office(kind);
    switch (verb) {
        case Verb::Add:
            return (by_hand || kind.made_by == MadeBy::Letters) && kind.content.empty();
        case Verb::Import:
            return by_hand && kind.content.empty();
        case Verb::Edit:
        case Verb::Remove:
            return by_hand;
        default:
            return true;
    }
}

/// Fields in the order of the kind's forms.
std::vector<const Field*> form_fields(const Kind& kind) {
    std::vector<const Field*> fields;
    for (const auto name : catalog::names_in(kind.form))
        fields.push_back(catalog::find_field(kind, name));
    for (const Field& field : kind.fields) {
        if (std::ranges::find(fields, &field) == fields.end()) fields.push_back(&field);
    }
    return fields;
}

void add_fields(const Kind& kind, Verb verb, std::vector<Input>& inputs) {
    const Field* first = first_said(kind);
    for (const Field* field : form_fields(kind)) {
        if (!is_said(kind, *field) || (verb == Verb::Add && field == first)) continue;
        if (verb == Verb::Edit && field->merge == catalog::Merge::Immutable) continue;
        const bool taken = std::ranges::any_of(
            inputs, [&](const Input& input) { return input.key() == field->name; });
        if (!taken) inputs.push_back(field_input(*field, Give::Optional));
    }
}

std::vector<Input> inputs_of(Kept& kept, const Kind& kind, Verb verb) {
    std::vector<Input> inputs;
    const Input record = record_input(kept, kind);
    switch (verb) {
        case Verb::Add:
            if (const Field* first = first_said(kind)) {
                auto input = field_input(
                    *first, catalog::is_always_filled(*first) ? Give::Required : Give::Optional);
                input.name = kept.keep(upper(first->name));
                inputs.push_back(input);
            }
            add_above(kept, kind, Give::Required, inputs);
            add_fields(kind, verb, inputs);
            inputs.insert(inputs.end(), {kSet, kReason});
            return inputs;
        case Verb::Edit:
            inputs.push_back(record);
            add_above(kept, kind, Give::Optional, inputs);
            add_fields(kind, verb, inputs);
            inputs.insert(inputs.end(), {kSet, kClear, kAddElement, kRemoveElement, kReason});
            return inputs;
        case Verb::Show:
        case Verb::Remove:
        case Verb::History:
            inputs.push_back(record);
            add_above(kept, kind, Give::Optional, inputs);
            if (verb == Verb::Remove) inputs.push_back(kReason);
            if (verb == Verb::History)
                inputs.push_back({"field",
                                  "FIELD",
                                  {"只看此字段：名称或标签", "this field only, by name or label"}});
            return inputs;
        case Verb::List:
            add_above(kept, kind, Give::Optional, inputs);
            if (catalog::is_file(kind)) inputs.push_back(kText);
            inputs.insert(inputs.end(), kListInputs.begin(), kListInputs.end());
            return inputs;
        case Verb::Import:
            return {kImportInputs.begin(), kImportInputs.end()};
        case Verb::Export:
            return catalog::is_file(kind) ? std::vector<Input>{kNewFile, kWhere, kForm, kBlank}
                                          : std::vector<Input>{kNewFile, kWhere};
    }
    return inputs;
}

std::string example_of(std::string_view program,
                       const Kind& kind,
                       Verb verb,
                       std::string_view words) {
    std::string line = std::string(program) + " " + std::string(words);
    const Kind* parent = above(kind);
    const std::string of_parent =
        parent == nullptr
            ? ""
            : " --" + word_of(*parent) + (catalog::is_file(*parent) ? " 明润" : " 名称");
    switch (verb) {
        case Verb::Add:
            if (const Field* first = first_said(kind)) line += " " + sample(*first);
            return line + of_parent;
        case Verb::Edit: {
            const auto fields = form_fields(kind);
            const auto said = std::ranges::find_if(fields, [&](const Field* field) {
                return is_said(kind, *field) && field->merge != catalog::Merge::Immutable;
            });
            line += catalog::is_file(kind) ? " 明润" : " 名称";
            return said == fields.end()
                       ? line
                       : line + " --set " + std::string((*said)->label.zh) + "=" + sample(**said);
        }
        case Verb::List:
            return line + of_parent + " --limit 20";
        case Verb::Import:
        case Verb::Export:
            return line + " " + std::string(kind.label.zh) + ".xlsx";
        default:
            return line + (catalog::is_file(kind) ? " 明润" : " 名称");
    }
}

/// The program at the office.
constexpr std::string_view kOffice = "dossierd";

/// The rows with what they are made of.
struct Made : Kept {
    std::vector<Derived> rows;
};

std::unique_ptr<Made> made(std::string_view program) {
    auto kept = std::make_unique<Made>();
    for (const Kind* kind : catalog::kinds()) {
        for (const VerbRow& row : kVerbs) {
            if (!has_verb(*kind, row.verb)) continue;
            const auto words = kept->keep(word_of(*kind) + " " + std::string(row.word));
            auto& inputs = kept->inputs.emplace_back(inputs_of(*kept, *kind, row.verb));
            // Files are put to approval as one where somebody may sign them.
            if (program == kOffice && row.verb == Verb::Import && catalog::is_file(*kind))
                inputs.push_back(batch_input());
            kept->rows.push_back(
                {{.words = words,
                  .help = kept->keep(row.help, kind->label),
                  .example = kept->keep(example_of(program, *kind, row.verb, words)),
                  .inputs = inputs},
                 kind,
                 row.verb});
        }
    }
    return kept;
}

/// The door fills in whoever made the record: a log is its writer's.
bool is_authors(const Field& field) {
    return field.preset == catalog::kAuthor;
}

}  // namespace

const std::vector<Derived>& derived_actions(std::string_view program) {
    static std::map<std::string, std::unique_ptr<Made>, std::less<>> kMade;
    const auto at = kMade.find(program);
    if (at != kMade.end()) return at->second->rows;
    return kMade.emplace(std::string(program), made(program)).first->second->rows;
}

std::span<const Input> import_inputs() {
    return kImportInputs;
}

const Input& batch_input() {
    static constexpr Input kBatch{
        "batch",
        "NAME",
        {"新档案作为一个批次送审，批准后统一入库；不设则留作草稿",
         "put the new files to approval as a batch of this name, to be posted once it is signed; "
         "without it they stay drafts"}};
    return kBatch;
}

bool is_said(const Kind& kind, const Field& field) {
    if (field.tag <= catalog::kCommonTagMax || field.writers == catalog::kSystem) return false;
    if (field.name == kind.parent || is_authors(field)) return false;
    if (kind.made_by == MadeBy::Letters) return catalog::is_of_people(field);
    return kind.made_by == MadeBy::Administration || !catalog::is_server_set(field);
}

std::string record_key(const Kind& kind) {
    return std::string(kind.name);
}

const Field* first_said(const Kind& kind) {
    const Field* title = catalog::find_field(kind, kind.title);
    const bool stands = title != nullptr && title->required && title->type == catalog::Type::Text &&
                        is_said(kind, *title);
    return stands ? title : nullptr;
}

const Kind* above(const Kind& kind) {
    const Field* parent = kind.parent.empty() ? nullptr : catalog::find_field(kind, kind.parent);
    if (parent == nullptr || is_authors(*parent)) return nullptr;
    return catalog::find_kind(parent->target);
}

std::string word_of(const Kind& kind) {
    std::string word(kind.name);
    std::ranges::replace(word, '_', '-');
    return word;
}

const Kind* kind_of_word(std::string_view word) {
    std::string name(word);
    std::ranges::replace(name, '-', '_');
    return catalog::find_kind(name);
}

Text group_help(std::span<const Group> groups, std::string_view word) {
    const auto group = std::ranges::find(groups, word, &Group::word);
    if (group != groups.end()) return group->help;
    const Kind* kind = kind_of_word(word);
    return kind == nullptr ? Text{} : kind->label;
}

}  // namespace dossier::action
