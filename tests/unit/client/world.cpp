#include "tests/unit/client/world.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "common/base/check.hpp"

namespace dossier::test {

std::uint16_t tag(const catalog::Kind& kind, std::string_view name) {
    return catalog::find_field(kind, name)->tag;
}

std::string text(const FieldValues& values, const catalog::Kind& kind, std::string_view name) {
    const Value* value = find(values, tag(kind, name));
    const auto* found = value == nullptr ? nullptr : as_text(*value);
    return found == nullptr ? "" : *found;
}

World::World() {
    office.put(org, catalog::kRegion, region,
               values_of(catalog::kRegion, {{"code", words("HD")}, {"name", words("华东")}}));
    office.put(
        org, catalog::kDepartment, department,
        values_of(catalog::kDepartment, {{"code", words("YQ")}, {"name", words("仪器销售部")}}));
    office.put(org, catalog::kUser, me.as<RecordTag>(),
               values_of(catalog::kUser, {{"login", words("lijg")},
                                          {"name", words("李建国")},
                                          {"region_id", region},
                                          {"department_id", department},
                                          {"clearance", std::int64_t{1}}}));
    office.put(self, catalog::kRoleAssignment, post,
               values_of(catalog::kRoleAssignment,
                         {{"user_id", me.as<RecordTag>()}, {"role", words("salesperson")}}));
    office.put(own, kCustomer, acme, customer("杭州明润医药有限公司"));
    for (const auto& scope : {org, self, own}) office.hold(scope);
}

FieldValues World::customer(std::string_view name) const {
    return values_of(kCustomer, {{"name", words(name)},
                                 {"created_by", me.as<RecordTag>()},
                                 {"secrecy_level", std::int64_t{1}},
                                 {"party_kind", words("enterprise")},
                                 {"market", words("domestic")},
                                 {"directness", words("direct")},
                                 {"file_state", words("active")},
                                 {"fax", words("0571-88990012")},
                                 {"owner_user_id", me.as<RecordTag>()},
                                 {"region_id", region},
                                 {"department_id", department}});
}

Result<client::Report> World::sync(int cut) {
    client::Engine engine(laptop.store(), laptop.clock, laptop.log, {.app_version = "test"});
    auto report = test::sync(engine, office, cut);
    finished = engine.finished();
    return report;
}

RecordId World::visit(std::string_view content) {
    const auto id = laptop.ids.make<RecordId>();
    const auto saved =
        laptop.commit({client::new_record(kVisit, id,
                                          values_of(kVisit, {{"customer_id", acme},
                                                             {"purpose", words("新品介绍")},
                                                             {"content", words(content)}}))});
    DOSSIER_CHECK(saved.has_value());
    return id;
}

Result<OSeq> World::set(const catalog::Kind& kind,
                        const RecordId& record,
                        std::string_view name,
                        Value value) {
    const auto seen = laptop.store().replica.seen(kind, record);
    DOSSIER_CHECK(seen.has_value());
    FieldValues changed;
    assign(changed, tag(kind, name), std::move(value));
    return laptop.commit(client::edit(kind, record, *seen, changed));
}

std::string World::shown(const catalog::Kind& kind, const RecordId& record, std::string_view name) {
    const auto values = laptop.store().replica.load(kind, record);
    return values ? text(*values, kind, name) : "(none)";
}

std::string World::officially(const catalog::Kind& kind,
                              const RecordId& record,
                              std::string_view name) {
    const auto facet = catalog::facet_of(kind, *catalog::find_field(kind, name));
    return text(laptop.store().replica.office_values(kind, record, facet), kind, name);
}

bool World::lies_in_files(std::string_view canary) const {
    for (const auto& file : std::filesystem::directory_iterator(laptop.folder())) {
        std::ifstream in(file.path(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        if (bytes.find(canary) != std::string::npos) return true;
    }
    return false;
}

}  // namespace dossier::test
