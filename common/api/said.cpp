#include "common/api/said.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "common/base/text.hpp"

namespace dossier::api {
namespace {

using action::Json;

constexpr int kDepthMax = 8;
/// Below the 255 of file systems, with room for what programs hang on meanwhile.
constexpr std::size_t kNameBytesMax = 200;
constexpr std::size_t kExtensionBytesMax = 16;

const Input* input_of(const Action& action, std::string_view key) {
    const auto at =
        std::ranges::find_if(action.inputs, [&](const Input& input) { return input.key() == key; });
    return at == action.inputs.end() ? nullptr : &*at;
}

/// A query as the body it stands for: "where=a&where=b&all" is {"where":["a","b"],"all":true}.
Json said_in_query(const Action& action, const http::Target& target) {
    auto document = Json::object();
    for (const auto& [key, value] : target.query) {
        const Input* input = input_of(action, key);
        if (input != nullptr && input->give == Give::Flag) {
            document[key] = value != "false";
        } else if (input != nullptr && input->is_many()) {
            document[key].push_back(value);
        } else {
            document[key] = value;
        }
    }
    return document;
}

/// In a query a plus stands for a space; here it stands for itself.
std::string plus_kept(std::string_view text) {
    std::string kept;
    for (const char c : text) {
        if (c == '+') {
            kept += "%2B";
        } else if (c == '&' || c == '#') {
            kept += c == '&' ? "%26" : "%23";
        } else {
            kept += c;
        }
    }
    return kept;
}

/// Bounded in depth: what nests deeper is no input of anything.
std::optional<Json> said_in_body(std::string_view body) {
    if (body.empty()) return Json::object();
    bool too_deep = false;
    auto document = Json::parse(
        body,
        [&](int depth, Json::parse_event_t, Json&) {
            too_deep = too_deep || depth > kDepthMax;
            return !too_deep;
        },
        false);
    if (too_deep || !document.is_object()) return std::nullopt;
    return document;
}

bool is_file(const Input& input) {
    return input.means == Means::FileRead || input.means == Means::FileWritten;
}

/// A file that was sent, laid down under its name, which takes its place among what was said.
Status take_file(const Input& input, Json& value, FileTray& tray) {
    const bool is_whole = value.is_object() && value.contains("name") && value.contains("data") &&
                          value["name"].is_string() && value["data"].is_string();
    if (!is_whole) return fail(kFileUnreadable, input.key());
    const auto name = value["name"].get<std::string>();
    auto laid = tray.put(name, value["data"].get_ref<const std::string&>());
    if (!laid) return pass(laid);
    value = std::move(*laid);
    return {};
}

/// The name of what the action writes: as asked, else after the action.
std::string written_name(const Action& action, const Json& document, const std::string& key) {
    const auto at = document.find(key);
    const bool is_named = at != document.end() && at->is_string();
    const auto name = is_named ? std::filesystem::path(at->get<std::string>()).filename().string()
                               : std::string();
    if (!name.empty()) return fitting_name(name);
    const bool is_table = verb_of(action) == "export";
    const bool has_group = is_table && !group_of(action).empty();
    return std::string(has_group ? group_of(action) : verb_of(action)) + (is_table ? ".xlsx" : "");
}

Status take_files(const Action& action, Json& document, Said& said, const std::string& scratch) {
    if (std::ranges::none_of(action.inputs, is_file)) return {};
    auto tray = FileTray::make(scratch);
    if (!tray) return pass(tray);
    said.tray.emplace(std::move(*tray));
    for (const Input& input : action.inputs) {
        const auto key = input.key();
        const bool is_given = document.contains(key);
        if (input.means == Means::FileRead && is_given) {
            if (auto taken = take_file(input, document[key], *said.tray); !taken) return taken;
        }
        if (input.means == Means::FileWritten && (is_given || input.is_required())) {
            said.written = written_name(action, document, key);
            document[key] = said.written;
        }
    }
    return {};
}

}  // namespace

Result<FileTray> FileTray::make(const std::string& scratch) {
    std::string pattern = scratch + "/XXXXXX";
    std::error_code failed;
    std::filesystem::create_directories(scratch, failed);
    std::filesystem::permissions(scratch, std::filesystem::perms::owner_all, failed);
    if (failed || ::mkdtemp(pattern.data()) == nullptr) return fail(kScratch, scratch);
    return FileTray(pattern);
}

FileTray::~FileTray() {
    std::error_code ignored;
    if (!folder_.empty()) std::filesystem::remove_all(folder_, ignored);
}

std::string fitting_name(const std::string& name) {
    if (name.size() <= kNameBytesMax) return name;
    const auto dot = name.rfind('.');
    const bool has_extension =
        dot != std::string::npos && dot > 0 && name.size() - dot <= kExtensionBytesMax;
    const std::string extension = has_extension ? name.substr(dot) : std::string();
    std::string_view stem = name;
    if (has_extension) stem = stem.substr(0, dot);
    while (stem.size() + extension.size() > kNameBytesMax)
        stem = head(stem, character_count(stem) - 1);
    return std::string(stem) + extension;
}

Result<std::string> FileTray::put(const std::string& name, std::string_view base64) {
    const bool is_plain = !name.empty() && name.front() != '.' &&
                          name.find('/') == std::string::npos && is_utf8(name) &&
                          !has_forbidden_character(name);
    const auto bytes = is_plain ? from_base64(base64) : std::nullopt;
    if (!bytes) return fail(kFileUnreadable, std::string(head(is_utf8(name) ? name : "?", 60)));
    auto laid = fitting_name(name);
    std::ofstream out(folder_ / laid, std::ios::binary);
    out.write(bytes->data(), static_cast<std::streamsize>(bytes->size()));
    if (!out.flush()) return fail(kScratch, folder());
    return laid;
}

std::optional<std::string> FileTray::read(const std::string& name) const {
    std::ifstream in(folder_ / name, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
}

Result<Said> said_in(const http::Request& request, const Asked& asked, const std::string& scratch) {
    const Action& action = *asked.route->action;
    auto document = is_safe(request.method) ? std::optional(said_in_query(action, request.target))
                                            : said_in_body(request.body);
    if (!document) return fail(kBodyUnreadable);
    if (asked.route->named != nullptr) (*document)[asked.route->named->key()] = asked.named;
    Said said{.action = &action};
    if (auto taken = take_files(action, *document, said, scratch); !taken) return pass(taken);
    auto inputs = action::inputs_from(action, *document);
    if (!inputs) return pass(inputs);
    said.inputs = std::move(*inputs);
    return said;
}

Lang lang_of(const http::Request& request) {
    // A stream of events is asked for by the browser, which says only its own language.
    const std::string* asked = request.target.asked("lang");
    if (asked == nullptr) asked = request.header("Accept-Language");
    if (asked == nullptr) return Lang::Zh;
    const auto begins = http::lower_case(std::string_view(*asked).substr(0, 2));
    return begins == "en" ? Lang::En : Lang::Zh;
}

std::optional<std::string> purpose_of(const http::Request& request) {
    const std::string* said = request.header("X-Purpose");
    if (said == nullptr) return std::string();
    const auto decoded = http::parse_target("/?p=" + plus_kept(*said));
    const std::string* purpose = decoded ? decoded->asked("p") : nullptr;
    if (purpose == nullptr || has_forbidden_character(*purpose)) return std::nullopt;
    return *purpose;
}

}  // namespace dossier::api
