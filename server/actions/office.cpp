// The office as a whole: how it stands, whether its data hold together, its backups.
#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <iterator>

#include <fcntl.h>
#include <unistd.h>

#include "common/action/answer.hpp"
#include "common/base/descriptor.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/states.hpp"

#include "server/accounts/audit_anchor.hpp"
#include "server/accounts/audit_told.hpp"
#include "server/accounts/devices.hpp"
#include "server/accounts/office_keys.hpp"
#include "server/actions/tables.hpp"
#include "server/actions/view.hpp"
#include "server/actions/warnings.hpp"
#include "server/jobs/book.hpp"
#include "server/reading/find.hpp"
#include "server/reading/known.hpp"
#include "server/reading/rights.hpp"

namespace dossier::server {
namespace {

/// How many records of a kind the acting person may know of; with `state`, those in it. Nothing for
/// nobody.
action::Json known_of(Context& context, const catalog::Kind& kind, std::string_view state = {}) {
    if (context.actor.is_none()) return {};
    return count_known(context.office, context.asker(), kind, state, context.place.give_way);
}

action::Json failed_jobs(Office& office) {
    auto names = action::Json::array();
    for (const JobState& state : job_states(office)) {
        if (has_failed(state)) names.push_back(state.job->name);
    }
    return names;
}

std::string count_or_dash(const action::Json& count) {
    return count.is_null() ? "-" : count.dump();
}

constexpr std::uintmax_t kFewBytes = std::uintmax_t{256} << 20U;

/// What is left for the office's data; nothing when the disk does not tell.
std::optional<std::uintmax_t> free_bytes(const std::string& folder) {
    std::error_code unknown;
    const auto space = std::filesystem::space(folder, unknown);
    return unknown ? std::nullopt : std::optional(space.available);
}

/// Asked by writing: a full disk, a used up quota and a read-only file system say it alike.
bool takes_writing(const std::string& folder) {
    const Descriptor probe(::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
    if (probe.number() < 0) return errno == EOPNOTSUPP || errno == EISDIR;
    static constexpr std::array<char, 4096> kBlock{};
    for (int block = 0; block < 16; ++block) {
        const auto written = ::write(probe.number(), kBlock.data(), kBlock.size());
        if (written != static_cast<ssize_t>(kBlock.size())) return false;
    }
    return true;
}

/// An office whose disk takes nothing more refuses every laptop: its administrator sees it here.
void warn_of_disk(Context& context, bool writable, std::optional<std::uintmax_t> left) {
    auto& answer = context.answer;
    if (!writable)
        answer.note(
            {"警告：数据目录所在磁盘已满或不可写，终端不能同步；终端的内容仍在终端上",
             "warning: the disk of the data folder is full or cannot be written: laptops cannot "
             "sync; what they wrote stays on them"});
    if (writable && left && *left < kFewBytes)
        answer.note({"警告：数据目录所在磁盘只剩 {} MB",
                     "warning: only {} MB are left on the disk of the data folder"},
                    {std::to_string(*left >> 20U)});
}

Result<int> status(Context& context) {
    auto& store = context.office.store();
    const auto keys = load_office_keys(store);
    if (!keys) return tl::unexpected(keys.error());
    std::size_t active = 0;
    std::size_t pending = 0;
    for (const DeviceRow& row : store.devices()) {
        const auto state = static_cast<protocol::DeviceState>(row.state);
        active += state == protocol::DeviceState::Active ? 1 : 0;
        pending += state == protocol::DeviceState::Pending ? 1 : 0;
    }
    const auto sessions = store.sessions(1);
    const auto differs = last_differs(store);
    const auto customers = known_of(context, catalog::kCustomer);
    const auto users = store.count(catalog::kUser.tag);
    const auto cases = known_of(context, catalog::kCase, catalog::CaseState::kOpen);
    const auto proposals = known_of(context, catalog::kProposal, catalog::ProposalState::kOpen);
    const auto fingerprint = crypto::fingerprint(keys->channel.public_key);
    const auto& listening = context.place.listening;
    const auto& clock = context.office.clock();
    const auto left = free_bytes(context.place.folder);
    auto& answer = context.answer;
    const bool writable = takes_writing(context.place.folder);
    warn_of_disk(context, writable, left);
    const auto say = [&](const Text& text) { return std::string(answer.in(text)); };
    std::vector<std::pair<std::string, std::string>> pairs{
        {say({"数据目录", "Folder"}), context.place.folder},
        {say({"服务", "Service"}),
         listening.empty() ? say({"未运行", "not running"}) : say({"运行于 ", "on "}) + listening},
        {say({"指纹", "Fingerprint"}), fingerprint},
        {say({"客户", "Customers"}), count_or_dash(customers)},
        {say({"用户", "Users"}), std::to_string(users)},
        {say({"终端", "Laptops"}),
         fill(say({"在用 {}，待批准 {}", "{} active, {} waiting for approval"}),
              std::vector{std::to_string(active), std::to_string(pending)})},
        {say({"待处理", "To decide"}),
         fill(say({"冲突 {}，提议 {}", "{} conflicts, {} proposals"}),
              std::vector{count_or_dash(cases), count_or_dash(proposals)})},
        {say({"最近同步", "Last sync"}),
         sessions.empty() ? "-" : office_minute(sessions.front().ended_at)},
        {say({"磁盘剩余", "Disk left"}),
         left ? std::to_string(*left >> 20U) + " MB" : std::string("-")}};
    std::ranges::move(warnings(context), std::back_inserter(pairs));
    answer.facts(pairs);
    answer.document(
        {{"folder", context.place.folder},
         {"listening", listening},
         {"fingerprint", fingerprint},
         {"customers", customers},
         {"users", users},
         {"devices_active", active},
         {"devices_pending", pending},
         {"cases_open", cases},
         {"proposals_open", proposals},
         {"audit_differs",
          differs ? action::Json{{"at", iso_utc(differs->at)},
                                 {"device", device_name(context.office, differs->device)},
                                 {"line", differs->line}}
                  : action::Json()},
         {"clock_behind_ms", clock.is_in_doubt() ? clock.behind().count() : 0},
         {"disk_left_bytes", left ? action::Json(*left) : action::Json()},
         {"disk_writable", writable},
         {"jobs_failed", failed_jobs(context.office)},
         {"last_sync_at",
          sessions.empty() ? action::Json() : action::Json(iso_utc(sessions.front().ended_at))}});
    return 0;
}

/// A step of `Store::verify` for people.
std::string step_words(std::string_view step, Lang lang) {
    static constexpr std::array kSteps{
        std::pair{std::string_view("pages"), Text{"数据库页", "pages"}},
        std::pair{std::string_view("records"), Text{"记录", "records"}},
        std::pair{std::string_view("facets"), Text{"分部", "facets"}},
        std::pair{std::string_view("scopes"), Text{"同步范围", "scopes"}},
        std::pair{std::string_view("journal"), Text{"修改流水", "journal"}},
        std::pair{std::string_view("attachments"), Text{"附件", "attachments"}},
        std::pair{std::string_view("audit"), Text{"审计记录", "audit"}},
    };
    const auto at = std::ranges::find(kSteps, step, &std::pair<std::string_view, Text>::first);
    return std::string(at == kSteps.end() ? step : at->second.in(lang));
}

Result<int> verify(Context& context) {
    auto& answer = context.answer;
    if (auto intact = context.office.store().verify([&](std::string_view step) {
            answer.note({"检查{}", "checking {}"}, {step_words(step, answer.lang)});
        });
        !intact)
        return pass(intact);
    if (auto held = hold_last_anchor(context.office); !held) return pass(held);
    answer.line({"全部数据一致", "all data hold together"});
    answer.document({{"intact", true}});
    return 0;
}

constexpr std::array kFolder{
    Input{"FOLDER", "", {"备份目录", "folder of the backup"}, Give::Required}};

Result<int> backup_create(Context& context) {
    Status allowed;
    std::string anchor;
    context.place.in_unit([&] {
        allowed = may_back_up(context.office, context.asker());
        // Before it is copied: the copy has it, and every line it is of.
        if (allowed) anchor = to_text(make_anchor(context.office));
    });
    if (!allowed) return pass(allowed);
    const auto folder = context.file(context.inputs.text("folder"));
    if (auto done = context.office.store().backup_to(folder); !done) return pass(done);
    context.answer.line({"已备份到 {}；密钥文件不在其中，请另行妥善保管",
                         "backed up to {}; the key file is not in it: keep that elsewhere"},
                        {folder});
    context.answer.line({"审计锚：{}", "the audit's anchor: {}"}, {anchor});
    context.answer.document({{"folder", folder}, {"anchor", anchor}});
    return 0;
}

constexpr std::array kInit{
    Input{"admin",
          "LOGIN",
          {"第一位系统管理员的登录名，默认 admin",
           "login of the first administrator, by default admin"}},
    Input{"admin-name", "TEXT", {"其姓名", "his name"}},
};
constexpr std::array kServe{
    Input{"listen",
          "HOST:PORT",
          {"接受终端的地址，例如 0.0.0.0:7520", "where laptops connect, for example 0.0.0.0:7520"},
          Give::Required},
    Input{"log", "FILE", {"日志文件，默认标准错误", "log file, by default standard error"}},
    Input{
        "console",
        "HOST:PORT",
        {"提供网页的地址，例如 0.0.0.0:8443", "where browsers come in, for example 0.0.0.0:8443"}},
    Input{"console-name",
          "NAME",
          {"浏览器用来打开网页的其他主机名，可重复",
           "a further host name people open the pages under, may be repeated"},
          Give::Many},
    Input{"certificate",
          "FILE",
          {"网页的证书（PEM），默认用 init 生成的",
           "certificate of the pages as PEM, by default the one that init made"}},
    Input{"private-key", "FILE", {"证书的私钥（PEM）", "private key of it, as PEM"}},
    Input{"plain",
          "",
          {"网页不用 TLS，只能在本机地址上", "pages without TLS, on a loopback address only"},
          Give::Flag},
};
constexpr std::array kSchema{Input{"format", "md|json", {"格式，默认 md", "by default md"}}};

constexpr std::array kOfficeActions{
    Action{"init",
           {"建立办公室：数据库、密钥文件、第一位管理员",
            "make an office: database, key file, first administrator"},
           "dossierd --dir /var/lib/dossierd init --admin luop --admin-name 罗平",
           kInit,
           Actor::Nobody,
           Runs::Here,
           nullptr},
    Action{"serve",
           {"运行：接受终端同步，提供网页", "run: let laptops sync, serve the pages"},
           "dossierd serve --listen 0.0.0.0:7520 --console 0.0.0.0:8443",
           kServe,
           Actor::Nobody,
           Runs::Here,
           nullptr},
    Action{"status",
           {"现况；客户与待处理的数目须说明身份（{in:as}）",
            "how things stand; with {in:as}, how many files and matters one may know of"},
           "dossierd status",
           {},
           Actor::Nobody,
           Runs::InUnit,
           status,
           Does::Reads},
    Action{"verify",
           {"核对全部数据", "hold all data against each other"},
           "dossierd verify",
           {},
           Actor::Nobody,
           Runs::InUnit,
           verify,
           Does::Machine},
    Action{"backup create",
           {"备份到新目录，不必停止服务", "back up to a new folder, also while running"},
           "dossierd backup create /backup/2026-03-02",
           kFolder,
           Actor::Administrator,
           Runs::OnStore,
           backup_create,
           Does::Machine},
    Action{"backup verify",
           {"核对一份备份", "verify a backup"},
           "dossierd backup verify /backup/2026-03-02",
           kFolder,
           Actor::Nobody,
           Runs::Here,
           nullptr},
    Action{
        "backup restore",
        {"把备份恢复到空的数据目录", "bring a backup back into an empty data folder"},
        "dossierd --dir /srv/dossier --key-file /safe/office.key backup restore /backup/2026-03-02",
        kFolder,
        Actor::Nobody,
        Runs::Here,
        nullptr},
    Action{"schema",
           {"数据字典：类型、字段、代码", "the data dictionary: kinds, fields, codes"},
           "dossierd schema --format json",
           kSchema,
           Actor::Nobody,
           Runs::Here,
           nullptr},
    Action{
        "version", {"版本", "version"}, "dossierd version", {}, Actor::Nobody, Runs::Here, nullptr},
    Action{"manual",
           {"打印手册页：全部命令、选项和退出码",
            "print the manual page: all commands, options and exit codes"},
           "dossierd manual --lang en",
           {},
           Actor::Nobody,
           Runs::Here,
           nullptr},
    Action{"completion bash",
           {"打印 bash 的命令补全脚本", "print the script by which bash completes commands"},
           "dossierd completion bash",
           {},
           Actor::Nobody,
           Runs::Here,
           nullptr},
};

}  // namespace

std::span<const Action> office_actions() {
    return kOfficeActions;
}

}  // namespace dossier::server
