#include "server/cli/parse.hpp"

#include "common/cli/actions.hpp"
#include "common/cli/console.hpp"

namespace dossier::server {
namespace {

constexpr const char* kDefaultFolder = "/var/lib/dossierd";

std::vector<cli::CommonOption> common_options(Globals& globals, std::string& lang) {
    return {{.name = "--dir",
             .value = "DIR",
             .help = {"数据目录", "data folder"},
             .into = &globals.folder,
             .environment = "DOSSIERD_DIR"},
            {.name = "--key-file",
             .value = "FILE",
             .help = {"密钥文件，默认为 目录/office.key", "key file, by default DIR/office.key"},
             .into = &globals.key_file},
            {.name = "--as",
             .value = "LOGIN",
             .help = {"以谁的身份操作", "who acts"},
             .into = &globals.as,
             .environment = "DOSSIER_AS"},
            {.name = "--purpose",
             .value = "TEXT",
             .help = {"查阅目的，至少四个字", "purpose of reading, at least 4 characters"},
             .into = &globals.purpose},
            {.name = "--lang",
             .value = "LANG",
             .help = {"语言 zh-CN 或 en", "language, zh-CN or en"},
             .into = &lang},
            {.name = "--json",
             .value = "",
             .help = {"输出一个 JSON 文档", "print one JSON document"},
             .flag = &globals.json}};
}

}  // namespace

Result<Parsed> parse(const std::vector<std::string>& words) {
    static const std::vector<const action::Action*> kActions(actions().begin(), actions().end());
    Parsed parsed;
    parsed.globals.folder = kDefaultFolder;
    std::string lang_word;
    const cli::Program program{
        .name = "dossierd",
        .about = {"客户档案办公室端：合并、权限、审核与备份",
                  "the office of the customer files: merging, access, review, backup"},
        .actions = kActions,
        .group_help = group_help,
        .common = common_options(parsed.globals, lang_word)};
    auto asked = cli::ask(program, words, cli::early_lang(words));
    if (!asked) return pass(asked);
    parsed.help = std::move(asked->help);
    if (!parsed.help.empty()) return parsed;
    const auto lang = cli::pick_lang(lang_word);
    if (!lang) return tl::unexpected(lang.error());
    parsed.globals.lang = *lang;
    parsed.action = static_cast<const Action*>(asked->action);
    parsed.inputs = std::move(asked->inputs);
    return parsed;
}

}  // namespace dossier::server
