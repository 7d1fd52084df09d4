#include "common/cli/values.hpp"

#include "common/catalog/canonical.hpp"
#include "common/catalog/describe.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/value_json_object.hpp"
#include "common/workflow/said.hpp"

namespace dossier::cli {
namespace {

/// A reference inside a list is quoted UUID text; what is none is shown as it is.
std::string title_in(const std::string& element, const TitleOf& title_of) {
    const auto bare = element.size() < 2 ? std::string_view(element)
                                         : std::string_view(element).substr(1, element.size() - 2);
    const auto id = id_from<RecordId>(bare);
    return id ? title_of(*id) : element;
}

}  // namespace

std::string shown(const catalog::Field& field,
                  const Value& value,
                  Lang lang,
                  const TitleOf& title_of,
                  const FieldValues& record) {
    if (is_empty(value)) return "-";
    const bool of_workflow =
        field.says != catalog::Says::Itself && field.says != catalog::Says::Kind;
    if (const auto* text = as_text(value); text != nullptr && of_workflow)
        return one_line(workflow::said(field, *text, record, lang));
    const auto named = field.type == catalog::Type::RefList ? std::vector<RecordId>{}
                                                            : catalog::references_in(field, value);
    if (!named.empty()) return one_line(title_of(named.front()));
    if (field.type != catalog::Type::RefList) return one_line(catalog::display(field, value, lang));
    std::string line;
    for (const auto& element : catalog::elements(value))
        line += (line.empty() ? "" : "、") + title_in(element, title_of);
    return one_line(line);
}

std::string shown_group(const catalog::Kind& kind,
                        const FieldValues& values,
                        Lang lang,
                        const TitleOf& title_of) {
    std::string line;
    std::size_t count = 0;
    for (const auto& [tag, value] : values) count += is_empty(value) ? 0 : 1;
    for (const auto& [tag, value] : values) {
        const auto* field = catalog::find_field(kind, tag);
        if (is_empty(value) || field == nullptr) continue;
        if (!line.empty()) line += lang == Lang::Zh ? "，" : ", ";
        if (count > 1) line += std::string(field->label.in(lang)) + " ";
        line += shown(*field, value, lang, title_of);
    }
    return line.empty() ? "-" : line;
}

void tell_notes(action::Answer& answer, std::span<const Error> notes) {
    for (const Error& note : notes) {
        const std::string words = catalog::describe(note, answer.lang);
        answer.note({"提示：{}", "note: {}"}, {words});
    }
}

std::string shown_removal(const catalog::Kind& kind,
                          const FieldValues& values,
                          Lang lang,
                          const TitleOf& title_of) {
    const Value* gone = find(values, catalog::kDeletedAt);
    if (gone != nullptr)
        return std::string(Text{"删除 ", "removed "}.in(lang)) +
               office_minute(Instant{as_number(*gone).value_or(0)});
    if (values.empty()) return std::string(Text{"保留", "kept"}.in(lang));
    std::string words;
    for (const auto& [tag, value] : values) {
        const auto* field = catalog::find_field(kind, tag);
        if (field == nullptr || is_empty(value)) continue;
        words += words.empty() ? Text{"修改为 ", "edited: "}.in(lang) : Text{"，", ", "}.in(lang);
        words += std::string(field->label.in(lang)) + " " + shown(*field, value, lang, title_of);
    }
    return words;
}

Json values_document(const catalog::Kind& kind, const FieldValues& values) {
    return catalog::values_object(kind, values);
}

}  // namespace dossier::cli
