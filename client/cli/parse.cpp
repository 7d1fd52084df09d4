#include "client/cli/parse.hpp"

#include <cstdlib>

namespace dossier::client {
namespace {

std::string default_folder() {
    if (const char* folder = std::getenv("DOSSIER_DIR")) return folder;
    if (const char* data = std::getenv("XDG_DATA_HOME")) return std::string(data) + "/dossier";
    const char* home = std::getenv("HOME");
    return std::string(home == nullptr ? "." : home) + "/.local/share/dossier";
}

std::vector<cli::CommonOption> own_options(Globals& globals) {
    return {{.name = "--passphrase-file",
             .value = "FILE",
             .help = {"从文件第一行读口令", "read the passphrase from the first line of a file"},
             .into = &globals.passphrase_file},
            {.name = "-q,--quiet",
             .value = "",
             .help = {"不显示进度", "no progress"},
             .flag = &globals.quiet}};
}

}  // namespace

cli::Program program(Globals& globals) {
    static const std::vector<const action::Action*> kActions(actions().begin(), actions().end());
    return {
        .name = kProgramName,
        .about = {"客户档案（外勤端）：离线记录拜访和客户资料，回办公室同步",
                  "Customer files on a laptop: record offline, sync at the office"},
        .actions = kActions,
        .group_help = group_help,
        .folder_help = {"档案库目录（环境变量 DOSSIER_DIR）", "folder of the store (DOSSIER_DIR)"},
        .key_help = {"用密钥文件打开（脚本用）", "open with a key file (for scripts)"},
        .own = own_options(globals),
        .lists_alone = true};
}

Result<Parsed> parse(const std::vector<std::string>& words) {
    Parsed parsed;
    parsed.globals.folder = default_folder();
    if (auto done = cli::parse(program(parsed.globals), words, parsed); !done) return pass(done);
    return parsed;
}

}  // namespace dossier::client
