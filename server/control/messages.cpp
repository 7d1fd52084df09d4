#include "server/control/messages.hpp"

#include <nlohmann/json.hpp>

namespace dossier::server {
namespace {

using Json = nlohmann::ordered_json;

Json parsed(std::string_view line) {
    return Json::parse(line, nullptr, false);
}

bool are_texts(const Json& object, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        if (!object.contains(name) || !object[name].is_string()) return false;
    }
    return true;
}

bool are_counts(const Json& object, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        if (!object.contains(name) || !object[name].is_number_unsigned()) return false;
    }
    return true;
}

}  // namespace

std::string encode(const ControlRequest& request) {
    const Json line{{"words", request.words},
                    {"folder", request.folder},
                    {"lang", request.lang},
                    {"as", request.as}};
    return line.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
}

std::optional<ControlRequest> decode_request(std::string_view line) {
    const Json object = parsed(line);
    if (!object.is_object() || !are_texts(object, {"folder", "lang", "as"})) return std::nullopt;
    if (!object.contains("words") || !object["words"].is_array()) return std::nullopt;
    ControlRequest request{
        .words = {}, .folder = object["folder"], .lang = object["lang"], .as = object["as"]};
    for (const auto& word : object["words"]) {
        if (!word.is_string()) return std::nullopt;
        request.words.push_back(word);
    }
    return request;
}

std::string encode(const ControlAnswer& answer) {
    const Json line{
        {"exit", answer.exit_code}, {"out", answer.out.size()}, {"err", answer.err.size()}};
    return line.dump() + "\n" + answer.out + answer.err;
}

std::optional<ControlAnswer> decode_answer(std::string_view bytes) {
    const auto end = bytes.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const Json object = parsed(bytes.substr(0, end));
    if (!object.is_object() || !are_counts(object, {"exit", "out", "err"})) return std::nullopt;
    const std::size_t out = object["out"];
    const std::size_t err = object["err"];
    const auto rest = bytes.substr(end + 1);
    if (out > rest.size() || rest.size() - out != err) return std::nullopt;
    return ControlAnswer{.exit_code = object["exit"],
                         .out = std::string(rest.substr(0, out)),
                         .err = std::string(rest.substr(out))};
}

}  // namespace dossier::server
