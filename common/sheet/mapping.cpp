#include "common/sheet/mapping.hpp"

#include <algorithm>

#include <toml++/toml.h>

#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/sheet/faults.hpp"

namespace dossier::sheet {
namespace {

using catalog::Kind;

constexpr std::string_view kContactPrefix = "contact.";

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
    if (rest.starts_with(kContactPrefix) && kind.tag == catalog::kCustomer.tag) {
        column.kind = &catalog::kContact;
        rest.remove_prefix(kContactPrefix.size());
    }
    column.field = catalog::find_field(*column.kind, rest);
    if (column.field == nullptr) return fail(kUnknownField, name);
    return column;
}

Column headed(const Kind& kind, const std::string& heading) {
    Column column;
    column.kind = &kind;
    column.field = catalog::find_heading(kind, heading);
    if (column.field == nullptr && kind.tag == catalog::kCustomer.tag) {
        column.kind = &catalog::kContact;
        column.field = catalog::find_heading(catalog::kContact, heading);
    }
    return column;
}

bool taken(const Mapping& mapping, const Column& column) {
    return std::any_of(mapping.columns.begin(), mapping.columns.end(), [&](const Column& other) {
        return other.kind == column.kind && other.field == column.field;
    });
}

}  // namespace

Result<Rules> read_rules(const std::filesystem::path& path) {
    Rules rules;
    try {
        const toml::table file = toml::parse_file(path.string());
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
    for (std::size_t at = 0; at < header.size(); ++at) {
        const auto rule = rules.columns.find(header[at]);
        Column column;
        if (rule == rules.columns.end()) {
            column = headed(kind, header[at]);
        } else if (!rule->second.empty()) {
            auto found = named(kind, rule->second);
            if (!found) return pass(found);
            column = *found;
        }
        if (column.field == nullptr || taken(mapping, column)) {
            mapping.ignored.push_back(header[at]);
            continue;
        }
        column.at = at;
        column.heading = header[at];
        mapping.columns.push_back(column);
    }
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

}  // namespace dossier::sheet
