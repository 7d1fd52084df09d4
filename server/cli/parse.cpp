#include "server/cli/parse.hpp"

namespace dossier::server {
namespace {

constexpr const char* kDefaultFolder = "/var/lib/dossierd";

std::vector<cli::CommonOption> own_options(Globals& globals) {
    return {{.name = "--as",
             .value = "LOGIN",
             .help = {"以谁的身份操作", "who acts"},
             .into = &globals.as,
             .environment = "DOSSIER_AS"},
            {.name = "--purpose",
             .value = "TEXT",
             .help = {"查阅目的，至少四个字", "purpose of reading, at least 4 characters"},
             .into = &globals.purpose}};
}

}  // namespace

cli::Program program(Globals& globals) {
    static const std::vector<const action::Action*> kActions(actions().begin(), actions().end());
    return {.name = kProgramName,
            .about = {"客户档案办公室端：合并、权限、审核与备份",
                      "the office of the customer files: merging, access, review, backup"},
            .actions = kActions,
            .group_help = group_help,
            .folder_help = {"数据目录", "data folder"},
            .folder_environment = "DOSSIERD_DIR",
            .key_help = {"密钥文件，默认为 目录/office.key", "key file, by default DIR/office.key"},
            .own = own_options(globals)};
}

Result<Parsed> parse(const std::vector<std::string>& words) {
    Parsed parsed;
    parsed.globals.folder = kDefaultFolder;
    if (auto done = cli::parse(program(parsed.globals), words, parsed); !done) return pass(done);
    return parsed;
}

}  // namespace dossier::server
