#include "common/cli/manual.hpp"

#include <algorithm>

#include "common/cli/exit_codes.hpp"
#include "common/cli/groups.hpp"
#include "common/cli/input_words.hpp"

namespace dossier::cli {
namespace {

using action::Action;
using action::Give;
using action::Input;

/// What a reader sees as it stands: no character starts a request, an escape or an argument, and
/// what is copied from the page can be typed. Source: groff_man_style(7), Portability.
std::string roff(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        switch (c) {
            case '\\':
                safe += "\\e";
                break;
            case '-':
                safe += "\\-";
                break;
            case '\'':
                safe += "\\(aq";
                break;
            case '"':
                safe += "\\(dq";
                break;
            case '`':
                safe += "\\(ga";
                break;
            case '^':
                safe += "\\(ha";
                break;
            case '~':
                safe += "\\(ti";
                break;
            case '\n':
                safe += ' ';
                break;
            default:
                safe += c;
        }
    }
    return safe.starts_with('.') ? "\\&" + safe : safe;
}

std::string bold(std::string_view text) {
    return "\\fB" + roff(text) + "\\fR";
}

std::string italic(std::string_view text) {
    return "\\fI" + roff(text) + "\\fR";
}

std::string upper_of(std::string_view name) {
    std::string upper(name);
    std::ranges::transform(upper, upper.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return upper;
}

/// What stands for the value of a named input: its own word, else its name.
std::string value_of(const Input& input) {
    return input.value.empty() ? upper_of(input.name) : std::string(input.value);
}

/// "NAME", "[TEXT …]", "--customer CUSTOMER": how an input looks in the line of its command.
std::string in_line(const Input& input) {
    std::string words = input.stands() ? italic(input.name) : bold(spelled(input));
    if (!input.stands() && input.give != Give::Flag) words += " " + italic(value_of(input));
    if (input.is_many()) words += " …";
    return input.is_required() ? words : "[" + words + "]";
}

class Page {
  public:
    Page(const Program& program, Lang lang) : program_(program), lang_(lang) {}

    std::string printed() {
        // The first line tells a formatter how the page is written, before it guesses.
        page_ = "'\\\" -*- coding: UTF-8 -*-\n";
        line(".TH " + quoted(upper_of(program_.name)) + " 1 \"\" \"Dossier\" " +
             quoted(in({"客户档案", "Customer files"})));
        head();
        common_options();
        section({"命令", "COMMANDS"});
        for (const ActionGroup& group : grouped(program_)) add(group);
        codes();
        return std::move(page_);
    }

  private:
    [[nodiscard]] std::string in(const Text& text) const {
        return as_typed(text, program_.name, lang_);
    }
    static std::string quoted(std::string_view text) { return "\"" + roff(text) + "\""; }
    void line(std::string_view text) { page_.append(text).append(1, '\n'); }
    void section(const Text& title) { line(".SH " + quoted(title.in(lang_))); }
    /// A word and, set in beside it, what it is.
    void entry(const std::string& word, std::string_view what) {
        line(".TP");
        line(word);
        line(roff(what));
    }

    void head() {
        section({"名称", "NAME"});
        line(roff(program_.name) + " \\- " + roff(program_.about.in(lang_)));
        section({"用法", "SYNOPSIS"});
        line(bold(program_.name) + " [" + italic(in({"通用选项", "options"})) + "] " +
             italic(in({"命令", "command"})) + " …");
    }

    void common_options() {
        section({"通用选项", "OPTIONS OF EVERY COMMAND"});
        entry(bold("-h,--help"), in({"显示帮助", "show help"}));
        for (const CommonOption& option : options_of(program_)) {
            std::string what = in(option.help);
            if (option.environment != nullptr)
                what += in({"（环境变量 ", " ("}) + option.environment + in({"）", ")"});
            const std::string value = option.flag != nullptr ? "" : " " + italic(option.value);
            entry(bold(option.name) + value, what);
        }
    }

    void add(const ActionGroup& group) {
        if (!group.word.empty())
            line(".SS " + quoted(std::string(group.word) + in({"：", ": "}) +
                                 in(program_.group_help(group.word))));
        for (const Action* action : group.actions) add(*action);
    }

    void add(const Action& action) {
        std::string command = bold(std::string(program_.name) + " " + std::string(action.words));
        bool has_options = false;
        for (const Input& input : action.inputs) {
            if (!input.is_typed()) continue;
            const bool in_sight = input.stands() || input.is_required();
            has_options = has_options || !in_sight;
            if (in_sight) command += " " + in_line(input);
        }
        if (has_options) command += " [" + italic(in({"选项", "options"})) + "]";
        entry(command, in(action.help));
        if (!action.inputs.empty()) {
            line(".RS");
            for (const Input& input : action.inputs) {
                if (input.is_typed())
                    entry(in_line(input), input_help(input, program_.name, lang_));
            }
            line(".RE");
        }
        line(".IP");
        line(in({"示例：", "Example: "}) + bold(action.example));
    }

    void codes() {
        section({"退出码", "EXIT STATUS"});
        for (const ExitCode& each : exit_codes())
            entry(std::to_string(each.code), in(each.meaning));
    }

    const Program& program_;
    Lang lang_;
    std::string page_;
};

}  // namespace

std::string manual(const Program& program, Lang lang) {
    return Page(program, lang).printed();
}

}  // namespace dossier::cli
