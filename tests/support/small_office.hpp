// A small company for tests of the office's side: two salespeople, a clerk, a service manager, an
// administrator, two regions, one laptop each. Speaks the domain: `office.ann.sets(acme, …)`.
#pragma once

#include <string>

#include "common/catalog/activity.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/crypto/random.hpp"

#include "server/office/office.hpp"
#include "server/review/cases.hpp"
#include "tests/support/temp_store.hpp"

namespace dossier::test {

using catalog::field;
using catalog::kCommunication;
using catalog::kCustomer;
using server::Office;

class SmallOffice {
  public:
    /// Somebody with a laptop. Each call is one changeset that reached the office.
    struct Person {
        SmallOffice* of;
        UserId user;
        DeviceId device;
        std::uint64_t oseq = 0;
        bool late = false;  ///< his machine was stopped before he wrote

        std::vector<merge::Verdict> pushes(std::vector<merge::Op> ops, Instant at) {
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
        merge::Verdict sets(const RecordId& record,
                            const catalog::Kind& kind,
                            const catalog::Field& wanted,
                            const Value& base,
                            const Value& value,
                            Instant at) {
            merge::Op op{.kind = merge::OpKind::Set,
                         .record_kind = kind.tag,
                         .record = record,
                         .base_fv = Fv{1}};
            for (const auto* member : catalog::group_of(kind, wanted)) {
                op.base.push_back({member->tag, member->tag == wanted.tag ? base : Value{}});
                op.fields.push_back({member->tag, member->tag == wanted.tag ? value : Value{}});
            }
            return pushes({op}, at).front();
        }
        merge::Verdict sets(const RecordId& customer,
                            std::string_view name,
                            const Value& base,
                            const Value& value,
                            Instant at) {
            return sets(customer, kCustomer, *catalog::find_field(kCustomer, name), base, value,
                        at);
        }
    };

    SmallOffice() {
        server::Unit unit(*store);
        east = make(catalog::kRegion, {{"code", std::string("HD")}, {"name", std::string("华东")}});
        north =
            make(catalog::kRegion, {{"code", std::string("HB")}, {"name", std::string("华北")}});
        sales = make(catalog::kDepartment,
                     {{"code", std::string("XS")}, {"name", std::string("销售部")}});
        ann = hire("ann", "李建国", "salesperson", east);
        ben = hire("ben", "王芳", "salesperson", east);
        clerk = hire("clerk", "刘洋", "info_clerk", east);
        manager = hire("manager", "郑华", "service_manager", east);
        admin = hire("admin", "罗平", "system_admin", east);
        unit.commit();
    }

    /// An active customer of `owner`.
    RecordId customer_of(const Person& owner, std::string_view name) {
        server::Unit unit(*store);
        const auto id = make(kCustomer, {{"name", std::string(name)},
                                         {"owner_user_id", owner.user.as<RecordTag>()},
                                         {"region_id", east},
                                         {"department_id", sales},
                                         {"fax", std::string("0571-1000")},
                                         {"file_state", std::string("active")}});
        unit.commit();
        return id;
    }

    Value value_of(const RecordId& customer, std::string_view name) {
        server::Unit unit(*store);
        const auto values = store->load(kCustomer.tag, customer).value_or(FieldValues{});
        const Value* value = find(values, catalog::find_field(kCustomer, name)->tag);
        return value == nullptr ? Value{} : *value;
    }

    /// Facets of a record now lying in somebody's own scope.
    std::size_t facets_in_own_scope(const Person& person, const RecordId& record) {
        server::Unit unit(*store);
        std::size_t count = 0;
        for (const auto& entry :
             store->log({access::ScopeSort::Own, person.user.as<RecordTag>()}, SSeq{0}, 10'000)) {
            count += entry.record == record && entry.present ? 1U : 0U;
        }
        return count;
    }

    template <class Function>
    auto inside(Function function) {
        people_changed();
        server::Unit unit(*store);
        auto result = function(desk);
        unit.commit();
        return result;
    }

    /// The office itself raises or lowers the secrecy level.
    void marks(const RecordId& customer, int level) {
        inside([&](Office& office) {
            merge::Op op{.kind = merge::OpKind::Event,
                         .record_kind = kCustomer.tag,
                         .record = customer,
                         .event = "mark"};
            using catalog::kSecrecyLevel;
            assign(op.fields, kSecrecyLevel, std::int64_t{level});
            const auto done = office.change(UserId{}, {.source = "job", .ops = {op}});
            DOSSIER_CHECK(done.has_value());
            return true;
        });
    }

    void people_changed() { desk.people().forget(); }

    TempStore store;
    SetClock clock{*instant_from("2026-03-02 09:00")};
    crypto::SeededRandom random{7};
    Office desk{*store, clock, random};
    RecordId east;
    RecordId north;
    RecordId sales;
    Person ann{this, {}, {}};
    Person ben{this, {}, {}};
    Person clerk{this, {}, {}};
    Person manager{this, {}, {}};
    Person admin{this, {}, {}};

  private:
    using Given = std::vector<std::pair<std::string_view, Value>>;

    RecordId make(const catalog::Kind& kind, const Given& given) {
        const auto id = desk.ids().make<RecordId>();
        FieldValues values;
        for (const auto& [name, value] : given)
            assign(values, catalog::find_field(kind, name)->tag, value);
        const merge::Changeset changeset{.source = "job",
                                         .ops = {{.kind = merge::OpKind::Create,
                                                  .record_kind = kind.tag,
                                                  .record = id,
                                                  .fields = values}}};
        const auto made = desk.change(UserId{}, changeset);
        DOSSIER_CHECK(made.has_value());
        return id;
    }

    Person hire(std::string_view login,
                std::string_view name,
                std::string_view role,
                const RecordId& region) {
        const auto id =
            make(catalog::kUser, {{"login", std::string(login)},
                                  {"employee_no", "A-" + std::string(login)},
                                  {"name", std::string(name)},
                                  {"department_id", sales},
                                  {"region_id", region},
                                  {"rank", std::string("staff")},
                                  {"clearance", std::int64_t{role == "service_manager" ? 3 : 2}}});
        make(catalog::kRoleAssignment, {{"user_id", id}, {"role", std::string(role)}});
        return {this, id.as<UserTag>(), desk.ids().make<DeviceId>()};
    }
};

}  // namespace dossier::test
