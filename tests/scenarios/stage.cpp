#include "tests/scenarios/stage.hpp"

#include <array>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "common/base/check.hpp"
#include "common/catalog/organisation.hpp"
#include "common/cli/render.hpp"

#include "client/actions/perform.hpp"
#include "client/cli/parse.hpp"
#include "server/accounts/office_keys.hpp"
#include "tests/support/unsaid.hpp"
#include "tests/support/values.hpp"

namespace dossier::test {
namespace {

std::vector<std::string> split(std::string_view line) {
    std::vector<std::string> words;
    std::istringstream rest{std::string(line)};
    for (std::string word; rest >> word;) words.push_back(word);
    return words;
}

Said said_of(int code, const std::ostringstream& out, const std::ostringstream& err) {
    CHECK_MESSAGE(!leaves_unsaid(out.str()), out.str());
    CHECK_MESSAGE(!leaves_unsaid(err.str()), err.str());
    return {code, out.str(), err.str()};
}

/// login, name, department, region, superior, clearance, role.
struct Person {
    std::string_view login, name, department, region, superior, clearance, role;
};
constexpr std::array kCast{
    Person{"xug", "许刚", "ZB", "ZB", "", "3", "general_manager"},
    Person{"fengl", "冯磊", "ZB", "ZB", "xug", "3", "marketing_director"},
    Person{"zhengh", "郑华", "KF", "ZB", "xug", "3", "service_manager"},
    Person{"qianj", "钱进", "SC", "ZB", "fengl", "2", "market_manager"},
    Person{"zhangw", "张伟", "YQ", "HD", "fengl", "2", "regional_manager"},
    Person{"lijg", "李建国", "YQ", "HD", "zhangw", "1", "salesperson"},
    Person{"wangf", "王芳", "YQ", "HD", "zhangw", "1", "salesperson"},
    Person{"hey", "何勇", "SC", "HD", "qianj", "1", "market_inspector"},
    Person{"liuy", "刘洋", "KF", "ZB", "qianj", "2", "info_clerk"},
    Person{"wum", "吴敏", "KF", "ZB", "zhengh", "2", "service_supervisor"},
    Person{"sunl", "孙丽", "KF", "ZB", "zhengh", "2", "archive_keeper"},
    Person{"zhouj", "周洁", "KF", "ZB", "zhengh", "2", "archive_keeper"},
    Person{"chenj", "陈静", "KF", "HD", "zhengh", "1", "service_staff"},
    Person{"zhaom", "赵敏", "SH", "HD", "zhengh", "1", "technician"},
    Person{"hanm", "韩梅", "QH", "ZB", "xug", "2", "planning_analyst"},
};

}  // namespace

std::string Said::fate() const {
    if (code == 0) return "ok";
    // Under --json the last line of what it complained says what refused it.
    const auto start = err.rfind("{\"message_type\"");
    if (start == std::string::npos) return err;
    return cli::Json::parse(err.substr(start)).value("id", err);
}

Stage::Stage()
    : clock_{*instant_from("2026-03-01 09:00")},
      place_{.office = office_,
             .in_unit =
                 [this](const std::function<void()>& work) {
                     server::Unit unit(office_.store());
                     work();
                     unit.commit();
                 },
             .folder = store_.folder().string()} {
    make_people();
}

void Stage::make_people() {
    {
        // The first administrator is made as `init` makes him.
        server::Unit unit(*store_);
        server::make_office_keys(*store_, random_);
        const auto user = office_.ids().make<RecordId>();
        const auto create = [&](const catalog::Kind& kind, const RecordId& id,
                                const GivenFields& values) {
            return merge::Op{.kind = merge::OpKind::Create,
                             .record_kind = kind.tag,
                             .record = id,
                             .fields = values_of(kind, values)};
        };
        const auto department = office_.ids().make<RecordId>();
        const auto region = office_.ids().make<RecordId>();
        merge::Changeset changeset;
        changeset.ops = {
            create(catalog::kDepartment, department,
                   {{"code", words("ZB")}, {"name", words("总部")}}),
            create(catalog::kRegion, region, {{"code", words("ZB")}, {"name", words("总部")}}),
            create(catalog::kUser, user,
                   {{"login", words("luop")},
                    {"employee_no", words("A1")},
                    {"name", words("罗平")},
                    {"department_id", department},
                    {"region_id", region},
                    {"clearance", std::int64_t{0}}}),
            create(catalog::kRoleAssignment, office_.ids().make<RecordId>(),
                   {{"user_id", user}, {"role", words("system_admin")}})};
        DOSSIER_CHECK(office_.change(UserId{}, std::move(changeset)).has_value());
        store_->set_meta(server::kFirstAdministrator, user.view());
        unit.commit();
    }
    for (const char* line :
         {"region add HD 华东", "department add YQ 仪器销售部", "department add SC 市场部",
          "department add KF 客户服务部", "department add SH 售后部", "department add QH 企划部"})
        done("luop", line);
    for (const auto& [login, name, department, region, superior, clearance, role] : kCast) {
        std::string line = "user add " + std::string(login) + " --name " + std::string(name) +
                           " --department " + std::string(department) + " --region " +
                           std::string(region) + " --clearance " + std::string(clearance) +
                           " --role " + std::string(role);
        if (!superior.empty()) line += " --superior " + std::string(superior);
        done("luop", line);
    }
}

void Stage::at(std::string_view when) {
    clock_.set(*instant_from(when));
    for (auto& [login, owned] : laptops_) owned.laptop->clock.set(clock_.now().plus(owned.off));
}

Said Stage::office(std::string_view login, std::string_view line, std::string_view purpose) {
    auto typed = split(line);
    for (const auto* each : {"--lang", "zh-CN", "--json", "--as"}) typed.emplace_back(each);
    typed.emplace_back(login);
    if (!purpose.empty()) {
        typed.emplace_back("--purpose");
        typed.emplace_back(purpose);
    }
    std::ostringstream out;
    std::ostringstream err;
    const auto parsed = server::parse(typed);
    if (!parsed) {
        cli::Console console{out, err, server::kProgramName, Lang::Zh, true};
        const int code = console.fail(parsed.error());
        return said_of(code, out, err);
    }
    const int code = server::run_command(*parsed, store_.folder().string(), place_, out, err);
    return said_of(code, out, err);
}

cli::Json Stage::done(std::string_view login, std::string_view line, std::string_view purpose) {
    const auto said = office(login, line, purpose);
    REQUIRE_MESSAGE(said.code == 0, line << ": " << said.err);
    return said.out.empty() ? cli::Json() : said.json();
}

void Stage::job(std::string_view name) {
    done("luop", "job run " + std::string(name));
}

void Stage::gives_laptop(std::string_view login) {
    auto& owned = laptops_[std::string(login)];
    owned.laptop = std::make_unique<Laptop>(100 + laptops_.size());
    owned.laptop->clock.set(clock_.now());
    const auto invite =
        done("luop", "invite create --user " + std::string(login) + " --host 127.0.0.1:1");
    {
        const Server server(*store_, office_);
        owned.laptop->options.address = server.address();
        REQUIRE(owned.laptop->enrol(invite.at("code")).has_value());
    }
    done("luop", "device approve " + owned.laptop->store().meta.identity()->device_code);
    syncs(login);
}

Laptop& Stage::of(std::string_view login) {
    const auto at = laptops_.find(login);
    DOSSIER_CHECK(at != laptops_.end());
    return *at->second.laptop;
}

Said Stage::laptop(std::string_view login, std::string_view line) {
    auto typed = split(line);
    for (const auto* each : {"--lang", "zh-CN", "--json"}) typed.emplace_back(each);
    std::ostringstream out;
    std::ostringstream err;
    cli::Console console{out, err, client::kProgramName, Lang::Zh, true};
    const auto parsed = client::parse(typed);
    if (!parsed) {
        const int code = console.fail(parsed.error());
        return said_of(code, out, err);
    }
    Laptop& own = of(login);
    client::Laptop place{own.store(), own.intake(), own.ids, own.clock, own.random};
    const client::Order order{.action = parsed->action, .inputs = parsed->inputs, .lang = Lang::Zh};
    const int code = cli::render(console, client::perform(order, place));
    return said_of(code, out, err);
}

cli::Json Stage::writes(std::string_view login, std::string_view line) {
    const auto said = laptop(login, line);
    REQUIRE_MESSAGE(said.code == 0, line << ": " << said.err);
    return said.out.empty() ? cli::Json() : said.json();
}

void Stage::clock_is_off(std::string_view login, std::chrono::milliseconds by) {
    auto& owned = laptops_.at(std::string(login));
    owned.off = by;
    owned.laptop->clock.set(clock_.now().plus(by));
}

void Stage::syncs(std::string_view login) {
    const Server server(*store_, office_);
    const auto report = of(login).sync(server.address());
    REQUIRE_MESSAGE(report.has_value(),
                    (report ? std::string() : describe(report.error(), Lang::Zh)));
    CHECK(report->verified);
    of(login).store().search.catch_up();
}

std::string Stage::file(std::string_view name, std::string_view content) {
    const auto path = store_.folder() / name;
    std::ofstream(path, std::ios::binary) << content;
    return path.string();
}

std::string Stage::value(std::string_view login,
                         std::string_view kind,
                         std::string_view record,
                         std::string_view field) {
    const auto shown = done(login, std::string(kind) + " show " + std::string(record), "查看档案");
    const auto& values = shown.at("values");
    const auto at = values.find(std::string(field));
    if (at == values.end()) return {};
    return at->is_string() ? at->get<std::string>() : at->dump();
}

}  // namespace dossier::test
