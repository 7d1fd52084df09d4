#include "tests/unit/server/cli/counter.hpp"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "common/base/check.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"

#include "server/accounts/office_keys.hpp"
#include "tests/support/unsaid.hpp"

namespace dossier::test {
namespace {

using catalog::field;

merge::Op create(const catalog::Kind& kind,
                 const RecordId& id,
                 std::initializer_list<std::pair<std::string_view, Value>> values) {
    merge::Op op{.kind = merge::OpKind::Create, .record_kind = kind.tag, .record = id};
    for (const auto& [name, value] : values)
        assign(op.fields, catalog::find_field(kind, name)->tag, value);
    return op;
}

}  // namespace

Counter::Counter()
    : place{.office = office,
            .in_unit =
                [this](const std::function<void()>& work) {
                    server::Unit unit(office.store());
                    work();
                    unit.commit();
                },
            .folder = store.folder().string()} {
    make_administrator();
    for (const char* line :
         {"region add HD 华东", "department add YQ 仪器销售部",
          "user add zhangw --name 张伟 --department YQ --region HD --clearance 2 --role "
          "regional_manager",
          "user add lijg --name 李建国 --department YQ --region HD --superior zhangw --role "
          "salesperson",
          "user add wangf --name 王芳 --department YQ --region HD --superior zhangw --role "
          "salesperson",
          "user add hanm --name 韩梅 --department ZB --region ZB --clearance 2 --role info_clerk",
          "user add sunli --name 孙丽 --department ZB --region ZB --clearance 3 --role "
          "service_manager"}) {
        const auto said = type(line);
        DOSSIER_CHECK(said.code == 0);
    }
}

void Counter::make_administrator() {
    server::Unit unit(*store);
    server::make_office_keys(*store, random);
    const auto user = office.ids().make<RecordId>();
    const auto department = office.ids().make<RecordId>();
    const auto region = office.ids().make<RecordId>();
    merge::Changeset changeset;
    changeset.ops = {create(catalog::kDepartment, department, {{"code", "ZB"}, {"name", "总部"}}),
                     create(catalog::kRegion, region, {{"code", "ZB"}, {"name", "总部"}}),
                     create(catalog::kUser, user,
                            {{"login", "luop"},
                             {"employee_no", "A1"},
                             {"name", "罗平"},
                             {"department_id", department},
                             {"region_id", region},
                             {"clearance", std::int64_t{0}}}),
                     create(catalog::kRoleAssignment, office.ids().make<RecordId>(),
                            {{"user_id", user}, {"role", "system_admin"}})};
    DOSSIER_CHECK(office.change(UserId{}, std::move(changeset)).has_value());
    store->set_meta(server::kFirstAdministrator, user.view());
    unit.commit();
}

Said Counter::run(std::vector<std::string> words) {
    const bool says_lang = std::find(words.begin(), words.end(), "--lang") != words.end();
    if (!says_lang) words.insert(words.end(), {"--lang", "en"});
    std::ostringstream out;
    std::ostringstream err;
    const auto parsed = server::parse(words);
    if (!parsed) {
        cli::Console console{out, err, server::kProgramName, Lang::En, cli::early_json(words)};
        const int code = console.fail(parsed.error());
        return {code, out.str(), err.str()};
    }
    if (parsed->action == nullptr) return {0, parsed->help, ""};
    const int code = server::run_command(*parsed, store.folder().string(), place, out, err);
    CHECK_MESSAGE(!leaves_unsaid(out.str()), out.str());
    CHECK_MESSAGE(!leaves_unsaid(err.str()), err.str());
    return {code, out.str(), err.str()};
}

Said Counter::type(std::string_view line) {
    std::istringstream rest{std::string(line)};
    std::vector<std::string> words;
    for (std::string word; rest >> word;) words.push_back(word);
    return run(std::move(words));
}

std::string Counter::write(std::string_view name, std::string_view content) {
    const auto path = store.folder() / name;
    std::ofstream(path, std::ios::binary) << content;
    return path.string();
}

void Counter::has_customer(std::string_view name) {
    const auto file = write("one.csv", "客户名称,负责业务员,区域,总机\n" + std::string(name) +
                                           ",lijg,HD,021-55550001\n");
    const auto said = run({"import", file, "--as", "hanm"});
    DOSSIER_CHECK(said.code == 0);
    posts_drafts();
}

void Counter::posts_drafts() {
    server::Unit unit(*store);
    const auto& state = catalog::field(catalog::kCustomer, "file_state");
    for (const RecordId& id : store->find(catalog::kCustomer.tag, state.tag, std::string("draft")))
        static_cast<void>(office.change(*office.people().user_by_login("hanm"),
                                        {.ops = {{.kind = merge::OpKind::Event,
                                                  .record_kind = catalog::kCustomer.tag,
                                                  .record = id,
                                                  .event = "post"}}}));
    unit.commit();
}

void Counter::edit(std::string_view login,
                   std::string_view customer,
                   std::string_view name,
                   std::string_view base,
                   std::string_view value) {
    server::Unit unit(*store);
    office.people().forget();
    const auto user = *office.people().user_by_login(login);
    const auto record = store->search_customers(customer, 1).front();
    const auto* of = catalog::find_field(catalog::kCustomer, name);
    const auto typed = [](std::string_view text) {
        return text.empty() ? Value{} : Value{std::string(text)};
    };
    const auto seen = store->facet(record, catalog::facet_of(catalog::kCustomer, *of));
    merge::Changeset changeset{.author = user, .claimed_at = clock.now(), .source = "sync"};
    changeset.ops = {{.kind = merge::OpKind::Set,
                      .record_kind = catalog::kCustomer.tag,
                      .record = record,
                      .base_fv = seen ? seen->fv : Fv{},
                      .base = {{of->tag, typed(base)}},
                      .fields = {{of->tag, typed(value)}}}};
    const server::Bearer bearer{
        .user = user, .device = DeviceId{{1}}, .oseq = 1, .at = clock.now(), .now = clock.now()};
    office.intake().admit(bearer, changeset);
    unit.commit();
}

void Counter::marks(std::string_view customer, int level) {
    server::Unit unit(*store);
    const auto record = store->search_customers(customer, 1).front();
    merge::Changeset changeset{.source = "job"};
    changeset.ops = {{.kind = merge::OpKind::Event,
                      .record_kind = catalog::kCustomer.tag,
                      .record = record,
                      .fields = {{catalog::kSecrecyLevel, std::int64_t{level}}},
                      .event = "mark"}};
    DOSSIER_CHECK(office.change(UserId{}, std::move(changeset)).has_value());
    unit.commit();
}

void Counter::system_sets(std::string_view customer,
                          std::string_view name,
                          std::string_view value) {
    server::Unit unit(*store);
    const auto record = store->search_customers(customer, 1).front();
    const auto* of = catalog::find_field(catalog::kCustomer, name);
    const auto held = store->load(catalog::kCustomer.tag, record).value_or(FieldValues{});
    merge::Changeset changeset{.source = "job"};
    changeset.ops = {{.kind = merge::OpKind::Set,
                      .record_kind = catalog::kCustomer.tag,
                      .record = record,
                      .base = {{of->tag, Value{text_in(held, *of)}}},
                      .fields = {{of->tag, std::string(value)}}}};
    DOSSIER_CHECK(office.change(UserId{}, std::move(changeset)).has_value());
    unit.commit();
}

}  // namespace dossier::test
