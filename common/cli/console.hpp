// Where a command speaks to: results to `out`, messages to `err`, in one language, as text or as
// one JSON document, each action that is named as the command of this program. Shared by both
// binaries, so that they look alike. Source: ux 4.1.
#pragma once

#include <initializer_list>
#include <ostream>
#include <span>
#include <string>
#include <string_view>

#include "common/action/inputs.hpp"

namespace dossier::cli {

using action::Json;
using action::kWrongUsage;

/// Exit code of a command that was interrupted by a signal.
inline constexpr int kInterrupted = 130;

/// `telling` with each action and input it names as one types it: "dossier case list", "--update".
std::string in_commands(std::string_view telling, std::string_view program);

struct Console {
    std::ostream& out;
    std::ostream& err;
    std::string_view program;  ///< what stands before the words of an action
    Lang lang = Lang::Zh;
    bool json = false;

    [[nodiscard]] std::string_view in(const Text& text) const { return text.in(lang); }
    /// What was told, with its commands.
    [[nodiscard]] std::string said(std::string_view telling) const;
    /// A line of the result; nothing under --json, where the document says it.
    void line(const Text& text, std::initializer_list<std::string> args = {});
    void plain(std::string_view text);
    /// A result that is a text of many lines: as it is, or {"text":…}.
    void page(std::string_view text);
    /// A message beside the result, to `err`, in both forms.
    void note(const Text& text, std::initializer_list<std::string> args = {});
    /// The same, already in words.
    void tell(const std::string& words);
    /// The one document of a command under --json; nothing otherwise.
    void document(const Json& json_value);
    /// Tells people what failed; under --json the last line of `err` is
    /// {"message_type":"exit_error","code":N,"id":…,"message":…,"next":…}. Returns the exit code.
    int fail(const Error& error);
    int fail(const action::Refusal& refusal);
};

/// The language of a `--lang` word, else of the environment. Errors: cli.usage.
Result<Lang> pick_lang(std::string_view word);

/// What --lang says or the environment does, before anything else is understood.
Lang early_lang(std::span<const std::string> words);
/// Whether --json is among the words, for errors in the words themselves.
bool early_json(std::span<const std::string> words);

/// `text` as it may stand in one line of a terminal: `safe_text`.
std::string one_line(std::string_view text);

}  // namespace dossier::cli
