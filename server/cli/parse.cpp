// The only file here that knows the parser library: it is fed from the tables of commands, so that
// help, arguments and commands cannot disagree.
#include "server/cli/parse.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "common/cli/parser.hpp"

namespace dossier::server {
namespace {

constexpr const char* kDefaultFolder = "/var/lib/dossierd";

/// Values as they are read, before the command is known.
struct Reading {
    explicit Reading(Lang asked) : lang(asked) {}

    Lang lang;
    Globals globals;
    std::string lang_word;
    const Command* chosen = nullptr;
    std::map<const Command*, std::map<std::string, std::vector<std::string>>> values;
    std::map<const Command*, std::map<std::string, bool>> flags;
};

std::string words_of(const Text& text, Lang lang) {
    return std::string(text.in(lang));
}

std::string group_of_options(Lang lang) {
    return words_of({"选项", "Options"}, lang);
}

std::string group_of_globals(Lang lang) {
    return words_of({"通用选项", "Options of every command"}, lang);
}

void add_globals(CLI::App& app, Reading& reading) {
    const auto say = [&](const Text& text) { return words_of(text, reading.lang); };
    auto& globals = reading.globals;
    globals.folder = kDefaultFolder;
    const auto group = group_of_globals(reading.lang);
    const auto text = [&](const char* name, const char* value, std::string& into,
                          const Text& help) {
        return app.add_option(name, into, say(help))->type_name(value)->group(group);
    };
    text("--dir", "DIR", globals.folder, {"数据目录", "data folder"})->envname("DOSSIERD_DIR");
    text("--key-file", "FILE", globals.key_file,
         {"密钥文件，默认为 目录/office.key", "key file, by default DIR/office.key"});
    text("--as", "LOGIN", globals.as, {"以谁的身份操作", "who acts"})->envname("DOSSIER_AS");
    text("--purpose", "TEXT", globals.purpose,
         {"查阅目的，至少四个字", "purpose of reading, at least 4 characters"});
    text("--lang", "LANG", reading.lang_word, {"语言 zh-CN 或 en", "language, zh-CN or en"});
    app.add_flag("--json", globals.json, say({"输出一个 JSON 文档", "print one JSON document"}))
        ->group(group);
}

void add_arg(CLI::App& to, const Command& command, const Arg& arg, Reading& reading) {
    const std::string name(arg.name);
    const std::string help = words_of(arg.help, reading.lang);
    if (arg.give == Give::Flag) {
        to.add_flag(name, reading.flags[&command][name], help)
            ->group(group_of_options(reading.lang));
        return;
    }
    auto* option = to.add_option(name, reading.values[&command][name], help);
    option->type_name(std::string(arg.value));
    const bool many = arg.give == Give::Many || arg.give == Give::SomeRequired;
    if (!many) option->expected(1);
    option->group(group_of_options(reading.lang));
    // A named one takes one word each time; only a place at the end takes all that are left.
    option->allow_extra_args(many && !name.starts_with("--"));
    if (arg.give == Give::Required || arg.give == Give::SomeRequired) option->required();
}

/// The app or subcommand that `words` but the last lead to, made when missing.
CLI::App& parent_of(CLI::App& app, std::string_view words, Lang lang) {
    const auto space = words.find(' ');
    if (space == std::string_view::npos) return app;
    const std::string first(words.substr(0, space));
    for (auto* made : app.get_subcommands({})) {
        if (made->get_name() == first) return *made;
    }
    auto* group = app.add_subcommand(first, words_of(group_help(first), lang));
    group->get_help_ptr()->group(group_of_options(lang));
    group->require_subcommand(1)->fallthrough()->group(words_of({"命令", "Commands"}, lang));
    return *group;
}

void add_command(CLI::App& app, const Command& command, Reading& reading) {
    auto& parent = parent_of(app, command.words, reading.lang);
    const auto last = command.words.rfind(' ');
    const auto word =
        last == std::string_view::npos ? command.words : command.words.substr(last + 1);
    auto* made = parent.add_subcommand(std::string(word), words_of(command.help, reading.lang));
    made->fallthrough()->group(words_of({"命令", "Commands"}, reading.lang));
    made->footer(words_of({"示例：\n  ", "Example:\n  "}, reading.lang) +
                 std::string(command.example));
    for (const Arg& arg : command.args) add_arg(*made, command, arg, reading);
    made->get_help_ptr()->group(group_of_options(reading.lang));
    made->callback([&reading, &command] { reading.chosen = &command; });
}

Args args_of(const Reading& reading) {
    Args args;
    if (const auto values = reading.values.find(reading.chosen); values != reading.values.end()) {
        for (const auto& [name, given] : values->second) {
            if (!given.empty()) args.put(name, given);
        }
    }
    if (const auto flags = reading.flags.find(reading.chosen); flags != reading.flags.end()) {
        for (const auto& [name, given] : flags->second) {
            if (given) args.put(name, {""});
        }
    }
    return args;
}

}  // namespace

Result<Parsed> parse(const std::vector<std::string>& words) {
    Reading reading(cli::early_lang(words));
    CLI::App app(words_of({"客户档案办公室端：合并、权限、审核与备份",
                           "the office of the customer files: merging, access, review, backup"},
                          reading.lang),
                 "dossierd");
    app.formatter(std::make_shared<cli::HelpWords>(reading.lang));
    app.set_help_flag("-h,--help", words_of({"显示帮助", "show help"}, reading.lang));
    app.get_help_ptr()->group(group_of_globals(reading.lang));
    app.require_subcommand(1);
    add_globals(app, reading);
    const auto all = commands();
    for (const Command* command : all) add_command(app, *command, reading);
    try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::CallForHelp&) {
        return Parsed{.help = cli::help_of(app)};
    } catch (const CLI::ParseError& error) {
        if (words.empty()) return Parsed{.help = app.help()};
        return tl::unexpected(cli::usage_error(app, error, reading.lang));
    }
    const auto lang = cli::pick_lang(reading.lang_word);
    if (!lang) return tl::unexpected(lang.error());
    reading.globals.lang = *lang;
    return Parsed{reading.chosen, args_of(reading), reading.globals, {}};
}

}  // namespace dossier::server
