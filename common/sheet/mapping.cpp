#include "common/sheet/mapping.hpp"

#include <algorithm>
#include <fstream>
#include <optional>

#include <toml++/toml.h>

#include "common/base/input_file.hpp"
#include "common/catalog/close.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/sheet/contact_columns.hpp"
#include "common/sheet/faults.hpp"
#include "common/sheet/heading.hpp"
#include "common/tabular/faults.hpp"

namespace dossier::sheet {
namespace {

using catalog::Kind;

constexpr std::string_view kContactPrefix = "contact.";

/// Longer cells are no headings.
constexpr std::size_t kHeadingBytesMax = 200;
constexpr std::size_t kRulesBytesMax = std::size_t{1} << 20U;

Result<std::string> text_in(const std::filesystem::path& path) {
    const auto unreadable = [&] { return fail(tabular::kCannotOpen, path.string()); };
    if (!is_ordinary_file(path.string())) return unreadable();
    std::ifstream file(path, std::ios::binary);
    if (!file) return unreadable();
    std::string text(kRulesBytesMax + 1, ' ');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (file.bad()) return unreadable();
    if (text.size() > kRulesBytesMax)
        return fail(tabular::kFileTooLarge, path.string(), std::to_string(kRulesBytesMax));
    return text;
}

bool begins_name(char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') ||
           std::string_view("_-\"'").find(c) != std::string::npos;
}

/// The first line that names a table as toml++ 3.3 takes for granted that nobody does: "[列]". It
/// would end the program. Brackets in front of a value are not for these files.
std::optional<std::size_t> misnamed_table(std::string_view text) {
    constexpr std::string_view kBlank = " \t";
    for (std::size_t line = 1; !text.empty(); ++line) {
        const auto end = std::min(text.find('\n'), text.size());
        auto words = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        words.remove_prefix(std::min(words.find_first_not_of(kBlank), words.size()));
        if (!words.starts_with('[')) continue;
        words.remove_prefix(words.starts_with("[[") ? 2 : 1);
        words.remove_prefix(std::min(words.find_first_not_of(kBlank), words.size()));
        if (words.empty() || !begins_name(words.front())) return line;
    }
    return std::nullopt;
}

Status read_section(const toml::table& file,
                    std::string_view section,
                    const std::string& path,
                    std::map<std::string, std::string>& into) {
    const auto* table = file[section].as_table();
    if (table == nullptr) return {};
    for (const auto& [key, node] : *table) {
        const auto text = node.value<std::string>();
        if (!text) return fail(kMappingFile, path, std::string(key.str()));
        into[std::string(key.str())] = *text;
    }
    return {};
}

/// "name" of the kind, or "contact.name" of the contact a customer row brings along.
Result<Column> named(const Kind& kind, const std::string& name) {
    Column column;
    column.kind = &kind;
    std::string_view rest = name;
    if (rest.starts_with(kContactPrefix) && catalog::is_file(kind)) {
        column.kind = &catalog::kContact;
        rest.remove_prefix(kContactPrefix.size());
    }
    column.field = catalog::find_field(*column.kind, rest);
    if (column.field == nullptr)
        return fail(kUnknownField, name, catalog::close_fields(*column.kind, rest));
    return column;
}

Column headed(const Kind& kind, const std::string& heading) {
    Column column;
    column.kind = &kind;
    column.field = field_headed(kind, heading);
    if (column.field == nullptr && catalog::is_file(kind)) {
        column.kind = &catalog::kContact;
        column.field = field_headed(catalog::kContact, heading);
    }
    return column;
}

/// What the rules say of a heading, as written or without its decoration.
const std::string* ruled(const Rules& rules, const std::string& heading) {
    auto rule = rules.columns.find(heading);
    if (rule == rules.columns.end()) rule = rules.columns.find(plain_heading(heading));
    return rule == rules.columns.end() ? nullptr : &rule->second;
}

bool taken(const Mapping& mapping, const Column& column) {
    return std::any_of(mapping.columns.begin(), mapping.columns.end(), [&](const Column& other) {
        return other.kind == column.kind && other.field == column.field;
    });
}

std::vector<std::string> repeated_headings(const Mapping& mapping) {
    std::vector<std::string> repeated;
    for (auto at = mapping.columns.begin(); at != mapping.columns.end(); ++at) {
        const bool again = std::any_of(mapping.columns.begin(), at, [&](const Column& other) {
            return other.kind == at->kind && other.field == at->field &&
                   other.contact == at->contact;
        });
        if (again) repeated.push_back(at->heading);
    }
    return repeated;
}

}  // namespace

Result<Rules> read_rules(const std::filesystem::path& path) {
    Rules rules;
    auto text = text_in(path);
    if (!text) return pass(text);
    if (const auto line = misnamed_table(*text))
        return fail(kMappingFile, path.string(), std::to_string(*line) + ": [columns] [constants]");
    try {
        const toml::table file = toml::parse(*text, path.string());
        if (auto read = read_section(file, "columns", path.string(), rules.columns); !read)
            return pass(read);
        if (auto read = read_section(file, "constants", path.string(), rules.constants); !read)
            return pass(read);
    } catch (const toml::parse_error& error) {
        const auto line = std::to_string(error.source().begin.line);
        return fail(kMappingFile, path.string(), line + ": " + std::string(error.description()));
    }
    return rules;
}

Result<Mapping> map_columns(const Kind& kind,
                            const std::vector<std::string>& header,
                            const Rules& rules) {
    Mapping mapping;
    mapping.kind = &kind;
    const ContactHeadings contacts(header);
    for (std::size_t at = 0; at < header.size(); ++at) {
        const auto* rule = ruled(rules, header[at]);
        Column column;
        const auto* of_contact =
            rule == nullptr && catalog::is_file(kind) ? contacts.field_of(header[at]) : nullptr;
        if (of_contact != nullptr) {
            column = {.kind = &catalog::kContact, .field = of_contact};
        } else if (rule == nullptr) {
            column = headed(kind, header[at]);
        } else if (!rule->empty()) {
            auto found = named(kind, *rule);
            if (!found) return pass(found);
            column = *found;
        }
        if (column.field == nullptr) {
            mapping.ignored.push_back(header[at].empty() ? "#" + std::to_string(at + 1)
                                                         : header[at]);
            continue;
        }
        // "电话" once is the firm's, twice the second is its contact's.
        if (taken(mapping, column) && rule == nullptr && catalog::is_file(kind)) {
            const auto* of = field_headed(catalog::kContact, header[at]);
            if (of != nullptr) column = {.kind = &catalog::kContact, .field = of};
        }
        column.at = at;
        column.heading = header[at];
        mapping.columns.push_back(column);
    }
    tell_contacts_apart(mapping);
    mapping.repeated = repeated_headings(mapping);
    for (const auto& [name, text] : rules.constants) {
        auto found = named(kind, name);
        if (!found) return pass(found);
        if (found->kind == &kind) mapping.constants.emplace_back(found->field, text);
    }
    if (mapping.columns.empty()) {
        std::string headings;
        for (const auto& heading : header) headings += (headings.empty() ? "" : "、") + heading;
        return fail(kNoColumns, headings);
    }
    return mapping;
}

std::size_t known_headings(const Kind& kind,
                           const Rules& rules,
                           const std::vector<std::string>& cells) {
    return static_cast<std::size_t>(
        std::count_if(cells.begin(), cells.end(), [&](const std::string& cell) {
            if (cell.empty() || cell.size() > kHeadingBytesMax) return false;
            return ruled(rules, cell) != nullptr || headed(kind, cell).field != nullptr;
        }));
}

bool has_required(const Kind& kind, const Rules& rules, const std::vector<std::string>& cells) {
    const auto is_needed = [](const catalog::Field* of) {
        return of != nullptr && of->required && of->preset.empty();
    };
    if (std::none_of(kind.fields.begin(), kind.fields.end(),
                     [&](const catalog::Field& of) { return is_needed(&of); }))
        return true;
    return std::any_of(cells.begin(), cells.end(), [&](const std::string& cell) {
        if (cell.empty() || cell.size() > kHeadingBytesMax) return false;
        const auto* rule = ruled(rules, cell);
        return is_needed(rule == nullptr ? field_headed(kind, cell)
                                         : catalog::find_field(kind, *rule));
    });
}

}  // namespace dossier::sheet
