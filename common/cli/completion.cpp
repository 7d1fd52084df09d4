#include "common/cli/completion.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "common/cli/groups.hpp"
#include "common/cli/input_words.hpp"

namespace dossier::cli {
namespace {

using action::Action;
using action::Give;
using action::Input;

using WordList = std::vector<std::string>;

/// The part every program shares. Which words were typed is found by what may follow them; an
/// option that ends with "=" in the lists takes a value. Nothing is offered where a name of a file
/// is as likely: bash completes that by itself.
constexpr std::string_view kBody = R"bash(
_@() {
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local IFS=$' \t\n' path= at word options offered=
    for ((at = 1; at < COMP_CWORD; at++)); do
        word=${COMP_WORDS[at]}
        if [[ " $(_@_options '') " == *" $word= "* ]]; then
            ((at++))
        elif [[ $word != -* && " $(_@_words "$path") " == *" $word "* ]]; then
            path+=${path:+ }$word
        fi
    done
    options="$(_@_options '') ${path:+$(_@_options "$path")}"
    COMPREPLY=()
    if [[ $before == -* && " $options " == *" $before= "* ]]; then
        offered=$(_@_values "$path" "$before")
    elif [[ $current == -* ]]; then
        offered=${options//=/}
    else
        offered=$(_@_words "$path")
    fi
    for word in $offered; do
        [[ $word == "$current"* ]] && COMPREPLY+=("$word")
    done
}
complete -o default -F _@ @
)bash";

/// `pattern` with the program's name for each "@".
std::string of_program(std::string_view pattern, std::string_view program) {
    std::string text;
    for (const char c : pattern) {
        if (c == '@')
            text += program;
        else
            text += c;
    }
    return text;
}

/// Whether a word means itself to a shell, and is one.
bool is_plain_word(std::string_view word) {
    return !word.empty() &&
           word.find_first_of(" \t\n'\"\\$`!&|;<>()[]{}*?#~=") == std::string_view::npos;
}

std::string listed(const WordList& words) {
    std::string list;
    for (const std::string& word : words) list += (list.empty() ? "" : " ") + word;
    return list;
}

void add_word(WordList& words, std::string_view word) {
    if (is_plain_word(word) && std::ranges::find(words, word) == words.end())
        words.emplace_back(word);
}

/// "-c,--customer" as it is typed: each name, with "=" where a value follows.
void add_names(WordList& words, std::string_view names, bool takes_value) {
    while (!names.empty()) {
        const auto end = std::min(names.find(','), names.size());
        words.push_back(std::string(names.substr(0, end)) + (takes_value ? "=" : ""));
        names.remove_prefix(std::min(end + 1, names.size()));
    }
}

/// "md|json": the words such a value is one of; none for a placeholder like "FILE".
WordList alternatives(std::string_view value) {
    WordList words;
    if (value.find('|') == std::string_view::npos) return words;
    while (!value.empty()) {
        const auto end = std::min(value.find('|'), value.size());
        add_word(words, value.substr(0, end));
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return words;
}

WordList values_of(const Input& input, Lang lang) {
    if (input.field == nullptr) return alternatives(input.value);
    WordList words;
    if (input.field->type == catalog::Type::Bool) {
        for (const Text& word : {Text{"是", "yes"}, Text{"否", "no"}})
            add_word(words, word.in(lang));
    }
    for (const catalog::Choice& choice : input.field->choices) {
        add_word(words, choice.label.in(lang));
        add_word(words, choice.code);
    }
    return words;
}

class Script {
  public:
    Script(const Program& program, Lang lang) : program_(program), lang_(lang) {}

    std::string printed() {
        script_ = of_program(
            "# Completion of @ for bash: source it, or keep it as a file in\n"
            "# ~/.local/share/bash-completion/completions/@\n",
            program_.name);
        words();
        options();
        values();
        return std::move(script_) + of_program(kBody, program_.name);
    }

  private:
    /// A function that tells, for its first argument, one of the lists.
    void begin(std::string_view what, std::string_view subject) {
        script_ += "\n_" + std::string(program_.name) + "_" + std::string(what) +
                   "() {\n    case " + std::string(subject) + " in\n";
    }
    void row(std::string_view patterns, const WordList& list) {
        if (list.empty()) return;
        script_.append("    ").append(patterns).append(") echo '").append(listed(list));
        script_ += "' ;;\n";
    }
    void end() { script_ += "    esac\n}\n"; }

    static std::string pattern(std::string_view words) { return "'" + std::string(words) + "'"; }

    void words() {
        WordList first;
        for (const ActionGroup& group : grouped(program_)) {
            if (!group.word.empty()) add_word(first, group.word);
            for (const Action* action : group.actions) {
                if (group.word.empty()) add_word(first, action->words);
            }
        }
        begin("words", "$1");
        row("''", first);
        for (const ActionGroup& group : grouped(program_)) {
            if (group.word.empty()) continue;
            WordList second;
            for (const Action* action : group.actions)
                add_word(second, action->words.substr(group.word.size() + 1));
            row(pattern(group.word), second);
        }
        end();
    }

    void options() {
        WordList common;
        add_names(common, "-h,--help", false);
        for (const CommonOption& option : options_of(program_))
            add_names(common, option.name, option.flag == nullptr);
        begin("options", "$1");
        row("''", common);
        for (const Action* action : program_.actions) {
            WordList own;
            for (const Input& input : action->inputs) {
                if (!input.stands() && input.is_typed())
                    add_names(own, spelled(input), input.give != Give::Flag);
            }
            row(pattern(action->words), own);
        }
        end();
    }

    /// Fields of one kind are options of several actions: one row for each list of values.
    void values() {
        std::map<WordList, std::string> patterns;
        const auto add = [&](const std::string& pattern, const WordList& values) {
            auto& all = patterns[values];
            all += (all.empty() ? "" : "|") + pattern;
        };
        for (const CommonOption& option : options_of(program_))
            add("*'/" + std::string(option.name) + "'", alternatives(option.value));
        for (const Action* action : program_.actions) {
            for (const Input& input : action->inputs) {
                if (input.stands() || !input.is_typed()) continue;
                WordList names;
                add_names(names, spelled(input), false);
                for (const std::string& name : names)
                    add(pattern(std::string(action->words) + "/" + name), values_of(input, lang_));
            }
        }
        begin("values", "$1/$2");
        for (const auto& [list, pattern] : patterns) row(pattern, list);
        end();
    }

    const Program& program_;
    Lang lang_;
    std::string script_;
};

}  // namespace

std::string bash_completion(const Program& program, Lang lang) {
    return Script(program, lang).printed();
}

}  // namespace dossier::cli
