#include "common/cli/console.hpp"

#include <algorithm>
#include <vector>

#include "common/base/safe_text.hpp"
#include "common/catalog/describe.hpp"
#include "common/cli/delivered.hpp"

namespace dossier::cli {
namespace {

constexpr auto kReplaceBroken = Json::error_handler_t::replace;

/// What fills the marks is mostly somebody's words; each stays in its line.
std::string filled(std::string_view pattern, std::initializer_list<std::string> args) {
    std::vector<std::string> safe;
    for (const auto& arg : args) safe.push_back(safe_text(arg));
    return fill(pattern, safe);
}

std::string printed(const Json& document, int indent) {
    return safe_json(document.dump(indent, ' ', false, kReplaceBroken));
}

}  // namespace

void Console::line(const Text& text, std::initializer_list<std::string> args) {
    plain(filled(in(text), args));
}

void Console::plain(std::string_view text) {
    if (!json) out << safe_text(text, Lines::Keep) << '\n';
}

void Console::note(const Text& text, std::initializer_list<std::string> args) {
    tell(filled(in(text), args));
}

void Console::tell(const std::string& words) {
    if (!json) {
        err << words << '\n';
        return;
    }
    const Json message{{"message_type", "note"}, {"message", words}};
    err << printed(message, -1) << '\n';
}

void Console::document(const Json& json_value) {
    if (json) out << printed(json_value, 2) << '\n';
}

int Console::fail(const Error& error) {
    return fail(action::Refusal{std::string(error.id()), exit_code(error.code()),
                                catalog::describe(error, lang)});
}

int Console::fail(const action::Refusal& refusal) {
    if (!json) {
        err << in({"错误：", "error: "}) << refusal.message << '\n';
        return refusal.code;
    }
    const Json message{{"message_type", "exit_error"},
                       {"code", refusal.code},
                       {"id", refusal.id},
                       {"message", refusal.message}};
    err << printed(message, -1) << '\n';
    return refusal.code;
}

Result<Lang> pick_lang(std::string_view word) {
    if (word.empty()) return lang_from_environment();
    const auto lang = lang_from(word);
    if (!lang) return dossier::fail(kWrongUsage, "--lang zh-CN|en");
    return *lang;
}

Lang early_lang(std::span<const std::string> words) {
    for (std::size_t at = 0; at < words.size(); ++at) {
        const std::string_view word = words[at];
        std::string_view value;
        if (word.starts_with("--lang=")) value = word.substr(7);
        if (word == "--lang" && at + 1 < words.size()) value = words[at + 1];
        if (const auto lang = lang_from(value)) return *lang;
    }
    return lang_from_environment();
}

bool early_json(std::span<const std::string> words) {
    return std::find(words.begin(), words.end(), "--json") != words.end();
}

std::string one_line(std::string_view text) {
    return safe_text(text);
}

int delivered(Console& console, int code) {
    console.out.flush();
    if (console.out || code != 0) return code;
    return console.fail({&kOutputLost, {}});
}

}  // namespace dossier::cli
