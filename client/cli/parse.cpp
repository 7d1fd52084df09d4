#include "client/cli/parse.hpp"

#include <cstdlib>

#include <CLI/CLI.hpp>

#include "common/catalog/field.hpp"

namespace dossier::client {
namespace {

std::string both(const Text& text, Lang lang) {
    return std::string(text.in(lang));
}

std::string default_dir() {
    if (const char* dir = std::getenv("DOSSIER_DIR")) return dir;
    if (const char* data = std::getenv("XDG_DATA_HOME")) return std::string(data) + "/dossier";
    const char* home = std::getenv("HOME");
    return std::string(home == nullptr ? "." : home) + "/.local/share/dossier";
}

/// The language must be known before the help is made.
Lang early_lang(int argc, const char* const* argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view arg = argv[i];
        if (arg == "--lang" && i + 1 < argc)
            return lang_from(argv[i + 1]).value_or(lang_from_environment());
        if (arg.starts_with("--lang="))
            return lang_from(arg.substr(7)).value_or(lang_from_environment());
    }
    return lang_from_environment();
}

std::string dashed(std::string_view name) {
    std::string option(name);
    std::replace(option.begin(), option.end(), '_', '-');
    return option;
}

bool settable(const catalog::Field& field) {
    return field.tag > 15 && !catalog::is_server_set(field);
}

class Builder {
  public:
    Builder(Parsed& parsed, Lang lang) : parsed_(parsed), lang_(lang) {
        app_.name("dossier");
        app_.description(lang == Lang::Zh
                             ? "客户档案（外勤端）：离线记录拜访和客户资料，回办公室同步"
                             : "Customer files on a laptop: record offline, sync at the office");
        app_.require_subcommand(1);
        app_.fallthrough();
        add_globals();
        for (const Command* command : all_commands()) add(*command);
    }

    Status run(int argc, const char* const* argv) {
        try {
            app_.parse(argc, argv);
        } catch (const CLI::CallForHelp&) {
            parsed_.help = help_text();
        } catch (const CLI::ParseError& error) {
            return fail(cli::kWrongUsage, error.what());
        }
        return {};
    }

  private:
    void add_globals() {
        const auto text = [&](const char* zh, const char* en) {
            return lang_ == Lang::Zh ? zh : en;
        };
        parsed_.globals.dir = default_dir();
        app_.add_option("--dir", parsed_.globals.dir, text("档案库目录", "directory of the store"));
        app_.add_option(
            "--passphrase-file", parsed_.globals.passphrase_file,
            text("从文件第一行读口令", "read the passphrase from the first line of a file"));
        app_.add_option("--key-file", parsed_.globals.key_file,
                        text("用密钥文件打开（脚本用）", "open with a key file (for scripts)"));
        app_.add_flag("--json", parsed_.globals.json, text("以 JSON 输出", "print JSON"));
        app_.add_option("--lang", parsed_.globals.lang,
                        text("界面语言 zh-CN 或 en", "language zh-CN or en"));
        app_.add_flag("-q,--quiet", parsed_.globals.quiet, text("不显示进度", "no progress"));
    }

    /// "customer add": the group is made once.
    CLI::App* parent_of(std::string_view path) {
        const auto space = path.find(' ');
        if (space == std::string_view::npos) return &app_;
        const std::string group(path.substr(0, space));
        auto [at, fresh] = groups_.try_emplace(group, nullptr);
        if (fresh) {
            at->second = app_.add_subcommand(group, "");
            at->second->require_subcommand(1);
            at->second->fallthrough();
        }
        return at->second;
    }

    void add(const Command& command) {
        const auto space = command.path.find(' ');
        const std::string name(
            command.path.substr(space == std::string_view::npos ? 0 : space + 1));
        CLI::App* sub = parent_of(command.path)->add_subcommand(name, both(command.help, lang_));
        sub->footer((lang_ == Lang::Zh ? "例：" : "Example: ") + std::string(command.example));
        sub->fallthrough();
        if (!command.words.empty()) {
            auto* words = sub->add_option("words", parsed_.words, std::string(command.words))
                              ->type_name(std::string(command.words));
            if (!command.words.starts_with("[")) words->required();
        }
        for (const Option& option : command.options)
            add(*sub, option.name, both(option.help, lang_), option.is_flag);
        if (command.fields != nullptr) add_fields(*sub, *command.fields);
        sub->callback([this, &command] { parsed_.command = &command; });
    }

    void add(CLI::App& sub, std::string_view name, const std::string& help, bool is_flag) {
        const std::string key(name);
        const std::string spelled = (key.size() == 1 ? "-" : "--") + key;
        if (sub.get_option_no_throw(spelled) != nullptr) return;
        if (is_flag) {
            sub.add_flag_callback(
                spelled, [this, key] { parsed_.given[key].emplace_back("yes"); }, help);
        } else {
            sub.add_option_function<std::vector<std::string>>(
                   spelled,
                   [this, key](const std::vector<std::string>& values) {
                       parsed_.given[key] = values;
                   },
                   help)
                ->take_all()
                ->allow_extra_args(false);
        }
    }

    /// One option a field, named as in the catalog; `--set` takes every other spelling.
    void add_fields(CLI::App& sub, const catalog::Kind& kind) {
        for (const catalog::Field& field : kind.fields) {
            if (settable(field)) add(sub, dashed(field.name), both(field.label, lang_), false);
        }
        add(sub, "set",
            lang_ == Lang::Zh ? "字段=值，字段可写中文名" : "field=value, by name or label", false);
        add(sub, "clear", lang_ == Lang::Zh ? "清空一个字段" : "empty a field", false);
    }

    /// Help of the innermost command that was named.
    std::string help_text() {
        const CLI::App* at = &app_;
        for (bool deeper = true; deeper;) {
            deeper = false;
            for (const CLI::App* sub : at->get_subcommands()) {
                at = sub;
                deeper = true;
            }
        }
        return at->help();
    }

    Parsed& parsed_;
    Lang lang_;
    CLI::App app_;
    std::map<std::string, CLI::App*> groups_;
};

}  // namespace

Result<Parsed> parse(int argc, const char* const* argv) {
    Parsed parsed;
    Builder builder(parsed, early_lang(argc, argv));
    if (auto done = builder.run(argc, argv); !done) return pass(done);
    return parsed;
}

}  // namespace dossier::client
