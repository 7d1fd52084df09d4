#include "tests/matrix/world.hpp"

#include <array>

#include "common/base/check.hpp"
#include "common/catalog/document.hpp"

namespace dossier::test {
namespace {

using catalog::kContact;
using catalog::kUser;
using server::Unit;

enum Region : std::size_t { OwnRegion, OtherRegion, MovedAway };
enum Owner : std::size_t { OwnFile, OthersFile, FormerFile };

/// Clearance of each role as domain 3.1 says; the order is that of the domain.
struct RoleLine {
    std::string_view code;
    int clearance;
};
constexpr std::array<RoleLine, 22> kRoles{{
    {"salesperson", 1},
    {"service_staff", 1},
    {"technician", 1},
    {"project_leader", 1},
    {"info_clerk", 2},
    {"archive_keeper", 2},
    {"market_inspector", 1},
    {"service_supervisor", 2},
    {"dept_manager", 2},
    {"regional_manager", 2},
    {"market_manager", 2},
    {"marketing_director", 3},
    {"service_manager", 3},
    {"planning_analyst", 2},
    {"materials_head", 2},
    {"survey_reviewer", 1},
    {"general_manager", 3},
    {"credit_officer", 2},
    {"complaint_investigator", 1},
    {"auditor", 1},
    {"system_admin", 0},
    {"external_agency", 0},
}};

std::string_view file_state(const std::string& state) {
    if (state == "review") return "clerk_posting";
    if (state == "live" || state == "deleted" || state == "merged") return "active";
    return state;
}

}  // namespace

std::vector<std::string> actors() {
    std::vector<std::string> names;
    for (const auto& role : kRoles) names.emplace_back(role.code);
    names.emplace_back("none");
    return names;
}

std::vector<Dimension> file_dimensions() {
    return {{"level", {"0", "1", "2", "3"}},
            {"region", {"own", "other", "moved"}},
            {"owner", {"own", "other", "former"}},
            {"state",
             {"draft", "review", "live", "archived", "void", "destroyed", "deleted", "merged"}}};
}

std::vector<std::size_t> cell_of(std::size_t operation, std::size_t actor, const File& file) {
    return {operation, actor, file.level, file.region, file.owner, file.state};
}

std::string told(const Table& table, const std::vector<std::size_t>& cell) {
    constexpr std::array<std::string_view, 6> kNames{"operation", "actor", "level",
                                                     "region",    "owner", "state"};
    std::string words;
    for (std::size_t at = 0; at < cell.size(); ++at)
        words += std::string(kNames[at]) + " " + table.values(kNames[at])[cell[at]] + ", ";
    return words;
}

std::vector<File> every_file() {
    const auto dimensions = file_dimensions();
    const auto sizes = [&](std::size_t at) { return dimensions[at].values.size(); };
    std::vector<File> files;
    for (std::size_t level = 0; level < sizes(0); ++level) {
        for (std::size_t region = 0; region < sizes(1); ++region) {
            for (std::size_t owner = 0; owner < sizes(2); ++owner) {
                for (std::size_t state = 0; state < sizes(3); ++state)
                    files.push_back(
                        {.level = level, .region = region, .owner = owner, .state = state});
            }
        }
    }
    return files;
}

std::vector<File> few_files() {
    auto files = every_file();
    std::erase_if(files, [](const File& file) {
        const bool visit = file.level == 0 && file.owner == OwnFile && file.region == OwnRegion;
        const bool spoken_of = file.level % 2 == 1 && file.owner == OthersFile &&
                               (file.region == OwnRegion || file.level == 3);
        return !visit && !(spoken_of && file.region != MovedAway);
    });
    return files;
}

World::World(const std::vector<File>& wanted) {
    second_department = office.make(
        catalog::kDepartment,
        values_of(catalog::kDepartment, {{"code", words("HX")}, {"name", words("化学部")}}));
    person = office.user("x", office.east, "salesperson");
    assignment_ =
        office.store
            ->find(catalog::kRoleAssignment.tag,
                   catalog::field(catalog::kRoleAssignment, "user_id").tag, person.as<RecordTag>())
            .front();
    for (const File& as : wanted) files_.push_back(make_file(as));
    for (const File& file : files_) bring_into_state(file);
}

/// A person's own file and what it holds came from that person, like all that laptops bring.
RecordId World::make_by_owner(const File& as, const catalog::Kind& kind, FieldValues values) {
    Unit unit(*office.store);
    const auto id = office.office.ids().make<RecordId>();
    if (!as.customer.is_none()) assign(values, 16, as.customer);
    const merge::Op op{.kind = merge::OpKind::Create,
                       .record_kind = kind.tag,
                       .record = id,
                       .fields = std::move(values)};
    office.office.people().forget();
    const UserId creator = as.owner == OwnFile ? person : office.ann;
    const auto made = office.office.change(creator, {.source = "cli", .ops = {op}});
    DOSSIER_CHECK(made.has_value());
    unit.commit();
    return id;
}

File World::make_file(const File& as) {
    File file = as;
    const auto number = to_text(office.office.ids().make<RecordId>());
    file.customer = make_by_owner(file, kCustomer,
                                  values_of(kCustomer, {{"name", "甲乙丙" + number},
                                                        {"legal_rep", words(kLegalRep)},
                                                        {"fax", words(kFax)},
                                                        {"id_no", words(kIdNumber)}}));
    file.contact =
        make_by_owner(file, kContact, values_of(kContact, {{"name", words("联系人丁")}}));
    file.visit = make_by_owner(
        file, kVisit,
        values_of(kVisit, {{"purpose", words("回访")}, {"content", words("谈了天平")}}));
    static constexpr auto& kAttachment = catalog::kAttachment;
    file.attachment =
        make_by_owner(file, kAttachment,
                      values_of(kAttachment, {{"title", words("执照")},
                                              {"doc_date", words("2026-03-01")},
                                              {"file_name", words("执照.txt")},
                                              {"media_type", words("text/plain")},
                                              {"size", std::int64_t{6}},
                                              {"content", words(std::string(64, 'a'))}}));
    attach(file.attachment);
    system_set(kCustomer, file.customer, "owners",
               words(R"([{"name":")" + std::string(kOwners) + R"(","share_bp":10000}])"));
    system_set(kCustomer, file.customer, "marketing_strategy_note", words(kStrategy));
    if (as.owner == FormerFile) office.transfer(file.customer, person);
    move(file.customer, as.region == OtherRegion ? office.west : office.east,
         as.region == OtherRegion ? second_department : office.department);
    return file;
}

/// Six bytes of content.
void World::attach(const RecordId& record) {
    Unit unit(*office.store);
    auto& contents = office.store->contents();
    const Bytes bytes{'h', 'e', 'l', 'l', 'o', '\n'};
    const Bytes key = server::content_key(*office.store, office.random);
    const auto id = crypto::blake2b({bytes}, key);
    const auto held = contents.begin(record, id, bytes.size(), {DeviceId{}, office.clock.now()});
    DOSSIER_CHECK(contents.put(held, 0, bytes));
    DOSSIER_CHECK(contents.finish(record, key) == content::Contents::Finish::Whole);
    unit.commit();
}

void World::move(const RecordId& customer, const RecordId& region, const RecordId& department) {
    system_set(kCustomer, customer, "region_id", region);
    system_set(kCustomer, customer, "department_id", department);
}

/// What happens to a file in its life, in the order in which it does: level, state, moves.
void World::bring_into_state(const File& file) {
    const auto dimensions = file_dimensions();
    const auto& state = dimensions[3].values[file.state];
    office.clock.advance(std::chrono::milliseconds(1));
    system_set(kCustomer, file.customer, "secrecy_level", static_cast<std::int64_t>(file.level));
    system_set(kCustomer, file.customer, "file_state", words(file_state(state)));
    if (file.owner == FormerFile) office.transfer(file.customer, office.ann);
    if (file.region == MovedAway) move(file.customer, office.west, second_department);
    if (state == "merged") {
        const auto live = std::ranges::find_if(files_, [&](const File& other) {
            return other.level == file.level && other.region == file.region &&
                   other.owner == file.owner && dimensions[3].values[other.state] == "live";
        });
        system_set(kCustomer, file.customer, "merged_into_id", live->customer);
    }
    if (state != "deleted") return;
    Unit unit(*office.store);
    const merge::Op op{
        .kind = merge::OpKind::Remove, .record_kind = kCustomer.tag, .record = file.customer};
    DOSSIER_CHECK(office.office.change({}, {.source = "job", .ops = {op}}).has_value());
    unit.commit();
}

void World::system_set(const catalog::Kind& kind,
                       const RecordId& id,
                       std::string_view name,
                       Value to) {
    const auto done = office.set({}, kind, id, name, std::move(to));
    if (!done)
        std::fprintf(stderr, "%s: %s\n", std::string(name).c_str(),
                     describe(done.error(), Lang::En).c_str());
    DOSSIER_CHECK(done.has_value());
}

/// One post that changes, not one a role: whoever held every post of the company in turn would be
/// a person the office has a long story of to read.
void World::becomes(std::string_view role) {
    static constexpr auto& kAssignment = catalog::kRoleAssignment;
    office.clock.advance(std::chrono::minutes(1));
    const auto line = std::ranges::find(kRoles, role, &RoleLine::code);
    if (line == kRoles.end()) {
        if (!assignment_.is_none())
            system_set(kAssignment, assignment_, "to_at", office.clock.now().ms);
        assignment_ = {};
        return;
    }
    const Value clearance = std::int64_t{line->clearance};
    if (office.value(kUser, person.as<RecordTag>(), "clearance") != clearance)
        system_set(kUser, person.as<RecordTag>(), "clearance", clearance);
    if (!assignment_.is_none()) return system_set(kAssignment, assignment_, "role", words(role));
    assignment_ = office.make(
        kAssignment,
        values_of(kAssignment, {{"user_id", person.as<RecordTag>()}, {"role", words(role)}}));
}

}  // namespace dossier::test
