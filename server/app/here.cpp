#include "server/app/here.hpp"

#include <array>
#include <charconv>
#include <filesystem>

#include "common/catalog/dictionary.hpp"
#include "common/catalog/organisation.hpp"
#include "common/cli/completion.hpp"
#include "common/cli/manual.hpp"
#include "common/vault/faults.hpp"

#include "server/accounts/audit_anchor.hpp"
#include "server/accounts/office_keys.hpp"
#include "server/app/console_home.hpp"
#include "server/app/office_home.hpp"
#include "server/app/run.hpp"
#include "server/app/serve.hpp"
#include "server/control/orders.hpp"
#include "server/web/pages.hpp"

namespace dossier::server {
namespace {

/// A command's surroundings before there is an office.
struct Here {
    const Parsed& parsed;
    const std::string& start;
    cli::Console& console;
    OfficeHome home;
    SystemClock clock;
    crypto::SystemRandom random;

    [[nodiscard]] const std::string& arg(std::string_view name) const {
        return parsed.inputs.text(name);
    }
    [[nodiscard]] std::string file(std::string_view name) const {
        return (std::filesystem::path(start) / name).lexically_normal().string();
    }
};

// ---- init -----------------------------------------------------------------------------------

merge::Op create(const catalog::Kind& kind,
                 const RecordId& id,
                 std::initializer_list<std::pair<std::string_view, Value>> values) {
    merge::Op op{.kind = merge::OpKind::Create, .record_kind = kind.tag, .record = id};
    for (const auto& [name, value] : values)
        assign(op.fields, catalog::find_field(kind, name)->tag, value);
    return op;
}

/// The first administrator, and the department and region every user needs.
Status make_first_people(Office& office, const std::string& login, const std::string& name) {
    const auto department = office.ids().make<RecordId>();
    const auto region = office.ids().make<RecordId>();
    const auto user = office.ids().make<RecordId>();
    merge::Changeset changeset;
    changeset.source = "cli";
    changeset.ops = {
        create(catalog::kDepartment, department,
               {{"code", "ZB"}, {"name", "总部"}, {"is_archive_owner", std::int64_t{1}}}),
        create(catalog::kRegion, region, {{"code", "ZB"}, {"name", "总部"}}),
        create(catalog::kUser, user,
               {{"login", login},
                {"employee_no", login},
                {"name", name},
                {"department_id", department},
                {"region_id", region},
                {"clearance", std::int64_t{0}}}),
        create(catalog::kRoleAssignment, office.ids().make<RecordId>(),
               {{"user_id", user}, {"role", "system_admin"}})};
    auto done = office.change(UserId{}, std::move(changeset));
    if (!done) return pass(done);
    office.store().set_meta(kFirstAdministrator, user.view());
    return {};
}

Result<int> init(Here& here) {
    const auto made = make_office_home(here.home, here.random);
    const bool was_there = !made && made.error().is(vault::kExists);
    if (!made && !was_there) return tl::unexpected(made.error());
    auto opened = open_office(here.home, here.clock, here.random);
    if (!opened) return pass(opened);
    auto& office = (*opened)->office;
    const std::string login = here.arg("admin").empty() ? "admin" : here.arg("admin");
    const std::string name = here.arg("admin-name").empty() ? "系统管理员" : here.arg("admin-name");
    Unit unit(office.store());
    // An interrupted init is taken up; a finished one is never overwritten.
    if (office.store().meta(kFirstAdministrator))
        return fail(vault::kExists, here.home.paths().database);
    make_office_keys(office.store(), here.random);
    const auto certificate = make_console_certificate(here.home, here.clock.now());
    if (!certificate) return tl::unexpected(certificate.error());
    if (auto first = make_first_people(office, login, name); !first) return pass(first);
    const auto keys = load_office_keys(office.store());
    if (!keys) return tl::unexpected(keys.error());
    const auto fingerprint = crypto::fingerprint(keys->channel.public_key);
    unit.commit();
    here.console.line(
        {"办公室已建立：{}\n密钥文件：{}（另存一份到安全处，丢失则数据无法打开）\n"
         "指纹：{}\n网页证书指纹：{}\n管理员：{}\n"
         "下一步：用 {do:user.password} 给 {} 设登录密码，再 {do:serve}，带上 {in:listen} "
         "0.0.0.0:7443 和 {in:console} "
         "127.0.0.1:8443，在浏览器里打开它显示的网址，页面列出其余步骤。"
         "只用命令行也行：{do:region.add}、{do:department.add}、{do:user.add}",
         "office made: {}\nkey file: {} (keep a copy in a safe place: without it the data stay "
         "shut)\nfingerprint: {}\nfingerprint of the pages' certificate: {}\nadministrator: {}\n"
         "next: give {} a password to sign in with by {do:user.password}, then {do:serve} with "
         "{in:listen} 0.0.0.0:7443 and {in:console} 127.0.0.1:8443, and open the address it shows "
         "in a browser: the pages list "
         "the other steps. The command line alone will do too: {do:region.add}, "
         "{do:department.add}, {do:user.add}"},
        {here.home.folder, here.home.key_path(), fingerprint, *certificate, login, login});
    here.console.document({{"folder", here.home.folder},
                           {"key_file", here.home.key_path()},
                           {"fingerprint", fingerprint},
                           {"certificate", *certificate},
                           {"admin", login}});
    return 0;
}

// ---- serve ----------------------------------------------------------------------------------

/// Imports and exports at once; more wait for their turn.
constexpr std::ptrdiff_t kFilesAtOnce = 2;

bool is_port(const std::string& digits, std::uint16_t& port) {
    const char* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, port);
    return read.ec == std::errc() && read.ptr == end;
}

/// The running office as a command sees it.
Workplace workplace_of(Office& office,
                       StoreThread& store,
                       const std::string& folder,
                       const std::string& listening) {
    return {.office = office,
            .in_unit = [&](const std::function<void()>& work) { store.run_and_wait(work); },
            .folder = folder,
            .listening = listening,
            .at_once =
                [&](const std::function<void()>& work) { store.run_and_wait(work, Turn::Urgent); },
            .give_way =
                [&] {
                    store.give_way();
                    office.people().forget();
                }};
}

/// What all who ask at once share.
struct Places {
    std::counting_semaphore<> files{kFilesAtOnce};
    // Two imports of one file at the same time would not see each other's rows.
    std::counting_semaphore<> import{1};
};

/// Where the console was asked for; nothing when it was not. Errors: cli.usage.
Result<std::optional<ConsoleAddress>> console_asked(const Here& here) {
    if (here.arg("console").empty()) return std::nullopt;
    const auto address = protocol::parse_address(here.arg("console"));
    std::uint16_t port = 0;
    if (!address || !is_port(address->port, port))
        return fail(cli::kWrongUsage, "--console HOST:PORT");
    const auto file = [&](std::string_view name) {
        return here.arg(name).empty() ? std::string() : here.file(here.arg(name));
    };
    return ConsoleAddress{.host = address->host,
                          .port = port,
                          .is_plain = here.parsed.inputs.has("plain"),
                          .names = here.parsed.inputs.all("console-name"),
                          .certificate = file("certificate"),
                          .private_key = file("private-key")};
}

/// In memory, where the machine has a place for that: nothing of a file that is passed on is
/// written to a disk.
std::string scratch_of(const OfficeHome& home) {
    std::error_code error;
    const bool has_memory = std::filesystem::is_directory("/dev/shm", error);
    const auto name = to_hex(ByteView(crypto::blake2b({bytes_of(home.folder)})).first(8));
    auto folder = has_memory ? "/dev/shm/dossierd-" + name : home.folder + "/console.passing";
    // Of a process that was killed: the lock of the office is ours.
    std::filesystem::remove_all(folder, error);
    return folder;
}

MakeDesk desk_of(Here& here, Office& office, Places& places) {
    return [&](StoreThread& store, const std::string& listening) {
        const auto answer = [&, listening](const control::Request& request,
                                           const control::StillWanted& wanted) {
            auto place = workplace_of(office, store, here.home.folder, listening);
            place.is_wanted = wanted;
            place.file_places = &places.files;
            place.import_place = &places.import;
            return answer_request(request, place);
        };
        return control::Desk{answer, is_urgent, control::refuse_request};
    };
}

MakeConsole console_of(Here& here, Office& office, Places& places, bool is_tls) {
    return [&, is_tls](StoreThread& store, const std::string& listening) {
        const auto place = [&, listening] {
            auto made = workplace_of(office, store, here.home.folder, listening);
            made.file_places = &places.files;
            made.import_place = &places.import;
            return made;
        };
        return std::make_unique<Console>(ConsoleOptions{.place = place,
                                                        .scratch = scratch_of(here.home),
                                                        .assets = office_pages(),
                                                        .is_tls = is_tls,
                                                        .clock = here.clock});
    };
}

void tell_ready(Here& here,
                const Ready& ready,
                const ConsoleAddress* console,
                const std::string& certificate) {
    here.console.line({"就绪：{}，指纹 {}", "ready: {}, fingerprint {}"},
                      {ready.listening, ready.fingerprint});
    action::Json document{{"listening", ready.listening}, {"fingerprint", ready.fingerprint}};
    if (console != nullptr) {
        const auto url = std::string(console->is_plain ? "http" : "https") + "://" + console->host +
                         ":" + std::to_string(ready.console_port) + "/";
        here.console.line({"网页：{}", "pages: {}"}, {url});
        if (!certificate.empty())
            here.console.line({"证书指纹：{}", "fingerprint of the certificate: {}"},
                              {certificate});
        document["console"] = url;
        document["certificate"] = certificate;
    }
    here.console.document(document);
    here.console.out.flush();
}

Result<int> serve_office(Here& here) {
    auto address = protocol::parse_address(here.arg("listen"));
    if (!address) return fail(cli::kWrongUsage, "--listen HOST:PORT");
    const auto asked = console_asked(here);
    if (!asked) return tl::unexpected(asked.error());
    auto opened = open_office(here.home, here.clock, here.random);
    if (!opened) return pass(opened);
    auto& office = (*opened)->office;
    ConsoleServing serving;
    if (*asked) {
        auto made = console_serving(here.home, **asked, here.clock.now());
        if (!made) return pass(made);
        serving = std::move(*made);
    }
    ServeOptions options{
        .folder = here.home.folder,
        .host = address->host,
        .port = address->port,
        .log_file = here.arg("log").empty() ? std::string() : here.file(here.arg("log"))};
    if (*asked) options.console = serving.options;
    Places places;
    const auto ready = [&](const Ready& told) {
        tell_ready(here, told, *asked ? &**asked : nullptr, serving.fingerprint);
    };
    auto served = serve(office, here.random, options, desk_of(here, office, places),
                        console_of(here, office, places, serving.options.tls != nullptr), ready);
    if (!served) return pass(served);
    return 0;
}

// ---- backup ---------------------------------------------------------------------------------

Result<int> backup_verify(Here& here) {
    const OfficeHome backup{here.file(here.arg("folder")), here.home.key_path()};
    auto opened = open_office(backup, here.clock, here.random);
    if (!opened) return pass(opened);
    Unit unit(*(*opened)->store);
    if (auto intact = (*opened)->store->verify([](std::string_view) {}); !intact)
        return pass(intact);
    if (auto held = hold_last_anchor((*opened)->office); !held) return pass(held);
    here.console.line({"备份 {} 完好", "backup {} is intact"}, {backup.folder});
    here.console.document({{"folder", backup.folder}, {"intact", true}});
    return 0;
}

Result<int> backup_restore(Here& here) {
    const auto from = here.file(here.arg("folder"));
    if (auto done = restore_office(here.home, from, here.clock, here.random); !done)
        return pass(done);
    here.console.line({"已从 {} 恢复到 {}；终端下次同步时会发现并核对",
                       "restored {} into {}; laptops notice at their next sync and compare"},
                      {from, here.home.folder});
    const OfficeHome usual{here.home.folder, {}};
    if (here.home.key_path() != usual.key_path())
        here.console.note({"以后的命令都要加 --key-file {}，或把它复制为 {}",
                           "name --key-file {} in every command, or copy it to {}"},
                          {here.home.key_path(), usual.key_path()});
    here.console.document({{"folder", here.home.folder}, {"from", from}});
    return 0;
}

// ---- words ----------------------------------------------------------------------------------

Result<int> schema(Here& here) {
    const auto& format = here.arg("format");
    if (!format.empty() && format != "md" && format != "json")
        return fail(cli::kWrongUsage, "--format md|json");
    if (format == "json" || here.console.json) {
        here.console.out << catalog::dictionary_json() << '\n';
    } else {
        here.console.out << catalog::dictionary_markdown(here.console.lang);
    }
    return 0;
}

Result<int> version(Here& here) {
    here.console.line({"dossierd {}，数据版本 {}", "dossierd {}, schema {}"},
                      {DOSSIER_VERSION, std::to_string(catalog::schema_version())});
    here.console.document({{"version", DOSSIER_VERSION}, {"schema", catalog::schema_version()}});
    return 0;
}

/// A page about the program's own command line.
Result<int> print_page(Here& here, std::string (*page)(const cli::Program&, Lang)) {
    Globals globals;
    here.console.page(page(program(globals), here.console.lang));
    return 0;
}

Result<int> manual(Here& here) {
    return print_page(here, cli::manual);
}

Result<int> completion(Here& here) {
    return print_page(here, cli::bash_completion);
}

struct HereCommand {
    std::string_view words;
    Result<int> (*run)(Here&);
};
constexpr std::array kHere{
    HereCommand{"init", init},
    HereCommand{"serve", serve_office},
    HereCommand{"backup verify", backup_verify},
    HereCommand{"backup restore", backup_restore},
    HereCommand{"schema", schema},
    HereCommand{"version", version},
    HereCommand{"manual", manual},
    HereCommand{"completion bash", completion},
};

}  // namespace

Result<int> run_here(const Parsed& parsed, const std::string& start, cli::Console& console) {
    Here here{parsed, start, console, {parsed.globals.folder, parsed.globals.key_file}, {}, {}};
    for (const auto& command : kHere) {
        if (command.words == parsed.action->words) return command.run(here);
    }
    return fail(cli::kWrongUsage, std::string(parsed.action->words));
}

}  // namespace dossier::server
