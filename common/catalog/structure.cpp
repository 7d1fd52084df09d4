#include "common/catalog/structure.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include <nlohmann/json.hpp>

#include "common/base/text.hpp"

namespace dossier::catalog {
namespace {

using nlohmann::json;

/// Nesting of brackets outside strings stays within the limit. Checked on the text, so that
/// nothing recursive ever meets deep input.
bool is_shallow(std::string_view text) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\') ++i;
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '[' || c == '{') ++depth;
        if (c == ']' || c == '}') --depth;
        if (depth > kJsonDepthMax) return false;
    }
    return true;
}

bool clean_text(std::string& text) {
    auto canonical = canonical_text(text);
    if (!canonical || has_forbidden_character(*canonical)) return false;
    text = std::move(*canonical);
    return true;
}

/// Brings every text into canonical form; false at anything that has none.
bool clean(json& value) {
    if (value.is_number_float() || value.is_binary() || value.is_discarded()) return false;
    if (value.is_string()) return clean_text(value.get_ref<std::string&>());
    if (value.is_array()) return std::ranges::all_of(value, clean);
    if (!value.is_object()) return true;
    json cleaned = json::object();
    for (auto& [name, member] : value.items()) {
        std::string key = name;
        if (!clean_text(key) || !clean(member) || cleaned.contains(key)) return false;
        cleaned[key] = std::move(member);
    }
    value = std::move(cleaned);
    return true;
}

std::string printed(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// Refuses a key that comes twice in one object: which one counts must not depend on the reader.
class UniqueKeys {
  public:
    bool operator()(int /*depth*/, json::parse_event_t event, json& parsed) {
        if (event == json::parse_event_t::object_start) open_.emplace_back();
        if (event == json::parse_event_t::object_end) open_.pop_back();
        if (event == json::parse_event_t::key) {
            unique_ = open_.back().insert(parsed.get<std::string>()).second && unique_;
        }
        return true;
    }
    [[nodiscard]] bool unique() const { return unique_; }

  private:
    std::vector<std::set<std::string>> open_;
    bool unique_ = true;
};

std::optional<json> parsed(std::string_view text) {
    if (text.size() > kJsonBytesMax || !is_shallow(text)) return std::nullopt;
    UniqueKeys keys;
    json value = json::parse(text, std::ref(keys), false);
    if (value.is_discarded() || !keys.unique() || !clean(value)) return std::nullopt;
    return value;
}

}  // namespace

std::optional<std::string> canonical_json(std::string_view text) {
    const auto value = parsed(text);
    if (!value) return std::nullopt;
    return printed(*value);
}

std::optional<std::vector<std::string>> json_elements(std::string_view text) {
    const auto value = parsed(text);
    if (!value || !value->is_array()) return std::nullopt;
    std::vector<std::string> elements;
    elements.reserve(value->size());
    for (const json& element : *value) elements.push_back(printed(element));
    return elements;
}

std::optional<std::map<std::string, std::string>> json_members(std::string_view text) {
    const auto value = parsed(text);
    if (!value || !value->is_object()) return std::nullopt;
    std::map<std::string, std::string> members;
    for (const auto& [name, member] : value->items()) members.emplace(name, printed(member));
    return members;
}

std::optional<std::string> json_text(std::string_view text) {
    auto value = parsed(text);
    if (!value || !value->is_string()) return std::nullopt;
    return std::move(value->get_ref<std::string&>());
}

std::optional<std::int64_t> json_number(std::string_view text) {
    const auto value = parsed(text);
    if (!value || !value->is_number_integer()) return std::nullopt;
    if (value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX) return std::nullopt;
    return value->get<std::int64_t>();
}

std::string json_string(std::string_view text) {
    return printed(json(text));
}

std::string json_array(const std::vector<std::string>& elements) {
    std::string array = "[";
    for (const auto& element : elements) {
        if (array.size() > 1) array += ',';
        array += element;
    }
    return array + ']';
}

std::string json_object(const std::map<std::string, std::string>& members) {
    std::string object = "{";
    for (const auto& [name, value] : members) {
        if (object.size() > 1) object += ',';
        object += json_string(name) + ':' + value;
    }
    return object + '}';
}

}  // namespace dossier::catalog
