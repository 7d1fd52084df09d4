#include "tests/support/peopled_office.hpp"

#include <cstdio>

#include "common/access/find_fault.hpp"

namespace dossier::test {
namespace {

using catalog::kDevice;
using server::Unit;

merge::Changeset changeset_of(merge::Op op) {
    merge::Changeset changeset;
    changeset.source = "job";
    changeset.ops = {std::move(op)};
    return changeset;
}

void expect(const Status& done) {
    if (done) return;
    std::fprintf(stderr, "refused: %s\n", describe(done.error(), Lang::En).c_str());
    DOSSIER_CHECK(done.has_value());
}

}  // namespace

PeopledOffice::PeopledOffice(std::uint64_t seed, Kept how) : random(seed), store(how) {
    {
        Unit unit(*store);
        server::make_office_keys(*store, random);
        unit.commit();
    }
    const auto region = [&](std::string_view code, std::string_view name) {
        return make(catalog::kRegion,
                    values_of(catalog::kRegion, {{"code", words(code)}, {"name", words(name)}}));
    };
    east = region("HD", "华东");
    west = region("XB", "西北");
    department = make(
        catalog::kDepartment,
        values_of(catalog::kDepartment, {{"code", words("YQ")}, {"name", words("仪器销售部")}}));
    admin = user("admin", east, "system_admin");
    ann = user("ann", east, "salesperson");
    ben = user("ben", east, "salesperson");
    cai = user("cai", west, "salesperson");
}

RecordId PeopledOffice::make(const catalog::Kind& kind, const FieldValues& values) {
    Unit unit(*store);
    const auto id = office.ids().make<RecordId>();
    const auto done = office.change({}, changeset_of({.kind = merge::OpKind::Create,
                                                      .record_kind = kind.tag,
                                                      .record = id,
                                                      .fields = values}));
    expect(done ? Status{} : tl::unexpected(done.error()));
    unit.commit();
    return id;
}

Status PeopledOffice::set(const UserId& actor,
                          const catalog::Kind& kind,
                          const RecordId& record,
                          std::string_view name,
                          Value value) {
    Unit unit(*store);
    const auto& field = *catalog::find_field(kind, name);
    merge::Op op{.kind = merge::OpKind::Set, .record_kind = kind.tag, .record = record};
    const auto before = store->load(kind.tag, record).value_or(FieldValues{});
    for (const auto* member : catalog::group_of(kind, field)) {
        if (const auto* held = find(before, member->tag)) assign(op.base, member->tag, *held);
        if (const auto* held = find(before, member->tag)) assign(op.fields, member->tag, *held);
    }
    assign(op.fields, field.tag, std::move(value));
    if (const auto state = store->facet(record, catalog::facet_of(kind, field)))
        op.base_fv = state->fv;
    auto done = office.change(actor, changeset_of(std::move(op)));
    if (!done) return pass(done);
    unit.commit();
    return {};
}

RecordId PeopledOffice::customer(const UserId& owner, std::string_view name, int level) {
    return make(kCustomer, values_of(kCustomer, {{"name", words(name)},
                                                 {"party_kind", words("enterprise")},
                                                 {"market", words("domestic")},
                                                 {"directness", words("direct")},
                                                 {"file_state", words("active")},
                                                 {"secrecy_level", std::int64_t{level}},
                                                 {"owner_user_id", owner.as<RecordTag>()},
                                                 {"region_id", east},
                                                 {"department_id", department}}));
}

void PeopledOffice::transfer(const RecordId& customer, const UserId& to) {
    expect(set({}, kCustomer, customer, "owner_user_id", to.as<RecordTag>()));
}

UserId PeopledOffice::user(std::string_view login, const RecordId& region, std::string_view role) {
    const auto id =
        make(catalog::kUser,
             values_of(catalog::kUser, {{"login", words(login)},
                                        {"employee_no", words("E-" + std::string(login))},
                                        {"name", words(login)},
                                        {"department_id", department},
                                        {"region_id", region},
                                        {"clearance", std::int64_t{1}}}));
    make(catalog::kRoleAssignment,
         values_of(catalog::kRoleAssignment, {{"user_id", id}, {"role", words(role)}}));
    return id.as<UserTag>();
}

server::DeviceRow PeopledOffice::device(const UserId& user,
                                        protocol::DeviceState state,
                                        const std::array<std::uint8_t, 32>& public_key) {
    server::DeviceRow row{.user = user, .public_key = public_key};
    {
        Unit unit(*store);
        row.code = "N" + std::to_string(10 + store->next("device_code"));
        unit.commit();
    }
    row.device = make(kDevice, values_of(kDevice, {{"device_code", words(row.code)},
                                                   {"user_id", user.as<RecordTag>()},
                                                   {"public_key", words(to_hex(public_key))},
                                                   {"state", words(server::state_word(state))}}))
                     .as<DeviceTag>();
    row.state = static_cast<std::uint8_t>(state);
    Unit unit(*store);
    store->save_device(row);
    unit.commit();
    return row;
}

Value PeopledOffice::value(const catalog::Kind& kind,
                           const RecordId& record,
                           std::string_view name) {
    Unit unit(*store);
    const auto values = store->load(kind.tag, record).value_or(FieldValues{});
    const auto* held = find(values, catalog::find_field(kind, name)->tag);
    return held == nullptr ? Value{} : *held;
}

std::uint64_t visits(PeopledOffice& office) {
    Unit unit(*office.store);
    return office.store->count(kVisit.tag);
}

}  // namespace dossier::test
