// What people at the office do while laptops sync: everything through the office's one door.
#include <algorithm>
#include <array>
#include <optional>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/review.hpp"

#include "server/accounts/devices.hpp"
#include "server/review/cases.hpp"
#include "tests/sim/world.hpp"

namespace dossier::sim {
namespace {

using catalog::kAccessGrant;
using catalog::kContact;
using catalog::kCustomer;
using catalog::Kind;
using catalog::kRoleAssignment;
using catalog::kUser;

constexpr std::array<std::string_view, 9> kOfficeTexts{
    "name",          "short_name", "legal_rep",         "business_scope", "key_business",
    "business_need", "website",    "registration_info", "remark"};

class Counter {
  public:
    /// `about`: the laptop in whose session it happens.
    Counter(World& world, const Step& step, std::optional<std::uint32_t> about)
        : world_(world), at_(world.office), dice_(step.salt), about_(about) {}

    RecordId pick(const Kind& kind) {
        const auto all = at_.all(kind);
        return all.empty() ? RecordId{} : all[dice_.below(all.size())];
    }
    const UserId& person() {
        return about_ ? world_.laptops[*about_]->user : dice_.pick(world_.field_staff);
    }
    const RecordId& region() { return dice_.pick(at_.regions); }
    std::string text(const Kind& kind, const RecordId& record, std::string_view name) {
        return world_.pen.write({kOffice, record, kind.tag, tag_of(kind, name)});
    }
    void note(const Status& done) {
        if (done) ++world_.counts.ops;
        if (!done) world_.mix(bytes_of(done.error().id()));
    }

    void new_customer() {
        const auto id = at_.office().ids().make<RecordId>();
        const auto states = std::array{"active", "active", "active", "draft", "archived"};
        merge::Op op{.kind = merge::OpKind::Create, .record_kind = kCustomer.tag, .record = id};
        op.fields = values_of(
            kCustomer,
            {{"name", text(kCustomer, id, "name")},
             {"party_kind", words("enterprise")},
             {"market", words("domestic")},
             {"directness", words("direct")},
             {"remark", text(kCustomer, id, "remark")},
             {"file_state", words(states[dice_.below(states.size())])},
             {"secrecy_level", static_cast<std::int64_t>(dice_.chance(700) ? 1 : dice_.below(4))},
             {"owner_user_id", person().as<RecordTag>()},
             {"region_id", region()},
             {"department_id", at_.department}});
        if (dice_.chance(300))
            assign(op.fields, tag_of(kCustomer, "service_user_id"), person().as<RecordTag>());
        note(at_.change({}, std::move(op)));
    }
    void edit() {
        const RecordId id = pick(kCustomer);
        if (id.is_none()) return;
        const auto name = kOfficeTexts[dice_.below(kOfficeTexts.size())];
        const UserId& actor = dice_.chance(500) ? at_.clerk : at_.manager;
        note(at_.set(actor, kCustomer, id, name, text(kCustomer, id, name)));
    }
    /// What no laptop holds without a grant, some of it never.
    void secret() {
        if (dice_.chance(400)) {
            const RecordId contact = pick(kContact);
            if (contact.is_none()) return;
            note(at_.set({}, kContact, contact, "quality_note",
                         text(kContact, contact, "quality_note")));
            return;
        }
        const RecordId id = pick(kCustomer);
        if (id.is_none()) return;
        note(at_.set({}, kCustomer, id, "marketing_strategy_note",
                     text(kCustomer, id, "marketing_strategy_note")));
    }
    void post() {
        for (const RecordId& id : at_.all(kCustomer)) {
            const auto state = value_in(at_.load(kCustomer, id), kCustomer, "file_state");
            if (state != words("draft")) continue;
            // The office itself: of what salespeople made a superior would review it first.
            return note(at_.event({}, kCustomer, id, "post", {}));
        }
    }
    void transfer() {
        const RecordId id = pick(kCustomer);
        if (id.is_none()) return;
        const std::string_view whom = dice_.chance(800) ? "owner_user_id" : "service_user_id";
        note(at_.event({}, kCustomer, id, "transfer",
                       values_of(kCustomer, {{whom, person().as<RecordTag>()}})));
    }
    void move_region() {
        const RecordId id = pick(kCustomer);
        if (id.is_none()) return;
        note(at_.event({}, kCustomer, id, "transfer",
                       values_of(kCustomer, {{"region_id", region()}})));
    }
    void move_person() {
        note(at_.set({}, kUser, person().as<RecordTag>(), "region_id", region()));
    }
    std::vector<RecordId> assignments_of(const UserId& user) {
        std::vector<RecordId> found;
        for (const RecordId& id : at_.all(kRoleAssignment)) {
            const auto values = at_.load(kRoleAssignment, id);
            const bool his =
                value_in(values, kRoleAssignment, "user_id") == Value{user.as<RecordTag>()};
            if (his && is_empty(value_in(values, kRoleAssignment, "to_at"))) found.push_back(id);
        }
        return found;
    }
    void demote() {
        auto assigned = assignments_of(person());
        if (assigned.empty()) return;
        const RecordId id = dice_.pick(assigned);
        note(at_.set({}, kRoleAssignment, id, "to_at", at_.office().now().ms));
    }
    void promote() {
        const auto values = values_of(
            kRoleAssignment, {{"user_id", person().as<RecordTag>()},
                              {"role", words(kRoleWords[dice_.below(kRoleWords.size())])}});
        note(at_.make(kRoleAssignment, values).is_none() ? fail(server::kUnknownDevice, "role")
                                                         : Status{});
    }
    void clearance() {
        note(at_.set({}, kUser, person().as<RecordTag>(), "clearance", dice_.between(0, 2)));
    }
    void mark() {
        const RecordId id = pick(kCustomer);
        if (id.is_none()) return;
        using catalog::kSecrecyLevel;
        FieldValues level;
        assign(level, kSecrecyLevel, dice_.between(0, 3));
        note(at_.event({}, kCustomer, id, "mark", level));
    }
    void grant() {
        const UserId whom = person();
        // Several at once, as for a journey: each opens what it opens.
        for (auto left = 1 + dice_.below(3); left > 0; --left) grant_one(whom);
    }
    void grant_one(const UserId& whom) {
        const RecordId customer = pick(kCustomer);
        if (!customer.is_none()) grant_one(whom, customer);
    }
    void grant_more() {
        const RecordId given = pick(kAccessGrant);
        if (given.is_none()) return;
        const auto values = at_.load(kAccessGrant, given);
        const auto whom = as_record(value_in(values, kAccessGrant, "grantee_user_id"));
        const auto targets = catalog::elements(value_in(values, kAccessGrant, "scope_ids"));
        const auto customer = id_from<RecordId>(std::string_view(targets.front()).substr(1, 36));
        for (int more = 0; customer && more < 2; ++more) grant_one(whom.as<UserTag>(), *customer);
    }
    void grant_one(const UserId& whom, const RecordId& customer) {
        const std::int64_t now = at_.office().now().ms;
        const auto& ops = *catalog::find_field(kAccessGrant, "ops");
        const auto& ids = *catalog::find_field(kAccessGrant, "scope_ids");
        const auto id = at_.make(
            kAccessGrant,
            values_of(kAccessGrant,
                      {{"grantee_user_id", whom.as<RecordTag>()},
                       {"scope_kind", words("customer")},
                       {"scope_ids", catalog::from_elements(ids, {'"' + to_text(customer) + '"'})},
                       {"max_level", dice_.between(0, 2)},
                       {"ops", catalog::from_elements(ops, {"\"offline\"", "\"view\""})},
                       {"purpose", words("出差携带")},
                       {"from_at", now},
                       {"to_at", now + dice_.between(1, 7 * 24) * kHour}}));
        note(id.is_none() ? fail(server::kUnknownDevice, "grant") : Status{});
    }
    void revoke_grant() {
        const RecordId id = pick(kAccessGrant);
        if (!id.is_none()) note(at_.event({}, kAccessGrant, id, "revoke", {}));
    }
    void rule() {
        const auto open = at_.inside([&](server::Office& office) {
            return server::list_cases(office, at_.chief, server::Which::Open);
        });
        if (open.empty()) return;
        const auto& chosen = open[dice_.below(open.size())];
        const std::string take = chosen.candidates.empty() || dice_.chance(300)
                                     ? "current"
                                     : std::to_string(1 + dice_.below(chosen.candidates.size()));
        note(attempt([&](server::Office& office) {
            return server::rule_case(office, at_.chief, chosen.number, take, "核对后决定");
        }));
    }
    void undo() {
        const auto all = at_.inside([&](server::Office& office) {
            return server::list_cases(office, at_.chief, server::Which::All);
        });
        if (all.empty()) return;
        const auto number = all[dice_.below(all.size())].number;
        note(attempt([&](server::Office& office) {
            return server::undo_ruling(office, at_.chief, number, "改判");
        }));
    }
    void verify() {
        const auto open = at_.inside([&](server::Office& office) {
            return server::list_proposals(office, at_.chief, server::Which::Open);
        });
        if (open.empty()) return;
        const auto number = open[dice_.below(open.size())].number;
        const bool take = dice_.chance(600);
        note(attempt([&](server::Office& office) {
            return take ? server::accept_proposal(office, at_.manager, number, "属实")
                        : server::refuse_proposal(office, at_.manager, number, "不实");
        }));
    }
    void remove() {
        const RecordId id = pick(dice_.chance(600) ? kContact : kCustomer);
        if (id.is_none()) return;
        const auto kind = at_.looking([&](server::Store& store) { return store.place(id)->kind; });
        note(at_.change({}, {.kind = merge::OpKind::Remove, .record_kind = kind, .record = id}));
    }

  private:
    /// Undone when it fails, as a command does.
    template <class Work>
    Status attempt(Work work) {
        server::Unit unit(at_.store());
        at_.office().people().forget();
        auto done = work(at_.office());
        if (done) unit.commit();
        return done;
    }

    World& world_;
    OfficeMachine& at_;
    Dice dice_;
    std::optional<std::uint32_t> about_;
};

void work(Counter& counter, Verb verb) {
    switch (verb) {
        case Verb::OfficeNewCustomer:
            return counter.new_customer();
        case Verb::OfficeEdit:
            return counter.edit();
        case Verb::OfficeSecret:
            return counter.secret();
        case Verb::Post:
            return counter.post();
        case Verb::Transfer:
            return counter.transfer();
        case Verb::MoveRegion:
            return counter.move_region();
        case Verb::MovePerson:
            return counter.move_person();
        case Verb::Demote:
            return counter.demote();
        case Verb::Promote:
            return counter.promote();
        case Verb::Clearance:
            return counter.clearance();
        case Verb::Mark:
            return counter.mark();
        case Verb::Grant:
            return counter.grant();
        case Verb::RevokeGrant:
            return counter.revoke_grant();
        case Verb::GrantMore:
            return counter.grant_more();
        case Verb::Rule:
            return counter.rule();
        case Verb::Undo:
            return counter.undo();
        case Verb::Verify:
            return counter.verify();
        case Verb::OfficeRemove:
            return counter.remove();
        default:
            return;
    }
}

}  // namespace

void World::work_at_office(const Step& step) {
    // Some decisions fall into the middle of a session on purpose.
    constexpr std::array kTaking{Verb::Transfer, Verb::MoveRegion, Verb::MovePerson,
                                 Verb::Demote,   Verb::Clearance,  Verb::Mark,
                                 Verb::Suspend,  Verb::Revoke,     Verb::RevokeGrant,
                                 Verb::Lose,     Verb::Wipe};
    if (step.verb == Verb::TakeMidway) {
        Dice chance(step.salt);
        const auto laptop = static_cast<std::uint32_t>(chance.below(laptops.size()));
        midway[laptop].push_back(
            {.at_ms = step.at_ms, .verb = chance.pick(kTaking), .salt = chance.next()});
        return start_session(laptop);
    }
    Dice dice(step.salt ^ 0x5E55);
    const bool takes = std::find(kTaking.begin(), kTaking.end(), step.verb) != kTaking.end();
    if (!takes || !dice.chance(500)) return decide(step, {});
    const auto laptop = static_cast<std::uint32_t>(dice.below(laptops.size()));
    start_session(laptop);
    at(now() + dice.between(1, 10 * plan.net.delay_max_ms),
       [this, step, laptop] { decide(step, laptop); });
}

void World::decide(const Step& step, std::optional<std::uint32_t> about) {
    on_office([&] {
        Counter counter(*this, step, about);
        work(counter, step.verb);
        stop_or_tidy(*this, step, about);
    });
}

}  // namespace dossier::sim
