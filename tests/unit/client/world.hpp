// One salesperson, his laptop and an office with his post and one customer of his.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "common/access/scopes.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/catalog.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"

#include "tests/support/scripted_office.hpp"
#include "tests/support/temp_client.hpp"

namespace dossier::test {

struct Named {
    std::string_view name;
    Value value;
};

inline std::uint16_t tag(const catalog::Kind& kind, std::string_view name) {
    return catalog::find_field(kind, name)->tag;
}
inline FieldValues of(const catalog::Kind& kind, std::initializer_list<Named> named) {
    FieldValues values;
    for (const auto& each : named) assign(values, tag(kind, each.name), each.value);
    return values;
}
inline std::string text(const FieldValues& values,
                        const catalog::Kind& kind,
                        std::string_view name) {
    const Value* value = find(values, tag(kind, name));
    const auto* found = value == nullptr ? nullptr : as_text(*value);
    return found == nullptr ? "" : *found;
}
inline Value words(std::string_view text) {
    return std::string(text);
}

inline constexpr auto& kCustomer = catalog::kCustomer;
inline constexpr auto& kContact = catalog::kContact;
inline constexpr auto& kVisit = catalog::kCommunication;

struct World {
    World() {
        office.put(org, catalog::kRegion, region,
                   of(catalog::kRegion, {{"code", words("HD")}, {"name", words("华东")}}));
        office.put(
            org, catalog::kDepartment, department,
            of(catalog::kDepartment, {{"code", words("YQ")}, {"name", words("仪器销售部")}}));
        office.put(org, catalog::kUser, me.as<RecordTag>(),
                   of(catalog::kUser, {{"login", words("lijg")},
                                       {"name", words("李建国")},
                                       {"region_id", region},
                                       {"department_id", department},
                                       {"clearance", std::int64_t{1}}}));
        office.put(self, catalog::kRoleAssignment, post,
                   of(catalog::kRoleAssignment,
                      {{"user_id", me.as<RecordTag>()}, {"role", words("salesperson")}}));
        office.put(own, kCustomer, acme, customer("杭州明润医药有限公司"));
        for (const auto& scope : {org, self, own}) office.hold(scope);
    }

    FieldValues customer(std::string_view name) const {
        return of(kCustomer, {{"name", words(name)},
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
    Result<client::Report> sync(int cut = -1) {
        client::Engine engine(laptop.store(), laptop.clock, laptop.log, {.app_version = "test"});
        auto report = test::sync(engine, office, cut);
        finished = engine.finished();
        return report;
    }
    /// A visit at acme saved on the laptop.
    RecordId visit(std::string_view content) {
        const auto id = laptop.ids.make<RecordId>();
        const auto saved =
            laptop.commit({client::new_record(kVisit, id,
                                              of(kVisit, {{"customer_id", acme},
                                                          {"purpose", words("新品介绍")},
                                                          {"content", words(content)}}))});
        DOSSIER_CHECK(saved.has_value());
        return id;
    }
    Result<OSeq> set(const catalog::Kind& kind,
                     const RecordId& record,
                     std::string_view name,
                     Value value) {
        const auto seen = laptop.store().replica.seen(kind, record);
        DOSSIER_CHECK(seen.has_value());
        FieldValues changed;
        assign(changed, tag(kind, name), std::move(value));
        return laptop.commit(client::edit(kind, record, *seen, changed));
    }
    std::string shown(const catalog::Kind& kind, const RecordId& record, std::string_view name) {
        const auto values = laptop.store().replica.load(kind, record);
        return values ? text(*values, kind, name) : "(none)";
    }
    std::string officially(const catalog::Kind& kind,
                           const RecordId& record,
                           std::string_view name) {
        const auto facet = catalog::facet_of(kind, *catalog::find_field(kind, name));
        return text(laptop.store().replica.office_values(kind, record, facet), kind, name);
    }

    static constexpr RecordId id(std::uint8_t number) {
        RecordId made;
        made.bytes[0] = 1;
        made.bytes[15] = number;
        return made;
    }
    UserId me{id(1).bytes};
    RecordId region = id(2);
    RecordId department = id(3);
    RecordId post = id(4);
    RecordId acme = id(5);
    protocol::ScopeKey org{1, {}};
    protocol::ScopeKey self{2, me.as<RecordTag>()};
    protocol::ScopeKey own{3, me.as<RecordTag>()};
    ScriptedOffice office;
    TempClient laptop{me};
    bool finished = false;
};

}  // namespace dossier::test
