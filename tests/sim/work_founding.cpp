// How customer files come to be (WF-01): drafted and submitted on laptops, signed at the office by
// superiors, inspectors and clerks; and what people try who may not, or come too late.
#include <algorithm>
#include <array>

#include "common/catalog/customer.hpp"
#include "common/catalog/field_check.hpp"
#include "common/catalog/organisation.hpp"

#include "server/jobs/deadlines.hpp"
#include "tests/sim/checks.hpp"

namespace dossier::sim {
namespace {

using catalog::kCustomer;
using catalog::kFieldCheck;
using catalog::kRegion;

constexpr std::array<std::string_view, 13> kEvents{
    "submit",      "resubmit", "discard",      "approve", "return",     "verified", "refuted",
    "nonexistent", "post",     "is_duplicate", "archive", "reactivate", "void"};

merge::Op event_of(const RecordId& file, std::string_view event) {
    return {.kind = merge::OpKind::Event,
            .record_kind = kCustomer.tag,
            .record = file,
            .event = std::string(event)};
}

std::string state_of(const FieldValues& file) {
    const Value value = value_in(file, kCustomer, "file_state");
    const auto* word = as_text(value);
    return word == nullptr ? std::string() : *word;
}

/// Somebody at his laptop who drafts files and submits them.
class Author {
  public:
    Author(World& world, const Step& step)
        : world_(world),
          who_(step.who),
          machine_(*world.laptops[step.who]),
          store_(machine_.store()),
          dice_(step.salt) {}

    /// All that is asked of a person's file before it is submitted; now and then not quite.
    void draft() {
        const auto id = machine_.ids.make<RecordId>();
        auto values = values_of(kCustomer, {{"name", text(id, "name")},
                                            {"party_kind", words("person")},
                                            {"phone_main", words("0571-88001122")},
                                            {"business_need", text(id, "business_need")},
                                            {"source", words("visit")},
                                            {"street_address", text(id, "street_address")},
                                            {"postcode", words(world_.pen.digits())}});
        if (dice_.chance(120)) assign(values, tag_of(kCustomer, "source"), Value{});
        std::erase_if(values, [](const FieldValue& each) { return is_empty(each.value); });
        world_.founded.insert(id);
        std::vector<merge::Op> ops{client::new_record(kCustomer, id, std::move(values))};
        if (dice_.chance(150)) ops.push_back(event_of(id, "submit"));
        world_.save(who_, std::move(ops));
    }
    /// What lies here may have been submitted on another laptop, returned or posted since.
    void submit() {
        std::vector<std::pair<RecordId, std::string>> ready;
        for (const RecordId& id : files()) {
            const auto values = store_.replica.load(kCustomer, id).value_or(FieldValues{});
            const Value* by = find(values, catalog::kCreatedBy);
            const bool his = by != nullptr && as_record(*by).as<UserTag>() == machine_.user;
            const auto state = state_of(values);
            if (his && state == "returned") ready.emplace_back(id, "resubmit");
            const bool meant = world_.founded.contains(id) || dice_.chance(100);
            if (his && state == "draft" && meant) ready.emplace_back(id, "submit");
        }
        if (ready.empty()) return;
        const auto& [file, event] = ready[dice_.below(ready.size())];
        const bool twice = dice_.chance(250);
        world_.save(who_, {event_of(file, event)});
        if (twice && machine_.is_open()) world_.save(who_, {event_of(file, event)});
    }
    /// Any step of any file that lies here.
    void lie() {
        const auto all = files();
        if (all.empty()) return;
        world_.force(who_, event_of(all[dice_.below(all.size())], dice_.pick(kEvents)), "改一下");
    }

  private:
    Value text(const RecordId& record, std::string_view name) {
        return world_.pen.write({who_, record, kCustomer.tag, tag_of(kCustomer, name)});
    }
    std::vector<RecordId> files() {
        return store_.replica.select({.kind = &kCustomer, .limit = 2000});
    }

    World& world_;
    std::uint32_t who_;
    LaptopMachine& machine_;
    client::Store& store_;
    Dice dice_;
};

/// Those at the office who sign.
class Signer {
  public:
    Signer(World& world, const Step& step) : world_(world), at_(world.office), dice_(step.salt) {}

    void review() {
        const auto file = waiting("superior_review");
        if (file.is_none()) return;
        const auto owner =
            as_record(value_in(at_.load(kCustomer, file), kCustomer, "owner_user_id"));
        const auto superior = as_record(
            value_in(at_.load(catalog::kUser, owner), catalog::kUser, "superior_user_id"));
        const UserId by = superior.is_none() || dice_.chance(100) ? dice_.pick(at_.superiors)
                                                                  : superior.as<UserTag>();
        take(by, file, dice_.chance(750) ? "approve" : "return");
    }
    void inspect() {
        const auto file = waiting("inspection");
        if (file.is_none()) return;
        const UserId by = inspector_of(file);
        if (dice_.chance(850)) check(by, file);
        const auto drawn = dice_.below(10);
        take(by, file, drawn < 7 ? "verified" : drawn < 9 ? "refuted" : "nonexistent");
    }
    void post() {
        const auto file = waiting("clerk_posting");
        if (file.is_none()) return;
        const UserId by = dice_.chance(700) ? at_.clerk : at_.manager;
        const auto drawn = dice_.below(20);
        if (drawn == 0) return duplicate(by, file);
        take(by, file, drawn < 17 ? "post" : "return");
    }
    /// Whoever thinks it his to do, in whatever state the file is; a draft is posted most often.
    void astray() {
        auto all = at_.all(kCustomer);
        std::erase_if(all, [&](const RecordId& id) { return !world_.founded.contains(id); });
        if (all.empty()) return;
        const RecordId file = all[dice_.below(all.size())];
        if (state_of(at_.load(kCustomer, file)) == "draft" && dice_.chance(600))
            return take(dice_.chance(700) ? at_.clerk : at_.manager, file, "post");
        std::vector<UserId> people{at_.clerk, at_.clerk, at_.manager,
                                   dice_.pick(world_.field_staff)};
        people.insert(people.end(), at_.superiors.begin(), at_.superiors.end());
        people.insert(people.end(), at_.inspectors.begin(), at_.inspectors.end());
        const UserId by = dice_.pick(people);
        // A file they put aside is gone for the rest of the run: rarely.
        constexpr std::array<std::string_view, 8> kTried{
            "post", "post", "approve", "approve", "verified", "return", "refuted", "resubmit"};
        take(by, file, dice_.chance(850) ? dice_.pick(kTried) : dice_.pick(kEvents));
    }
    /// Of a sample all, half or none.
    void rule() {
        constexpr std::array<std::string_view, 4> kRules{"all", "sampled", "sampled", "off"};
        const RecordId& region = dice_.pick(at_.regions);
        note(at_.set({}, kRegion, region, "inspection", words(dice_.pick(kRules))));
        note(at_.set({}, kRegion, region, "inspection_share_bp",
                     std::int64_t{5'000} * dice_.between(0, 2)));
    }
    void remind() {
        at_.inside([](server::Office& office) { return server::remind_of_deadlines(office); });
    }

  private:
    RecordId waiting(std::string_view state) {
        auto all = at_.all(kCustomer);
        std::erase_if(
            all, [&](const RecordId& id) { return state_of(at_.load(kCustomer, id)) != state; });
        return all.empty() ? RecordId{} : all[dice_.below(all.size())];
    }
    UserId inspector_of(const RecordId& file) {
        const auto region = as_record(value_in(at_.load(kCustomer, file), kCustomer, "region_id"));
        const bool second = region == at_.regions[1];
        return dice_.chance(100) ? dice_.pick(at_.inspectors) : at_.inspectors[second ? 1 : 0];
    }
    void check(const UserId& by, const RecordId& file) {
        merge::Op op{.kind = merge::OpKind::Create,
                     .record_kind = kFieldCheck.tag,
                     .record = at_.office().ids().make<RecordId>()};
        op.fields = values_of(
            kFieldCheck,
            {{"customer_id", file}, {"part", words("phone")}, {"method", words("phone")}});
        note(at_.change(by, std::move(op)));
    }
    void duplicate(const UserId& by, const RecordId& file) {
        const auto all = at_.all(kCustomer);
        auto op = event_of(file, "is_duplicate");
        assign(op.fields, tag_of(kCustomer, "duplicate_of_id"), all[dice_.below(all.size())]);
        note(at_.change(by, std::move(op), "同一家"));
    }
    void take(const UserId& by, const RecordId& file, std::string_view event) {
        world_.tell(kOffice, "  " + std::string(event) + " " + to_text(file));
        note(at_.change(by, event_of(file, event), dice_.chance(950) ? "核对过" : ""));
    }
    void note(const Status& done) {
        if (done) ++world_.counts.ops;
        if (!done) world_.mix(bytes_of(done.error().id()));
        if (!done) world_.tell(kOffice, describe(done.error(), Lang::En));
    }

    World& world_;
    OfficeMachine& at_;
    Dice dice_;
};

}  // namespace

void World::force(std::uint32_t laptop, merge::Op op, std::string_view reason) {
    on_laptop(laptop, [&] {
        auto& machine = *laptops[laptop];
        const merge::Changeset draft{.author = machine.user,
                                     .claimed_at = machine.clock.now(),
                                     .schema = catalog::schema_version(),
                                     .reason = std::string(reason),
                                     .source = "cli",
                                     .ops = {std::move(op)}};
        const std::uint64_t next = machine.store().outbox.last().value + 1;
        Saved& kept = history[laptop].saved[next];
        kept = {.body = {}, .draft = draft, .certain = false};
        sqlite::Transaction tx(machine.store().connection());
        machine.store().outbox.append(draft);
        tx.commit();
        ++counts.ops;
        kept.certain = true;
        check_saved(*this, laptop, next);
    });
}

void found_on_laptop(World& world, const Step& step) {
    Author author(world, step);
    if (step.verb == Verb::DraftFile) return author.draft();
    if (step.verb == Verb::Submit) return author.submit();
    if (step.verb == Verb::AskAstray) return author.lie();
}

void found_at_office(World& world, const Step& step) {
    Signer signer(world, step);
    switch (step.verb) {
        case Verb::Review:
            return signer.review();
        case Verb::Inspect:
            return signer.inspect();
        case Verb::PostReviewed:
            return signer.post();
        case Verb::SignAstray:
            return signer.astray();
        case Verb::InspectionRule:
            return signer.rule();
        case Verb::Deadlines:
            return signer.remind();
        default:
            return;
    }
}

}  // namespace dossier::sim
