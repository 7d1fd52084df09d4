#include "common/cli/parser.hpp"

#include <algorithm>

#include "common/base/text.hpp"

namespace dossier::cli {
namespace {

constexpr std::size_t kWordShown = 40;
constexpr std::size_t kNamesShown = 24;
constexpr std::size_t kAlike = 3;  // letters

std::string say(const Text& text, Lang lang, std::initializer_list<std::string> args) {
    return fill(text.in(lang), std::vector<std::string>(args));
}

/// The app whose words were being read when it failed.
const CLI::App& innermost(const CLI::App& app) {
    const auto chosen = app.get_subcommands();
    return chosen.empty() ? app : innermost(*chosen.front());
}

std::string joined(const std::vector<std::string>& words, Lang lang) {
    std::string line;
    for (const auto& word : words)
        line += (line.empty() ? "" : lang == Lang::Zh ? "、" : ", ") + word;
    return line;
}

/// Names that begin as what was typed; when none does, the first of all.
std::vector<std::string> close_to(const std::string& typed, std::vector<std::string> names) {
    const auto bare = [](std::string_view name) {
        return name.substr(std::min(name.find_first_not_of('-'), name.size())).substr(0, kAlike);
    };
    std::vector<std::string> close;
    std::copy_if(names.begin(), names.end(), std::back_inserter(close),
                 [&](const std::string& name) { return bare(name) == bare(typed); });
    if (close.empty()) close = std::move(names);
    if (close.size() > kNamesShown) {
        close.resize(kNamesShown);
        close.emplace_back("…");
    }
    return close;
}

std::vector<std::string> commands_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(sub->get_name());
    return names;
}

std::vector<std::string> options_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* above = &app; above != nullptr; above = above->get_parent()) {
        for (const auto* option : above->get_options())
            if (!option->get_lnames().empty() && option->get_lnames().front() != "help")
                names.push_back("--" + option->get_lnames().front());
    }
    return names;
}

std::string unknown_word(const CLI::App& at, const std::string& typed, Lang lang) {
    const std::string word(head(one_line(typed), kWordShown));
    if (typed.size() > 1 && typed.front() == '-')
        return say({"没有选项“{}”，可用：{}", "there is no option \"{}\"; there are {}"}, lang,
                   {word, joined(close_to(typed, options_of(at)), lang)});
    if (!commands_of(at).empty())
        return say({"没有命令“{}”，可用：{}", "there is no command \"{}\"; there are {}"}, lang,
                   {word, joined(close_to(typed, commands_of(at)), lang)});
    return say({"多出的词“{}”（有空格的内容要加引号）",
                "one word too many: \"{}\" (put text with spaces in quotes)"},
               lang, {word});
}

std::string missing_in(const CLI::App& at, Lang lang) {
    std::vector<std::string> missing;
    for (const auto* option : at.get_options()) {
        if (option->get_required() && option->count() == 0)
            missing.push_back(
                option->get_name(!option->nonpositional(), true) +
                (option->get_description().empty() ? "" : " (" + option->get_description() + ")"));
    }
    if (!missing.empty()) return say({"缺少 {}", "{} is missing"}, lang, {joined(missing, lang)});
    return say({"“{}”之后要写命令：{}", "\"{}\" needs a command: {}"}, lang,
               {at.get_name(), joined(commands_of(at), lang)});
}

}  // namespace

HelpWords::HelpWords(Lang lang) {
    column_width(34);
    if (lang == Lang::En) return;
    label("Usage", "用法");
    label("OPTIONS", "选项");
    label("SUBCOMMAND", "子命令");
    label("SUBCOMMANDS", "子命令");
    label("Positionals", "参数");
    label("REQUIRED", "必填");
}

std::string HelpWords::make_option(const CLI::Option* option, bool is_positional) const {
    std::string line = "  " + make_option_name(option, is_positional) + make_option_opts(option);
    const std::size_t taken = display_width(line);
    if (taken >= get_column_width())
        line += '\n' + std::string(get_column_width(), ' ');
    else
        line.append(get_column_width() - taken, ' ');
    return line + make_option_desc(option) + '\n';
}

std::string help_of(const CLI::App& app, const std::string& above) {
    const auto chosen = app.get_subcommands();
    if (chosen.empty()) return app.help(above);
    return help_of(*chosen.front(), above.empty() ? app.get_name() : above + " " + app.get_name());
}

Error usage_error(const CLI::App& app, const CLI::ParseError& thrown, Lang lang) {
    const auto& at = innermost(app);
    const auto unknown = app.remaining(true);
    if (!unknown.empty()) return {&kWrongUsage, {unknown_word(at, unknown.front(), lang)}};
    if (dynamic_cast<const CLI::RequiredError*>(&thrown) != nullptr)
        return {&kWrongUsage, {missing_in(at, lang)}};
    const std::string said = one_line(thrown.what());
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&thrown) != nullptr) {
        const Text what = said.starts_with("-")
                              ? Text{"{} 之后要写且只写一个值", "{} takes one value"}
                              : Text{"{} 只能是一个词（有空格的内容要加引号）",
                                     "{} is one word (put text with spaces in quotes)"};
        return {&kWrongUsage, {say(what, lang, {said.substr(0, said.find(':'))})}};
    }
    return {&kWrongUsage, {said}};
}

}  // namespace dossier::cli
