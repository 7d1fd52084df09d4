// The laptop and its office: how things stand, and the sync.
#include <array>

#include "common/catalog/customer.hpp"
#include "common/catalog/describe.hpp"

#include "client/actions/connect.hpp"
#include "client/actions/enroll.hpp"
#include "client/actions/sync_words.hpp"
#include "client/actions/tables.hpp"
#include "client/reading/locked.hpp"

namespace dossier::client {
namespace {

constexpr std::size_t kIncidentsShown = 3;

constexpr std::array kEnroll{
    Input{"invite", "CODE", {"管理员给的邀请码", "the code an administrator gave you"}},
    Input{.name = "invite_file",
          .value = "FILE",
          .help = {"从文件读邀请码，- 为标准输入", "read it from a file; - is standard input"},
          .means = Means::FirstLine},
    Input{"name", "NAME", {"本机名称", "name of this laptop"}},
    Input{"check",
          "",
          {"只显示邀请码里办公室的地址和指纹，供核对，不登记",
           "only show the office's address and fingerprint of the invite, to compare"},
          Give::Flag},
    kServer,
};
constexpr std::array kSync{kServer};
constexpr std::array kRun{
    Input{"open", "", {"同时打开网页", "open the page, too"}, Give::Flag},
    Input{"port",
          "N",
          {"网页的端口，默认 7480 起的空闲端口",
           "port of the page; by default the "
           "first free one from 7480 on"}},
};

// ---- status ---------------------------------------------------------------------------------

/// Whether and until when what lies here may be read, and what is sealed.
void tell_lock(Context& context) {
    auto& answer = context.answer;
    if (const auto sealed = context.store.outbox.sealed_count(); sealed > 0)
        answer.line(
            {"其中 {} 次修改已封存，只有办公室能读，下次同步送达",
             "{} of them are sealed: only the office can read them, the next sync delivers"},
            {std::to_string(sealed)});
    if (context.lock != Lock::Open) {
        answer.plain(catalog::describe(reason_of(context.store, context.lock), answer.lang));
        return;
    }
    if (const Instant until = context.store.lease.until(); until.ms != 0)
        answer.line({"离线可查看至：{}", "readable without a sync until: {}"},
                    {office_minute(until)});
}

/// Who uses this laptop and what the office thinks of it.
void tell_identity(Context& context, action::Json& document) {
    const auto identity = context.store.meta.identity();
    if (!identity) {
        context.answer.line(Text{"本机尚未登记：取得邀请码后运行 {do:enroll}",
                                 "not enrolled yet: ask for an invite and run {do:enroll}"});
        return;
    }
    const auto state = device_state(identity->device_state);
    const auto fingerprint = own_fingerprint(context.store);
    document["device"] = identity->device_code;
    document["user"] = identity->user_name;
    document["server"] = identity->server_address;
    document["fingerprint"] = fingerprint;
    document["state"] = state.en;
    context.answer.line(
        {"终端 {}　使用人 {}　办公室 {}　{}", "device {}  user {}  office {}  {}"},
        {identity->device_code, identity->user_name, identity->server_address, context.say(state)});
    using protocol::DeviceState;
    if (static_cast<DeviceState>(identity->device_state) == DeviceState::Pending)
        context.answer.line(kAskForApproval, {fingerprint});
}

Result<int> status(Context& context) {
    auto& store = context.store;
    auto& answer = context.answer;
    const auto unsent = store.outbox.unsent_count();
    const auto unread = store.tray.unread_count();
    const auto to_send = store.attachments.upload_count();
    const auto to_fetch = store.attachments.missing_count();
    const auto customers = store.replica.count(catalog::kCustomer);
    const Instant last = store.last_finished();
    action::Json document{{"dir", context.laptop.folder},
                          {"customers", customers},
                          {"unsent", unsent},
                          {"tray", unread},
                          {"attachments_to_send", to_send},
                          {"attachments_to_fetch", to_fetch},
                          {"sealed", store.outbox.sealed_count()}};
    if (context.lock != Lock::Open) document["locked"] = reason_of(store, context.lock).id();
    if (store.lease.until().ms != 0) document["readable_until"] = iso_utc(store.lease.until());
    document["last_sync"] = last.ms == 0 ? action::Json(nullptr) : action::Json(iso_utc(last));
    tell_identity(context, document);
    answer.document(std::move(document));
    answer.line({"客户 {} 条　待上传 {} 条　未采纳/待处理 {} 条未读",
                 "customers {}  waiting for sync {}  unread in tray {}"},
                {std::to_string(customers), std::to_string(unsent), std::to_string(unread)});
    if (to_send + to_fetch > 0)
        answer.line({"附件：待上传 {} 个，待下载 {} 个", "attachments: {} to send, {} to fetch"},
                    {std::to_string(to_send), std::to_string(to_fetch)});
    answer.line({"最近同步：{}", "last sync: {}"},
                {last.ms == 0 ? context.say({"从未", "never"}) : office_minute(last)});
    tell_lock(context);
    for (const Incident& incident : store.incidents(kIncidentsShown))
        answer.line({"提示 {}：{}", "note {}: {}"},
                    {office_minute(incident.at), incident_line(incident, answer.lang)});
    return 0;
}

// ---- session --------------------------------------------------------------------------------

constexpr std::size_t kSessionsListed = 20;

Result<int> list_sessions(Context& context) {
    action::Table table{{context.say({"开始", "Began"}), context.say({"完成", "Finished"}),
                         context.say({"上传", "Sent"}), context.say({"接收", "Received"}),
                         context.say({"未采纳", "Not taken"})}};
    auto list = action::Json::array();
    for (const SessionLine& line : context.store.sessions(kSessionsListed)) {
        const bool is_cut = line.finished_at.ms == 0;
        table.row({office_minute(line.started_at),
                   is_cut ? context.say({"中断", "cut"}) : office_minute(line.finished_at),
                   std::to_string(line.sent), std::to_string(line.received),
                   std::to_string(line.refused)});
        list.push_back({{"id", line.id},
                        {"started_at", iso_utc(line.started_at)},
                        {"finished_at",
                         is_cut ? action::Json(nullptr) : action::Json(iso_utc(line.finished_at))},
                        {"sent", line.sent},
                        {"received", line.received},
                        {"refused", line.refused},
                        {"incidents", line.incidents}});
    }
    if (table.is_empty()) {
        context.answer.line(Text{"还没有同步过", "no sync yet"});
    } else {
        context.answer.table(std::move(table));
    }
    context.answer.document(std::move(list));
    return 0;
}

// ---- sync -----------------------------------------------------------------------------------

Text phase_word(std::string_view phase) {
    if (phase == "push") return {"上传", "sending"};
    if (phase == "pull") return {"接收", "receiving"};
    if (phase == "attachments") return {"附件", "attachments"};
    if (phase == "bye") return {"核对", "verifying"};
    return {"连接", "connecting"};
}

Progress progress_of(const Engine& engine) {
    const Report& report = engine.report();
    return {
        .code = engine.phase(),
        .phase = phase_word(engine.phase()),
        .sent = report.sent,
        .received = report.received,
        .bytes = report.bytes_received + report.content_bytes_sent + report.content_bytes_received};
}

void tell(Context& context, Tell how) {
    how(context.answer);
    if (context.exchange.on_told) context.exchange.on_told(std::move(how));
}

Result<int> sync(Context& context) {
    const auto options = connection_options(context);
    if (!options) return tl::unexpected(options.error());
    NullLog log;
    Connection connection(context.store, context.laptop.clock, context.laptop.random, log,
                          *options);
    auto report = connection.sync([&](const Engine& engine) {
        if (context.exchange.on_progress) context.exchange.on_progress(progress_of(engine));
    });
    const auto turn = context.laptop.take_turn();
    if (!report) {
        // Told even when the office then showed the door: what was written is there.
        const Report& last = connection.last();
        if (last.sent + last.contents_sent > 0)
            tell(context,
                 [sent = last.sent, contents = last.contents_sent](action::Answer& answer) {
                     answer.note(
                         {"已上传 {} 次修改，{} 个附件", "{} changes and {} attachments were sent"},
                         {std::to_string(sent), std::to_string(contents)});
                 });
        return pass(report);
    }
    if (report->wiped) {
        tell(context, [report = *report](action::Answer& answer) { answer_wiped(answer, report); });
        return 0;
    }
    if (context.laptop.turns == nullptr) context.store.search.catch_up();
    tell(context, [report = *report, has_no_scope = context.store.scopes.list().empty()](
                      action::Answer& answer) { answer_report(answer, report, has_no_scope); });
    return 0;
}

}  // namespace

std::span<const Action> laptop_actions() {
    static constexpr std::array kActions{
        Action{"init",
               {"在本机建立加密档案库", "make the encrypted store"},
               "dossier init",
               {},
               Needs::Nothing},
        Action{"enroll",
               {"用邀请码登记本机；已登记的，按邀请码更新办公室的地址和密钥",
                "enroll this laptop with an invite; one that is enrolled learns the office's "
                "address and key from it"},
               "dossier enroll --invite 0ABC…@office:7443",
               kEnroll,
               Needs::Office,
               enroll,
               WhenLocked::Runs},
        Action{
            "status",
            {"本机状态：待上传、未采纳、最近同步", "what waits, what was not taken, the last sync"},
            "dossier status",
            {},
            Needs::Reading,
            status,
            WhenLocked::Runs},
        Action{"sync",
               {"与办公室同步", "sync with the office"},
               "dossier sync",
               kSync,
               Needs::Office,
               sync,
               WhenLocked::Runs},
        Action{"session list",
               {"最近 20 次同步，新的在前", "the last 20 syncs, newest first"},
               "dossier session list",
               {},
               Needs::Reading,
               list_sessions,
               WhenLocked::Runs},
        Action{"run",
               {"在本机提供网页并自动同步，直到停止",
                "serve the page on this laptop and sync by itself, until stopped"},
               "dossier run --open",
               kRun,
               Needs::Nothing},
        Action{"open",
               {"在浏览器中打开正在运行的程序的网页",
                "open the page of the program that is running in the browser"},
               "dossier open",
               {},
               Needs::Nothing},
        Action{"unlock",
               {"解锁正在运行的程序", "unlock the program that is running"},
               "dossier unlock",
               {},
               Needs::Nothing},
        Action{"lock",
               {"锁定：关闭档案库，密钥离开内存", "lock: close the store, keys leave the memory"},
               "dossier lock",
               {},
               Needs::Nothing},
        Action{"stop",
               {"停止正在运行的程序", "stop the program that is running"},
               "dossier stop",
               {},
               Needs::Nothing},
        Action{"version", {"版本", "version"}, "dossier version", {}, Needs::Nothing},
        Action{"manual",
               {"打印手册页：全部命令、选项和退出码",
                "print the manual page: all commands, options and exit codes"},
               "dossier manual --lang en",
               {},
               Needs::Nothing},
        Action{"completion bash",
               {"打印 bash 的命令补全脚本", "print the script by which bash completes commands"},
               "dossier completion bash",
               {},
               Needs::Nothing},
    };
    return kActions;
}

}  // namespace dossier::client
