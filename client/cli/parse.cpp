#include "client/cli/parse.hpp"

#include <cstdlib>

#include "common/cli/actions.hpp"
#include "common/cli/console.hpp"

namespace dossier::client {
namespace {

std::string default_dir() {
    if (const char* dir = std::getenv("DOSSIER_DIR")) return dir;
    if (const char* data = std::getenv("XDG_DATA_HOME")) return std::string(data) + "/dossier";
    const char* home = std::getenv("HOME");
    return std::string(home == nullptr ? "." : home) + "/.local/share/dossier";
}

std::vector<cli::CommonOption> common_options(Globals& globals, std::string& lang) {
    return {{.name = "--dir",
             .value = "DIR",
             .help = {"档案库目录（环境变量 DOSSIER_DIR）", "folder of the store (DOSSIER_DIR)"},
             .into = &globals.dir},
            {.name = "--passphrase-file",
             .value = "FILE",
             .help = {"从文件第一行读口令", "read the passphrase from the first line of a file"},
             .into = &globals.passphrase_file},
            {.name = "--key-file",
             .value = "FILE",
             .help = {"用密钥文件打开（脚本用）", "open with a key file (for scripts)"},
             .into = &globals.key_file},
            {.name = "--lang",
             .value = "LANG",
             .help = {"语言 zh-CN 或 en", "language, zh-CN or en"},
             .into = &lang},
            {.name = "--json",
             .value = "",
             .help = {"输出一个 JSON 文档", "print one JSON document"},
             .flag = &globals.json},
            {.name = "-q,--quiet",
             .value = "",
             .help = {"不显示进度", "no progress"},
             .flag = &globals.quiet}};
}

}  // namespace

Result<Parsed> parse(const std::vector<std::string>& words) {
    static const std::vector<const action::Action*> kActions(actions().begin(), actions().end());
    Parsed parsed;
    parsed.globals.dir = default_dir();
    std::string lang_word;
    const cli::Program program{
        .name = "dossier",
        .about = {"客户档案（外勤端）：离线记录拜访和客户资料，回办公室同步",
                  "Customer files on a laptop: record offline, sync at the office"},
        .actions = kActions,
        .group_help = group_help,
        .common = common_options(parsed.globals, lang_word),
        .lists_alone = true};
    auto asked = cli::ask(program, words, cli::early_lang(words));
    if (!asked) return pass(asked);
    const auto lang = cli::pick_lang(lang_word);
    if (!lang) return tl::unexpected(lang.error());
    parsed.globals.lang = *lang;
    parsed.help = std::move(asked->help);
    if (!parsed.help.empty()) return parsed;
    parsed.action = static_cast<const Action*>(asked->action);
    parsed.inputs = std::move(asked->inputs);
    return parsed;
}

}  // namespace dossier::client
