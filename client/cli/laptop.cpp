// init, enroll, status, sync, version: the laptop and its office.
#include <array>
#include <cstdio>
#include <filesystem>

#include <unistd.h>

#include "common/catalog/customer.hpp"
#include "common/catalog/describe.hpp"
#include "common/vault/slots.hpp"

#include "protocol/invite_code.hpp"
#include "protocol/messages.hpp"

#include "client/cli/gate.hpp"
#include "client/cli/home.hpp"
#include "client/cli/sync_words.hpp"
#include "client/cli/words.hpp"
#include "client/faults.hpp"
#include "client/sync/connection.hpp"

namespace dossier::client {
namespace {

constexpr std::string_view kVersion = DOSSIER_VERSION;

Result<int> init(Context& context) {
    auto how = unlock_from(context.globals, context.console, Asking::Twice);
    if (!how) return pass(how);
    if (auto made = make_home(context.globals, *how, context.random); !made) return pass(made);
    context.console.line({"已在 {} 建立加密档案库。下一步：dossier enroll --invite 邀请码",
                          "made an encrypted store in {}. Next: dossier enroll --invite CODE"},
                         {context.globals.dir});
    context.console.document({{"dir", context.globals.dir}});
    return 0;
}

/// Errors: cli.usage for a --server that is no HOST:PORT.
Result<ConnectionOptions> connection_options(Context& context) {
    ConnectionOptions options;
    if (context.has("server") && !protocol::parse_address(context.value("server")))
        return fail(cli::kWrongUsage, "--server " + context.value("server") + " (HOST:PORT)");
    options.engine.app_version = std::string(kVersion);
    options.address = context.value("server");
    return options;
}

std::string host_name() {
    std::array<char, 256> name{};
    ::gethostname(name.data(), name.size() - 1);
    return name.data();
}

Text device_state(std::uint8_t state) {
    switch (static_cast<protocol::DeviceState>(state)) {
        case protocol::DeviceState::Pending:
            return {"待批准", "waiting for approval"};
        case protocol::DeviceState::Active:
            return {"已批准", "approved"};
        case protocol::DeviceState::Suspended:
            return {"已暂停", "suspended"};
        case protocol::DeviceState::Revoked:
            return {"已吊销", "revoked"};
        case protocol::DeviceState::Lost:
            return {"已报失", "lost"};
    }
    return {"未登记", "not enrolled"};
}

/// What the administrator compares before he approves this laptop; empty before it has a key.
std::string own_fingerprint(Store& store) {
    const auto secret = store.meta.device_key();
    if (!secret) return {};
    return crypto::fingerprint(crypto::key_pair_of(secret->view()).public_key);
}

void print_pending(Context& context) {
    context.console.line({"本机指纹 {}：请管理员核对并批准，然后运行 dossier sync",
                          "fingerprint {}: once an administrator has compared it and approved this "
                          "laptop, run dossier sync"},
                         {own_fingerprint(*context.store)});
}

/// From the command line, which other users of the machine can see, or the first line of a file or
/// of standard input. Errors: cli.usage, client.cannot_read.
Result<std::string> invite_code(Context& context) {
    const auto wrong = fail(
        cli::kWrongUsage,
        context.console.in({"缺少 --invite 邀请码 或 --invite-file 文件（- 为标准输入），二者取一",
                            "give --invite CODE or --invite-file FILE (- is standard input)"}));
    if (context.has("invite") == context.has("invite-file")) return wrong;
    if (context.has("invite")) return context.value("invite");
    std::string line;
    if (context.value("invite-file") == "-") {
        std::getline(context.in, line);
    } else {
        auto read = first_line(context.value("invite-file"));
        if (!read) return read;
        line = std::move(*read);
    }
    const auto code = canonical_text(line);
    if (!code || code->empty()) return wrong;
    return *code;
}

Result<int> enroll(Context& context) {
    const auto options = connection_options(context);
    if (!options) return tl::unexpected(options.error());
    const auto invite = invite_code(context);
    if (!invite) return tl::unexpected(invite.error());
    NullLog log;
    Connection connection(*context.store, context.clock, context.random, log, *options);
    const std::string name = context.has("name") ? context.value("name") : host_name();
    const bool is_again = context.store->meta.identity().has_value();
    auto identity = connection.enrol(*invite, name);
    if (!identity) return pass(identity);
    if (connection.is_known_again())
        context.console.line({"办公室重新收下了本机（终端 {}），本机的资料和记录不变",
                              "the office knows this laptop again, as device {}; everything here "
                              "stays"},
                             {identity->device_code});
    if (is_again && !connection.is_known_again()) {
        const auto fingerprint = crypto::fingerprint(identity->server_key);
        context.console.line({"已按邀请码更新办公室的地址和密钥：{}，指纹 {}；本机数据不变",
                              "the office's address and key are those of the invite now: {}, "
                              "fingerprint {}; nothing else changed"},
                             {identity->server_address, fingerprint});
        context.console.document({{"server", identity->server_address}, {"office", fingerprint}});
        return 0;
    }
    // A forgotten passphrase or a leaver must lose nothing: the office can open this vault too.
    auto how = unlock_from(context.globals, context.console, Asking::Once);
    if (!how) return pass(how);
    if (auto added =
            vault::add_recovery_slot(paths_in(context.globals.dir), *how, identity->recovery_key);
        !added)
        return pass(added);
    context.console.line(
        {"已登记为终端 {}（使用人 {}），状态：{}", "enrolled as device {} of {}, state: {}"},
        {identity->device_code, identity->user_name,
         std::string(context.console.in(device_state(identity->device_state)))});
    if (static_cast<protocol::DeviceState>(identity->device_state) ==
        protocol::DeviceState::Pending)
        print_pending(context);
    context.console.document({{"device", identity->device_code},
                              {"user", identity->user_name},
                              {"fingerprint", own_fingerprint(*context.store)},
                              {"state", device_state(identity->device_state).en}});
    return 0;
}

/// Whether and until when what lies here may be read, and what is sealed.
void print_lock(Context& context) {
    auto& store = *context.store;
    auto& console = context.console;
    if (const auto sealed = store.outbox.sealed_count(); sealed > 0)
        console.line(
            {"其中 {} 次修改已封存，只有办公室能读，下次同步送达",
             "{} of them are sealed: only the office can read them, the next sync delivers"},
            {std::to_string(sealed)});
    if (context.lock != Lock::Open) {
        console.plain(catalog::describe(reason_of(store, context.lock), console.lang));
        return;
    }
    if (store.lease.until().ms != 0)
        console.line({"离线可查看至：{}", "readable without a sync until: {}"},
                     {office_minute(store.lease.until())});
}

Result<int> status(Context& context) {
    auto& store = *context.store;
    const auto identity = store.meta.identity();
    const auto unsent = store.outbox.unsent_count();
    const auto unread = store.tray.unread_count();
    const auto to_send = store.attachments.upload_count();
    const auto to_fetch = store.attachments.missing_count();
    const auto customers = store.replica.count(catalog::kCustomer);
    const Instant last = store.last_finished();
    cli::Json document{{"dir", context.globals.dir},
                       {"customers", customers},
                       {"unsent", unsent},
                       {"tray", unread},
                       {"attachments_to_send", to_send},
                       {"attachments_to_fetch", to_fetch},
                       {"sealed", store.outbox.sealed_count()}};
    if (context.lock != Lock::Open) document["locked"] = reason_of(store, context.lock).id();
    if (store.lease.until().ms != 0) document["readable_until"] = iso_utc(store.lease.until());
    document["last_sync"] = last.ms == 0 ? cli::Json(nullptr) : cli::Json(iso_utc(last));
    if (identity) {
        document["device"] = identity->device_code;
        document["user"] = identity->user_name;
        document["server"] = identity->server_address;
        document["fingerprint"] = own_fingerprint(store);
        document["state"] = device_state(identity->device_state).en;
    }
    context.console.document(document);
    if (context.console.json) return 0;
    auto& console = context.console;
    if (identity) {
        console.line({"终端 {}　使用人 {}　办公室 {}　{}", "device {}  user {}  office {}  {}"},
                     {identity->device_code, identity->user_name, identity->server_address,
                      std::string(console.in(device_state(identity->device_state)))});
        const auto state = static_cast<protocol::DeviceState>(identity->device_state);
        if (state == protocol::DeviceState::Pending) print_pending(context);
    } else {
        console.line(Text{"本机尚未登记：dossier enroll --invite 邀请码",
                          "not enrolled yet: dossier enroll --invite CODE"});
    }
    console.line({"客户 {} 条　待同步 {} 条　未采纳/待处理 {} 条未读",
                  "customers {}  waiting for sync {}  unread in tray {}"},
                 {std::to_string(customers), std::to_string(unsent), std::to_string(unread)});
    if (to_send + to_fetch > 0)
        console.line({"附件：待上传 {} 个，待下载 {} 个", "attachments: {} to send, {} to fetch"},
                     {std::to_string(to_send), std::to_string(to_fetch)});
    console.line({"最近同步：{}", "last sync: {}"},
                 {last.ms == 0 ? std::string(console.in({"从未", "never"})) : office_minute(last)});
    print_lock(context);
    for (const Incident& incident : store.incidents(3))
        console.line({"提示 {}：{}", "note {}: {}"},
                     {office_minute(incident.at), incident_line(incident, console.lang)});
    return 0;
}

Text phase_word(std::string_view phase) {
    if (phase == "push") return {"上传", "sending"};
    if (phase == "pull") return {"接收", "receiving"};
    if (phase == "attachments") return {"附件", "attachments"};
    if (phase == "bye") return {"核对", "verifying"};
    return {"连接", "connecting"};
}

/// On a terminal one line that changes; elsewhere a line every five seconds.
class ProgressLine {
  public:
    explicit ProgressLine(Context& context)
        : context_(context),
          terminal_(::isatty(STDERR_FILENO) != 0),
          last_ms_(terminal_ ? 0 : context.clock.ticks_ms()) {}
    ~ProgressLine() {
        if (shown_ && terminal_) context_.console.err << "\r\033[K";
    }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const Engine& engine) {
        const std::int64_t now = context_.clock.ticks_ms();
        if (context_.globals.quiet || context_.console.json ||
            now - last_ms_ < (terminal_ ? 100 : 5000))
            return;
        last_ms_ = now;
        const Report& report = engine.report();
        const std::string args[] = {
            std::string(context_.console.in(phase_word(engine.phase()))),
            std::to_string(report.sent), std::to_string(report.received),
            std::to_string((report.bytes_received + report.content_bytes_sent +
                            report.content_bytes_received) /
                           1024)};
        const auto pattern = context_.console.in(
            {"{}：已上传 {}，已接收 {}（{} KB）", "{}: sent {}, received {} ({} KB)"});
        context_.console.err << (terminal_ ? "\r\033[K" : "") << fill(pattern, args)
                             << (terminal_ ? "" : "\n") << std::flush;
        shown_ = true;
    }

  private:
    Context& context_;
    bool terminal_;
    std::int64_t last_ms_;
    bool shown_ = false;
};

Result<int> sync(Context& context) {
    const auto options = connection_options(context);
    if (!options) return tl::unexpected(options.error());
    NullLog log;
    Connection connection(*context.store, context.clock, context.random, log, *options);
    ProgressLine line(context);
    auto report = connection.sync([&](const Engine& engine) { line.show(engine); });
    if (!report) {
        // Told even when the office then showed the door: what was written is there.
        const Report& last = connection.last();
        if (last.sent + last.contents_sent > 0)
            context.console.note(
                {"已上传 {} 次修改，{} 个附件", "{} changes and {} attachments were sent"},
                {std::to_string(last.sent), std::to_string(last.contents_sent)});
        return pass(report);
    }
    if (report->wiped) {
        print_wiped(context, *report);
        return 0;
    }
    context.store->search.catch_up();
    print_report(context, *report);
    return 0;
}

Result<int> version(Context& context) {
    context.console.plain("dossier " + std::string(kVersion) + "  protocol " +
                          std::to_string(protocol::kProtocolMax) + "  schema " +
                          std::to_string(catalog::kSchemaVersion));
    context.console.document({{"version", kVersion},
                              {"protocol", protocol::kProtocolMax},
                              {"schema", catalog::kSchemaVersion}});
    return 0;
}

}  // namespace

std::span<const Command> laptop_commands() {
    static const Option kServer{"server",
                                {"办公室地址 HOST:PORT（默认用邀请码里的）",
                                 "office HOST:PORT (default: the one of the invite)"}};
    static const std::array kCommands{
        Command{.path = "init",
                .help = {"在本机建立加密档案库", "make the encrypted store"},
                .example = "dossier init",
                .needs = Needs::Nothing,
                .run = init},
        Command{.path = "enroll",
                .help = {"用邀请码登记本机；已登记的，按邀请码更新办公室的地址和密钥",
                         "enroll this laptop with an invite; one that is enrolled learns the "
                         "office's address and key from it"},
                .example = "dossier enroll --invite 0ABC…@office:7443",
                .options = {{.name = "invite",
                             .help = {"管理员给的邀请码", "the code an administrator gave you"}},
                            {"invite-file",
                             {"从文件读邀请码，- 为标准输入",
                              "read it from a file; - is standard input"}},
                            {"name", {"本机名称", "name of this laptop"}},
                            kServer},
                .run = enroll,
                .when_locked = WhenLocked::Runs},
        Command{.path = "status",
                .help = {"本机状态：待同步、未采纳、最近同步",
                         "what waits, what was not taken, the last sync"},
                .example = "dossier status",
                .run = status,
                .when_locked = WhenLocked::Runs},
        Command{.path = "sync",
                .help = {"与办公室同步", "sync with the office"},
                .example = "dossier sync",
                .options = {kServer},
                .run = sync,
                .when_locked = WhenLocked::Runs},
        Command{.path = "version",
                .help = {"版本", "version"},
                .example = "dossier version",
                .needs = Needs::Nothing,
                .run = version},
    };
    return kCommands;
}

}  // namespace dossier::client
