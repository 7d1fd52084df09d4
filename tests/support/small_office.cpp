#include "tests/support/small_office.hpp"

#include "common/base/check.hpp"
#include "common/catalog/field_check.hpp"

namespace dossier::test {

std::vector<merge::Verdict> SmallOffice::Person::pushes(std::vector<merge::Op> ops, Instant at) {
    of->people_changed();
    const merge::Changeset changeset{.author = user,
                                     .claimed_at = at,
                                     .schema = catalog::schema_version(),
                                     .source = "sync",
                                     .ops = std::move(ops)};
    server::Unit unit(*of->store);
    auto verdicts = of->desk.intake().admit({.user = user,
                                             .device = device,
                                             .oseq = ++oseq,
                                             .at = at,
                                             .now = of->clock.now(),
                                             .late = late},
                                            changeset);
    unit.commit();
    return verdicts;
}

merge::Verdict SmallOffice::Person::sets(const RecordId& record,
                                         const catalog::Kind& kind,
                                         const catalog::Field& wanted,
                                         const Value& base,
                                         const Value& value,
                                         Instant at) {
    merge::Op op{
        .kind = merge::OpKind::Set, .record_kind = kind.tag, .record = record, .base_fv = Fv{1}};
    for (const auto* member : catalog::group_of(kind, wanted)) {
        op.base.push_back({member->tag, member->tag == wanted.tag ? base : Value{}});
        op.fields.push_back({member->tag, member->tag == wanted.tag ? value : Value{}});
    }
    return pushes({op}, at).front();
}

merge::Verdict SmallOffice::Person::sets(const RecordId& customer,
                                         std::string_view name,
                                         const Value& base,
                                         const Value& value,
                                         Instant at) {
    return sets(customer, kCustomer, *catalog::find_field(kCustomer, name), base, value, at);
}

SmallOffice::SmallOffice() {
    server::Unit unit(*store);
    east = make(catalog::kRegion, {{"code", text("HD")}, {"name", text("华东")}});
    north = make(catalog::kRegion, {{"code", text("HB")}, {"name", text("华北")}});
    sales = make(catalog::kDepartment, {{"code", text("XS")}, {"name", text("销售部")}});
    ann = hire("ann", "李建国", "salesperson", east);
    ben = hire("ben", "王芳", "salesperson", east);
    clerk = hire("clerk", "刘洋", "info_clerk", east);
    manager = hire("manager", "郑华", "service_manager", east);
    admin = hire("admin", "罗平", "system_admin", east);
    unit.commit();
}

RecordId SmallOffice::customer_of(const Person& owner, std::string_view name) {
    server::Unit unit(*store);
    const auto id = make(kCustomer, {{"name", text(name)},
                                     {"owner_user_id", owner.user.as<RecordTag>()},
                                     {"region_id", east},
                                     {"department_id", sales},
                                     {"fax", text("0571-1000")},
                                     {"file_state", text("active")}});
    unit.commit();
    return id;
}

Value SmallOffice::value_of(const RecordId& customer, std::string_view name) {
    server::Unit unit(*store);
    const auto values = store->load(kCustomer.tag, customer).value_or(FieldValues{});
    const Value* value = find(values, catalog::find_field(kCustomer, name)->tag);
    return value == nullptr ? Value{} : *value;
}

std::size_t SmallOffice::facets_in_own_scope(const Person& person, const RecordId& record) {
    server::Unit unit(*store);
    std::size_t count = 0;
    for (const auto& entry :
         store->log({access::ScopeSort::Own, person.user.as<RecordTag>()}, SSeq{0}, 10'000)) {
        count += entry.record == record && entry.present ? 1U : 0U;
    }
    return count;
}

void SmallOffice::checked_by(Person& person, const RecordId& customer) {
    const auto verdicts = person.pushes(
        {{.kind = merge::OpKind::Create,
          .record_kind = catalog::kFieldCheck.tag,
          .record = desk.ids().make<RecordId>(),
          .fields = values_of(
              catalog::kFieldCheck,
              {{"customer_id", customer}, {"part", text("phone")}, {"method", text("phone")}})}},
        clock.now());
    DOSSIER_CHECK(verdicts.front().kind == merge::VerdictKind::Applied);
}

void SmallOffice::marks(const RecordId& customer, int level) {
    inside([&](Office& office) {
        merge::Op op{.kind = merge::OpKind::Event,
                     .record_kind = kCustomer.tag,
                     .record = customer,
                     .event = "mark"};
        assign(op.fields, catalog::kSecrecyLevel, std::int64_t{level});
        const auto done = office.change(UserId{}, {.source = "job", .ops = {op}});
        DOSSIER_CHECK(done.has_value());
        return true;
    });
}

RecordId SmallOffice::make(const catalog::Kind& kind, const GivenFields& given) {
    const auto id = desk.ids().make<RecordId>();
    const merge::Changeset changeset{.source = "job",
                                     .ops = {{.kind = merge::OpKind::Create,
                                              .record_kind = kind.tag,
                                              .record = id,
                                              .fields = values_of(kind, given)}}};
    const auto made = desk.change(UserId{}, changeset);
    DOSSIER_CHECK(made.has_value());
    return id;
}

SmallOffice::Person SmallOffice::hire(std::string_view login,
                                      std::string_view name,
                                      std::string_view role,
                                      const RecordId& region) {
    const auto id =
        make(catalog::kUser, {{"login", text(login)},
                              {"employee_no", "A-" + std::string(login)},
                              {"name", text(name)},
                              {"department_id", sales},
                              {"region_id", region},
                              {"rank", text("staff")},
                              {"clearance", std::int64_t{role == "service_manager" ? 3 : 2}}});
    make(catalog::kRoleAssignment, {{"user_id", id}, {"role", text(role)}});
    return {this, id.as<UserTag>(), desk.ids().make<DeviceId>()};
}

}  // namespace dossier::test
