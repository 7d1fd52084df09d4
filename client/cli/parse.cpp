// The only file here that knows the parser library: it is fed from the tables of commands and of
// the catalog, so that help, options and fields cannot disagree.
#include "client/cli/parse.hpp"

#include <algorithm>
#include <cstdlib>

#include "common/catalog/field.hpp"
#include "common/cli/parser.hpp"

namespace dossier::client {
namespace {

std::string default_dir() {
    if (const char* dir = std::getenv("DOSSIER_DIR")) return dir;
    if (const char* data = std::getenv("XDG_DATA_HOME")) return std::string(data) + "/dossier";
    const char* home = std::getenv("HOME");
    return std::string(home == nullptr ? "." : home) + "/.local/share/dossier";
}

std::string dashed(std::string_view name) {
    std::string option(name);
    std::replace(option.begin(), option.end(), '_', '-');
    return option;
}

/// "-c,--customer" of "c,customer".
std::string spelled(std::string_view name) {
    const auto comma = name.find(',');
    if (comma != std::string_view::npos)
        return "-" + std::string(name.substr(0, comma)) + ",--" +
               std::string(name.substr(comma + 1));
    return (name.size() == 1 ? "-" : "--") + std::string(name);
}

/// A field with an option of its own; what a command asks for in another way or finds out by
/// itself has none.
bool has_option(const catalog::Kind& kind, const catalog::Field& field) {
    const bool is_reference = !field.target.empty();
    return field.tag > 15 && !catalog::is_server_set(field) && field.name != kind.parent &&
           field.writers != catalog::kSystem &&
           (!is_reference || catalog::find_kind(field.target) != nullptr) &&
           field.target != "contact" && field.type != catalog::Type::Json;
}

constexpr std::size_t kChoicesShown = 8;

/// "方式：拜访、电话 …", "注册资本（元）": the label with its choices, form or unit.
std::string field_help(const catalog::Field& field, Lang lang) {
    const bool zh = lang == Lang::Zh;
    std::string help(field.label.in(lang));
    if (field.type == catalog::Type::Date)
        return help + (zh ? "（如 2026-12-10）" : " (2026-12-10)");
    if (field.type == catalog::Type::Time)
        return help + (zh ? "（如 2026-12-10 14:05）" : " (2026-12-10 14:05)");
    if (field.type == catalog::Type::Money) return help + (zh ? "（元）" : " (yuan)");
    if (field.type == catalog::Type::BasisPoints) return help + (zh ? "（如 86.5%）" : " (86.5%)");
    if (field.type == catalog::Type::Bool) return help + (zh ? "（是/否）" : " (yes/no)");
    for (std::size_t i = 0; i < std::min(field.choices.size(), kChoicesShown); ++i) {
        help += i == 0 ? (zh ? "：" : ": ") : (zh ? "、" : ", ");
        help += field.choices[i].label.in(lang);
    }
    return help + (field.choices.size() > kChoicesShown ? " …" : "");
}

class Builder {
  public:
    Builder(Parsed& parsed, Lang lang) : parsed_(parsed), lang_(lang) {
        app_.name("dossier");
        app_.description(say({"客户档案（外勤端）：离线记录拜访和客户资料，回办公室同步",
                              "Customer files on a laptop: record offline, sync at the office"}));
        app_.formatter(std::make_shared<cli::HelpWords>(lang));
        app_.set_help_flag("-h,--help", say({"显示帮助", "show help"}))->group(common());
        app_.require_subcommand(1);
        add_globals();
        for (const Command* command : all_commands()) add(*command);
    }

    Status run(std::vector<std::string> words) {
        try {
            std::reverse(words.begin(), words.end());
            app_.parse(words);
        } catch (const CLI::CallForHelp&) {
            parsed_.help = cli::help_of(app_);
        } catch (const CLI::ParseError& error) {
            return tl::unexpected(cli::usage_error(app_, error, lang_));
        }
        return {};
    }
    [[nodiscard]] std::string help() const { return app_.help(); }

  private:
    [[nodiscard]] std::string say(const Text& text) const { return std::string(text.in(lang_)); }
    [[nodiscard]] std::string common() const {
        return say({"通用选项", "Options of every command"});
    }
    [[nodiscard]] std::string own() const { return say({"选项", "Options"}); }

    void add_globals() {
        auto& globals = parsed_.globals;
        globals.dir = default_dir();
        const auto text = [&](const char* name, const char* value, std::string& into,
                              const Text& help) {
            app_.add_option(name, into, say(help))->type_name(value)->group(common());
        };
        text("--dir", "DIR", globals.dir,
             {"档案库目录（环境变量 DOSSIER_DIR）", "folder of the store (DOSSIER_DIR)"});
        text("--passphrase-file", "FILE", globals.passphrase_file,
             {"从文件第一行读口令", "read the passphrase from the first line of a file"});
        text("--key-file", "FILE", globals.key_file,
             {"用密钥文件打开（脚本用）", "open with a key file (for scripts)"});
        text("--lang", "LANG", globals.lang, {"语言 zh-CN 或 en", "language, zh-CN or en"});
        app_.add_flag("--json", globals.json,
                      say({"输出一个 JSON 文档", "print one JSON document"}))
            ->group(common());
        app_.add_flag("-q,--quiet", globals.quiet, say({"不显示进度", "no progress"}))
            ->group(common());
    }

    /// "customer add": the group is made once.
    CLI::App& parent_of(std::string_view path) {
        const auto space = path.find(' ');
        if (space == std::string_view::npos) return app_;
        const std::string word(path.substr(0, space));
        auto& group = groups_[word];
        if (group == nullptr) {
            group = app_.add_subcommand(word, say(group_help(word)));
            group->get_help_ptr()->group(own());
            group->require_subcommand(1)->fallthrough()->group(say({"命令", "Commands"}));
        }
        return *group;
    }

    void add(const Command& command) {
        const auto name = command.path.substr(command.path.find(' ') + 1);
        CLI::App& parent = parent_of(command.path);
        CLI::App& sub = *parent.add_subcommand(std::string(name), say(command.help));
        sub.footer(say({"示例：\n  ", "Example:\n  "}) + std::string(command.example));
        sub.fallthrough()->group(say({"命令", "Commands"}));
        add_places(sub, command.words);
        for (const bool required : {true, false}) {
            for (const Option& option : command.options)
                if (option.is_required == required) add(sub, option);
        }
        if (command.fields != nullptr) add_fields(sub, *command.fields);
        sub.get_help_ptr()->group(own());
        sub.callback([this, &command] { parsed_.command = &command; });
        const bool needs_no_word = command.words.empty() || command.words.starts_with('[');
        if (name == "list" && needs_no_word) list_when_alone(parent, command);
    }

    /// "dossier tray" is "dossier tray list".
    void list_when_alone(CLI::App& group, const Command& list) {
        group.require_subcommand(0, 1);
        group.callback([this, &group, &list] {
            if (group.get_subcommands().empty()) parsed_.command = &list;
        });
    }

    /// The places of `Command::words`, in their order.
    void add_places(CLI::App& sub, std::string_view places) {
        while (!places.empty()) {
            const auto space = std::min(places.find(' '), places.size());
            auto place = places.substr(0, space);
            places.remove_prefix(std::min(space + 1, places.size()));
            const bool may_lack = place.starts_with('[');
            if (may_lack) place = place.substr(1, place.size() - 2);
            const bool takes_all = place.ends_with("…");
            if (takes_all) place.remove_suffix(std::string_view("…").size());
            const std::string name(place);
            const auto keep = [this](const std::string& word) { parsed_.words.push_back(word); };
            auto* option = takes_all ? sub.add_option_function<std::vector<std::string>>(
                                           name,
                                           [keep](const std::vector<std::string>& words) {
                                               for (const auto& word : words) keep(word);
                                           },
                                           say(place_help(place)))
                                     : sub.add_option_function<std::string>(name, keep,
                                                                            say(place_help(place)));
            option->type_name("")->required(!may_lack);
        }
    }

    void add(CLI::App& sub, const Option& option) {
        const std::string key(option.name.substr(0, option.name.find(',')));
        const std::string name = spelled(option.name);
        if (option.is_flag) {
            sub.add_flag_callback(
                   name, [this, key] { parsed_.given[key].emplace_back("yes"); }, say(option.help))
                ->group(own());
            return;
        }
        sub.add_option_function<std::vector<std::string>>(
               name,
               [this, key](const std::vector<std::string>& values) { parsed_.given[key] = values; },
               say(option.help))
            ->take_all()
            ->expected(1)
            ->allow_extra_args(false)
            ->type_name("")
            ->required(option.is_required)
            ->group(own());
    }

    /// One option a field, named as in the catalog; `--set` takes every other spelling.
    void add_fields(CLI::App& sub, const catalog::Kind& kind) {
        const std::string heading = say({"字段", "Fields"});
        const auto add_field = [&](const std::string& name, const std::string& help) {
            if (sub.get_option_no_throw("--" + name) != nullptr) return;
            sub.add_option_function<std::vector<std::string>>(
                   "--" + name,
                   [this, name](const std::vector<std::string>& values) {
                       parsed_.given[name] = values;
                   },
                   help)
                ->take_all()
                ->expected(1)
                ->allow_extra_args(false)
                ->type_name("")
                ->group(heading);
        };
        for (const catalog::Field& field : kind.fields)
            if (has_option(kind, field)) add_field(dashed(field.name), field_help(field, lang_));
        add_field("set", say({"字段=值，字段可写中文名；可重复",
                              "field=value, by name or label; may be repeated"}));
        add_field("clear", say({"清空一个字段；可重复", "empty a field; may be repeated"}));
        if (sub.get_name() != "edit") return;
        add_field("add", say({"字段=内容：给多值字段加一项；可重复",
                              "field=item: adds one to a field with several; may be repeated"}));
        add_field("remove", say({"字段=内容：从多值字段去掉一项；可重复",
                                 "field=item: takes one away; may be repeated"}));
    }

    Parsed& parsed_;
    Lang lang_;
    CLI::App app_;
    std::map<std::string, CLI::App*> groups_;
};

}  // namespace

Result<Parsed> parse(const std::vector<std::string>& words) {
    Parsed parsed;
    Builder builder(parsed, cli::early_lang(words));
    if (words.empty()) {
        parsed.help = builder.help();
        return parsed;
    }
    if (auto done = builder.run(words); !done) return pass(done);
    return parsed;
}

}  // namespace dossier::client
