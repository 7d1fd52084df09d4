#include "common/cli/actions.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "common/cli/input_words.hpp"
#include "common/cli/parser.hpp"

namespace dossier::cli {
namespace {

using action::Action;
using action::Give;
using action::Input;

class Words {
  public:
    Words(const Program& program,
          const std::vector<CommonOption>& options,
          const std::vector<std::string>& words,
          Lang lang)
        : program_(program), lang_(lang), typed_(words.begin(), words.end()) {
        app_.name(program.name);
        app_.description(say(program.about));
        app_.formatter(std::make_shared<HelpWords>(lang));
        app_.set_help_flag("-h,--help", say({"显示帮助", "show help"}))->group(common());
        app_.require_subcommand(1);
        for (const CommonOption& option : options) add(option);
        for (const Action* action : program.actions) add(*action);
    }

    Result<Asked> read(const std::vector<std::string>& words) {
        if (words.empty()) return Asked{.help = app_.help()};
        try {
            app_.parse(std::vector<std::string>(words.rbegin(), words.rend()));
        } catch (const CLI::CallForHelp&) {
            return Asked{.help = help_of(app_)};
        } catch (const CLI::ParseError& error) {
            return tl::unexpected(usage_error(app_, error, lang_));
        }
        for (const auto& [key, given] : flags_) {
            if (given) asked_.inputs.put(key, {""});
        }
        for (auto& [key, values] : values_) {
            if (!values.empty()) asked_.inputs.put(key, std::move(values));
        }
        return std::move(asked_);
    }

  private:
    [[nodiscard]] std::string say(const Text& text) const {
        return as_typed(text, program_.name, lang_);
    }
    [[nodiscard]] std::string common() const {
        return say({"通用选项", "Options of every command"});
    }
    [[nodiscard]] std::string own() const { return say({"选项", "Options"}); }
    [[nodiscard]] std::string commands() const { return say({"命令", "Commands"}); }

    void add(const CommonOption& option) {
        auto* added = option.flag != nullptr
                          ? app_.add_flag(option.name, *option.flag, say(option.help))
                          : app_.add_option(option.name, *option.into, say(option.help));
        if (option.flag == nullptr) added->type_name(option.value);
        if (option.environment != nullptr) added->envname(option.environment);
        added->group(common());
    }

    /// The app that all words but the last lead to, made when missing.
    CLI::App& parent_of(std::string_view words) {
        const auto space = words.find(' ');
        if (space == std::string_view::npos) return app_;
        const std::string word(words.substr(0, space));
        auto& group = groups_[word];
        if (group == nullptr) {
            group = app_.add_subcommand(word, say(program_.group_help(word)));
            group->get_help_ptr()->group(own());
            group->require_subcommand(1)->fallthrough()->group(commands());
        }
        return *group;
    }

    /// Most of a program's actions are not the one that was typed: their inputs are not looked at.
    [[nodiscard]] bool may_be_typed(std::string_view words) const {
        while (!words.empty()) {
            const auto space = std::min(words.find(' '), words.size());
            if (!typed_.contains(std::string(words.substr(0, space)))) return false;
            words.remove_prefix(std::min(space + 1, words.size()));
        }
        return true;
    }

    void add(const Action& action) {
        CLI::App& parent = parent_of(action.words);
        const auto name = action.words.substr(action.words.find(' ') + 1);
        CLI::App& made = *parent.add_subcommand(std::string(name), say(action.help));
        made.fallthrough()->group(commands());
        made.get_help_ptr()->group(own());
        made.callback([this, &action] { asked_.action = &action; });
        const bool asks_nothing = std::ranges::none_of(action.inputs, &Input::is_required);
        if (name == "list" && asks_nothing) list_when_alone(parent, action);
        if (!may_be_typed(action.words)) return;
        made.footer(say({"示例：\n  ", "Example:\n  "}) + std::string(action.example));
        for (const bool required : {true, false}) {
            for (const Input& input : action.inputs) {
                if (input.is_typed() && input.is_required() == required) add(made, input);
            }
        }
    }

    /// "dossier tray" is "dossier tray list".
    void list_when_alone(CLI::App& group, const Action& list) {
        if (!program_.lists_alone || &group == &app_) return;
        group.require_subcommand(0, 1);
        group.callback([this, &group, &list] {
            if (group.get_subcommands().empty()) asked_.action = &list;
        });
    }

    void add(CLI::App& to, const Input& input) {
        const std::string name = spelled(input);
        const std::string help = input_help(input, program_.name, lang_);
        const auto group = input.field != nullptr ? say({"字段", "Fields"}) : own();
        if (input.give == Give::Flag) {
            to.add_flag(name, flags_[input.key()], help)->group(group);
            return;
        }
        auto* option = to.add_option(name, values_[input.key()], help);
        option->type_name(std::string(input.value))->group(group);
        if (!input.is_many()) option->expected(1);
        // A named one takes one word each time; only a place at the end takes all that are left.
        option->allow_extra_args(input.is_many() && input.stands());
        option->required(input.is_required());
    }

    const Program& program_;
    Lang lang_;
    std::set<std::string> typed_;
    CLI::App app_;
    std::map<std::string, CLI::App*> groups_;
    std::map<std::string, std::vector<std::string>> values_;
    std::map<std::string, bool> flags_;
    Asked asked_;
};

}  // namespace

std::vector<CommonOption> options_of(const Program& program,
                                     Globals& globals,
                                     std::string& lang_word) {
    std::vector<CommonOption> options{{.name = "--dir",
                                       .value = "DIR",
                                       .help = program.folder_help,
                                       .into = &globals.folder,
                                       .environment = program.folder_environment},
                                      {.name = "--key-file",
                                       .value = "FILE",
                                       .help = program.key_help,
                                       .into = &globals.key_file}};
    options.insert(options.end(), program.own.begin(), program.own.end());
    options.push_back(
        {.name = "--lang", .value = "zh-CN|en", .help = {"语言", "language"}, .into = &lang_word});
    options.push_back({.name = "--json",
                       .value = "",
                       .help = {"输出一个 JSON 文档", "print one JSON document"},
                       .flag = &globals.json});
    return options;
}

std::vector<CommonOption> options_of(const Program& program) {
    static Globals nobody;
    static std::string lang_word;
    return options_of(program, nobody, lang_word);
}

Result<Asked> ask(const Program& program, const std::vector<std::string>& words, Globals& globals) {
    std::string lang_word;
    Words reading(program, options_of(program, globals, lang_word), words, early_lang(words));
    auto asked = reading.read(words);
    if (!asked) return pass(asked);
    const auto lang = pick_lang(lang_word);
    if (!lang) return tl::unexpected(lang.error());
    globals.lang = *lang;
    return asked;
}

}  // namespace dossier::cli
