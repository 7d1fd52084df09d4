#include "common/cli/console.hpp"

#include <algorithm>
#include <vector>

#include "common/base/safe_text.hpp"
#include "common/base/told.hpp"
#include "common/cli/delivered.hpp"

namespace dossier::cli {
namespace {

constexpr auto kReplaceBroken = Json::error_handler_t::replace;

/// Every text of `document` as `console` says it.
void say_all(const Console& console, Json& document) {
    if (document.is_string()) document = console.said(document.get_ref<const std::string&>());
    if (!document.is_structured()) return;
    for (Json& each : document) say_all(console, each);
}

/// An input as it is typed: "--invite-file", or what stands where it is written.
std::string option(std::string_view key) {
    if (key.front() >= 'A' && key.front() <= 'Z') return std::string(key);
    std::string name = "--" + std::string(key);
    std::ranges::replace(name, '_', '-');
    return name;
}

std::string printed(const Json& document, int indent) {
    return safe_json(document.dump(indent, ' ', false, kReplaceBroken));
}

}  // namespace

std::string in_commands(std::string_view telling, std::string_view program) {
    return say_actions(telling, [&](std::string_view action) {
        if (const auto key = input_key_in(action); !key.empty()) return option(key);
        return program.empty() ? plain_name(action)
                               : std::string(program) + " " + plain_name(action);
    });
}

std::string Console::said(std::string_view telling) const {
    return in_commands(telling, program);
}

void Console::line(const Text& text, std::initializer_list<std::string> args) {
    plain(told(in(text), {args.begin(), args.size()}));
}

void Console::plain(std::string_view text) {
    if (!json) out << safe_text(said(text), Lines::Keep) << '\n';
}

void Console::page(std::string_view text) {
    if (!json) out << text;
    document({{"text", text}});
}

void Console::note(const Text& text, std::initializer_list<std::string> args) {
    tell(told(in(text), {args.begin(), args.size()}));
}

void Console::tell(const std::string& words) {
    if (!json) {
        err << said(words) << '\n';
        return;
    }
    const Json message{{"message_type", "note"}, {"message", said(words)}};
    err << printed(message, -1) << '\n';
}

void Console::document(const Json& json_value) {
    if (!json) return;
    Json document = json_value;
    say_all(*this, document);
    out << printed(document, 2) << '\n';
}

int Console::fail(const Error& error) {
    return fail(action::refusal_of(error, lang));
}

int Console::fail(const action::Refusal& refusal) {
    if (!json) {
        err << in({"错误：", "error: "}) << said(refusal.message) << '\n';
        return refusal.code;
    }
    Json message{{"message_type", "exit_error"},
                 {"code", refusal.code},
                 {"id", refusal.id},
                 {"message", said(refusal.message)}};
    if (!refusal.next.empty()) message["next"] = refusal.next;
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
