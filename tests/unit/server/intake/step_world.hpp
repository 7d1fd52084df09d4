// An office with an inspector and a superior, and the words to take steps of its workflows: for
// tests of what the door makes of them.
#pragma once

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/support/small_office.hpp"

namespace dossier::test {

struct Steps {
    SmallOffice office;
    SmallOffice::Person inspector = hires("inspector", "market_inspector");
    SmallOffice::Person chief = hires("chief", "regional_manager");

    Steps() {
        sets(catalog::kUser, office.ann.user.as<RecordTag>(), "superior_user_id",
             chief.user.as<RecordTag>());
    }

    RecordId makes(const catalog::Kind& kind, const GivenFields& given) {
        const auto id = office.desk.ids().make<RecordId>();
        office.inside([&](Office& desk) {
            const merge::Op op{.kind = merge::OpKind::Create,
                               .record_kind = kind.tag,
                               .record = id,
                               .fields = values_of(kind, given)};
            const auto made = desk.change({}, {.source = "job", .ops = {op}});
            DOSSIER_CHECK(made.has_value());
            return true;
        });
        return id;
    }
    SmallOffice::Person hires(const std::string& login, std::string_view role) {
        const auto id = makes(catalog::kUser, {{"login", login},
                                               {"employee_no", "B-" + login},
                                               {"name", login},
                                               {"department_id", office.sales},
                                               {"region_id", office.east},
                                               {"rank", text("staff")},
                                               {"clearance", std::int64_t{1}}});
        makes(catalog::kRoleAssignment, {{"user_id", id}, {"role", text(role)}});
        return {&office, id.as<UserTag>(), office.desk.ids().make<DeviceId>()};
    }
    void sets(const catalog::Kind& kind, const RecordId& id, std::string_view name, Value value) {
        office.inside([&](Office& desk) {
            merge::Op op{.kind = merge::OpKind::Set, .record_kind = kind.tag, .record = id};
            for (const auto* member : catalog::group_of(kind, *catalog::find_field(kind, name)))
                op.fields.push_back({member->tag, member->name == name ? value : Value{}});
            DOSSIER_CHECK(desk.change({}, {.source = "job", .ops = {op}}).has_value());
            return true;
        });
    }
    /// A person's file with all that is asked for before it is submitted.
    RecordId draft(SmallOffice::Person& by, const GivenFields& without = {}) {
        merge::Op op{.kind = merge::OpKind::Create,
                     .record_kind = kCustomer.tag,
                     .record = office.desk.ids().make<RecordId>(),
                     .fields = values_of(kCustomer, {{"name", text("张三")},
                                                     {"party_kind", text("person")},
                                                     {"phone_main", text("0571-1000")},
                                                     {"business_need", text("天平")},
                                                     {"source", text("visit")},
                                                     {"street_address", text("文三路 1 号")}})};
        for (const auto& [name, value] : without)
            assign(op.fields, catalog::find_field(kCustomer, name)->tag, value);
        std::erase_if(op.fields, [](const FieldValue& each) { return is_empty(each.value); });
        REQUIRE(by.pushes({op}, office.clock.now()).front().kind == merge::VerdictKind::Applied);
        return op.record;
    }
    static merge::Op event(const catalog::Kind& kind, const RecordId& id, std::string_view name) {
        return {.kind = merge::OpKind::Event,
                .record_kind = kind.tag,
                .record = id,
                .event = std::string(name)};
    }
    /// "ok", or why the office refused.
    std::string says(const UserId& actor, merge::Op op, std::string_view reason = "") {
        return office.inside([&](Office& desk) -> std::string {
            const auto done =
                desk.change(actor, {.reason = std::string(reason), .source = "cli", .ops = {op}});
            return done ? "ok" : std::string(done.error().id());
        });
    }
    std::string takes(const SmallOffice::Person& actor,
                      const RecordId& file,
                      std::string_view name,
                      std::string_view reason = "") {
        return says(actor.user, event(kCustomer, file, name), reason);
    }
    /// The same as an intent that a laptop brings.
    std::string asks(SmallOffice::Person& actor, const RecordId& file, std::string_view name) {
        const auto verdict =
            actor.pushes({event(kCustomer, file, name)}, office.clock.now()).front();
        return verdict.kind == merge::VerdictKind::Applied ? "ok" : verdict.reason;
    }
    std::string state(const RecordId& file) {
        const auto value = office.value_of(file, "file_state");
        const auto* word = as_text(value);
        return word == nullptr ? "" : *word;
    }
    FieldValues all(const catalog::Kind& kind, const RecordId& id) {
        server::Unit unit(*office.store);
        return office.store->load(kind.tag, id).value_or(FieldValues{});
    }
    std::size_t history(const RecordId& id) {
        server::Unit unit(*office.store);
        return office.store->history(id, {}).size();
    }
};

}  // namespace dossier::test
