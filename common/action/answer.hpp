// What an action gives back: parts in the order a person reads them, the same as data for programs,
// and what is said beside the result. It knows no terminal, no width and no stream; each shell
// shows it in its own way, and says the actions its texts name in its own words (told.hpp).
// Source: architecture 4.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "common/base/result.hpp"

namespace dossier::action {

using Json = nlohmann::ordered_json;

/// Labels and values of one thing.
struct Facts {
    std::vector<std::pair<std::string, std::string>> lines;
    bool operator==(const Facts&) const = default;
};

/// Rows under headings; missing cells at the end stay empty.
struct Table {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows = {};

    void row(std::vector<std::string> cells) {
        cells.resize(header.size());
        rows.push_back(std::move(cells));
    }
    [[nodiscard]] bool is_empty() const { return rows.empty(); }
    bool operator==(const Table&) const = default;
};

/// A text is one line of the result, or several.
using Part = std::variant<std::string, Facts, Table>;

/// Filled by the action in the asker's language.
class Answer {
  public:
    explicit Answer(Lang asked = Lang::Zh) : lang(asked) {}

    [[nodiscard]] std::string_view in(const Text& text) const { return text.in(lang); }
    /// A line of the result for people. What fills its marks stays in the line.
    void line(const Text& text, std::initializer_list<std::string> args = {});
    void plain(std::string_view text) { parts.emplace_back(std::string(text)); }
    void table(Table rows) { parts.emplace_back(std::move(rows)); }
    void facts(std::vector<std::pair<std::string, std::string>> lines) {
        parts.emplace_back(Facts{std::move(lines)});
    }
    /// A message beside the result. Told at once where somebody listens.
    void note(const Text& text, std::initializer_list<std::string> args = {});
    /// The result as data; said once.
    void document(Json data_said) { data = std::move(data_said); }

    Lang lang;
    std::vector<Part> parts;
    std::vector<std::string> notes;
    Json data;
    std::string next;  ///< of a list: the key its next page is asked for with; empty at the end
    /// Who hears a note when it is said; such notes are kept nowhere.
    std::function<void(const std::string&)> on_note = {};
};

/// Why an action was not carried out, in the asker's language.
struct Refusal {
    std::string id;  ///< of the fault
    int code = 0;    ///< exit code
    std::string message;
    std::string next = {};   ///< name of the action that helps ("case.list"); empty for none
    std::string field = {};  ///< name of the field it is about; empty for none
    /// Of the fault, where it happened in this process: no document tells it.
    ErrorCode error = ErrorCode::Failed;
    /// The same before it was said in a language; as `error`.
    std::optional<Error> whole = {};

    bool operator==(const Refusal& other) const {
        return id == other.id && code == other.code && message == other.message &&
               next == other.next && field == other.field;
    }
};

/// How an action ended: what it answered up to there, and the refusal it ended with.
struct Outcome {
    Answer answer;
    int code = 0;
    std::optional<Refusal> refusal = {};
};

/// The error as a refusal, described in this language.
Refusal refusal_of(const Error& error, Lang lang);
/// Refuses in the language of the answer. The exit code is the refusal's.
void refuse(Outcome& outcome, const Error& error);

/// {"parts":[…],"notes":[…],"data":…,"next":…,"code":N,"refusal":{…}}. A part is {"line":…},
/// {"facts":…} or {"header":…,"rows":…}; a refusal
/// {"id":…,"code":N,"message":…,"next":…,"field":…}.
Json to_json(const Outcome& outcome);
/// Errors: nullopt for anything else.
std::optional<Outcome> outcome_from(const Json& document, Lang lang);

}  // namespace dossier::action
