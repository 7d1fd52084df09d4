// The observer is a salesperson of the first region. Added in the second run only: customers of
// others and work on them, their laptops, grants to them, cases of theirs, values of the observer's
// own customers that no laptop holds; and where the observer guesses an id, a record that has it.
//
// Compared is every message in both directions with its content. Left out, because it says nothing
// of others or cannot be equal: random identities (told apart by their first appearance), sums over
// them, the head of the audit chain, and the running numbers of cases and proposals.
#include "tests/sim/pairs.hpp"

#include <regex>

#include "common/catalog/activity.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/encode.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/value_json.hpp"

#include "protocol/codec.hpp"
#include "protocol/compress.hpp"

#include "tests/sim/checks.hpp"
#include "tests/sim/dice.hpp"
#include "tests/sim/world.hpp"

namespace dossier::sim {
namespace {

using catalog::kCustomer;
using merge::OpKind;

constexpr std::uint32_t kObserver = 0;
constexpr std::uint32_t kStranger = 1;

/// Steps of both runs are the observer's; those of anybody else are of the second run only.
Plan drawn_pair(std::uint64_t seed) {
    Plan plan{.seed = seed, .net = {}, .laptops = {}, .steps = {}};
    plan.laptops = {{.user = 0, .role = 0, .region = 0}, {.user = 1, .role = 0, .region = 1}};
    Dice dice = dice_for(seed, 7);
    constexpr std::array kOwn{Verb::Sync,        Verb::Sync,         Verb::Visit,
                              Verb::NewCustomer, Verb::EditCustomer, Verb::EditCustomer,
                              Verb::EditAddress, Verb::NewContact,   Verb::EditContact,
                              Verb::WriteBlind,  Verb::WorkLog};
    constexpr std::array kOthers{Verb::Sync,         Verb::Sync,         Verb::NewCustomer,
                                 Verb::EditCustomer, Verb::Visit,        Verb::OfficeNewCustomer,
                                 Verb::OfficeSecret, Verb::OfficeSecret, Verb::Grant,
                                 Verb::Mark,         Verb::OfficeEdit,   Verb::Rule,
                                 Verb::Transfer};
    for (int at = 0; at < 60; ++at) {
        Step step{.at_ms = dice.between(1'000, 86'400'000), .salt = dice.next()};
        const bool own = dice.chance(450);
        step.who = own ? kObserver : dice.chance(400) ? kStranger : kOffice;
        step.verb = own ? dice.pick(kOwn) : dice.pick(kOthers);
        plan.steps.push_back(step);
    }
    plan.steps.push_back({.at_ms = 90'000'000, .who = kObserver, .verb = Verb::Sync, .salt = 1});
    std::stable_sort(plan.steps.begin(), plan.steps.end(),
                     [](const Step& a, const Step& b) { return a.at_ms < b.at_ms; });
    return plan;
}

/// The id the observer guesses at this step.
RecordId guessed(const Step& step) {
    Dice dice(step.salt ^ 0x6E55);
    RecordId id;
    for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(dice.next());
    return id;
}

/// A laptop that lies: its outbox gets an op its own door would refuse.
void guess(World& world, const Step& step) {
    auto& machine = *world.laptops[kObserver];
    const RecordId id = guessed(step);
    Dice dice(step.salt);
    merge::Op op{.record_kind = kCustomer.tag, .record = id};
    switch (dice.below(5)) {
        case 0:
            op.fields = values_of(kCustomer, {{"remark", words("?")}});
            break;
        case 1:
            op.kind = OpKind::Remove;
            break;
        case 2:
            op.kind = OpKind::Create;
            op.record_kind = catalog::kCommunication.tag;
            op.record = machine.ids.make<RecordId>();
            op.fields =
                values_of(catalog::kCommunication, {{"customer_id", id}, {"content", words("?")}});
            break;
        default:
            op.kind = OpKind::Event;
            op.event = std::array{"mark", "post", "transfer"}[dice.below(3)];
            break;
    }
    merge::Changeset draft{.author = machine.user,
                           .claimed_at = machine.clock.now(),
                           .schema = catalog::schema_version(),
                           .source = "cli",
                           .ops = {op}};
    sqlite::Transaction tx(machine.store().connection());
    const OSeq oseq = machine.store().outbox.append(draft);
    tx.commit();
    world.history[kObserver].saved[oseq.value] = {.body = {}, .draft = draft, .certain = true};
    check_saved(world, kObserver, oseq.value);
}

/// A customer with this very id, too secret or too young to be known to the observer.
void answer_guess(World& world, const Step& step) {
    merge::Op op{.kind = OpKind::Create, .record_kind = kCustomer.tag, .record = guessed(step)};
    op.fields =
        values_of(kCustomer, {{"name", words("unseen")},
                              {"file_state", words(step.salt % 2 == 0 ? "active" : "draft")},
                              {"secrecy_level", std::int64_t{step.salt % 2 == 0 ? 3 : 1}},
                              {"owner_user_id", world.field_staff[kStranger].as<RecordTag>()},
                              {"region_id", world.office.regions[1]},
                              {"department_id", world.office.department}});
    if (!world.office.change({}, std::move(op))) world.breach("pairs", "no stranger's customer");
}

/// Customers he answers for in any way, or those he has nothing to do with.
std::vector<RecordId> customers(World& world, bool of_observer) {
    std::vector<RecordId> found;
    const Value observer{world.field_staff[kObserver].as<RecordTag>()};
    for (const RecordId& id : world.office.all(kCustomer)) {
        const auto values = world.office.load(kCustomer, id);
        const bool his = value_in(values, kCustomer, "owner_user_id") == observer ||
                         value_in(values, kCustomer, "service_user_id") == observer ||
                         value_in(values, kCustomer, "created_by") == observer;
        if (his == of_observer) found.push_back(id);
    }
    return found;
}

/// Work nobody tells the observer of.
void work_unseen(World& world, const Step& step) {
    if (step.who != kOffice) return step.verb <= Verb::Sync ? world.work_on_laptop(step) : void();
    Dice dice(step.salt);
    auto& office = world.office;
    const auto others = customers(world, false);
    const auto own = customers(world, true);
    const RecordId stranger = world.field_staff[kStranger].as<RecordTag>();
    if (step.verb == Verb::OfficeNewCustomer || others.empty()) {
        answer_guess(world, step);
    } else if (step.verb == Verb::OfficeSecret && !own.empty()) {
        const RecordId id = own[dice.below(own.size())];
        static_cast<void>(office.set({}, kCustomer, id, "marketing_strategy_note",
                                     words("plan " + std::to_string(dice.next()))));
    } else if (step.verb == Verb::Mark) {
        FieldValues level;
        assign(level, 4, std::int64_t{3});  // never less: some must stay unknown
        static_cast<void>(
            office.event({}, kCustomer, others[dice.below(others.size())], "mark", level));
    } else if (step.verb == Verb::Transfer) {
        static_cast<void>(office.event({}, kCustomer, others[dice.below(others.size())], "transfer",
                                       values_of(kCustomer, {{"service_user_id", stranger}})));
    } else {
        static_cast<void>(office.set(office.clerk, kCustomer, others[dice.below(others.size())],
                                     "remark", words(std::to_string(dice.next()))));
    }
}

/// Messages as text in which every random identity has the number of its first appearance.
class Teller {
  public:
    std::string tell(const Bytes& line) {
        const auto message = protocol::decode(ByteView(line).subspan(1));
        if (!message) return "?";
        std::string text = line.front() == 1 ? "-> " : "<- ";
        std::visit([&](const auto& each) { text += words_of(each); }, *message);
        return text;
    }

  private:
    std::string name(const RecordId& id) {
        const auto [at, fresh] = names_.try_emplace(id, names_.size());
        return "#" + std::to_string(at->second);
    }
    std::string words_of(const Value& value) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
        if (const auto* id = std::get_if<RecordId>(&value)) return name(*id);
        const auto* text = as_text(value);
        if (text == nullptr) return "-";
        static const std::regex kId("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        std::string named;
        std::size_t from = 0;
        for (std::sregex_iterator at(text->begin(), text->end(), kId), end; at != end; ++at) {
            const auto begin = static_cast<std::size_t>(at->position());
            named += text->substr(from, begin - from) + name(*id_from<RecordId>(at->str()));
            from = begin + at->str().size();
        }
        return named + text->substr(from);
    }
    std::string words_of(const protocol::ScopeKey& scope) {
        return std::to_string(int{scope.sort}) + ":" + name(scope.of) + " ";
    }
    std::string words_of(const protocol::Batch& batch) {
        protocol::Decompressor decompressor;
        const auto plain = decompressor.decompress(batch.entries);
        const auto entries = protocol::decode_entries(*plain);
        std::string text = "batch " + words_of(batch.scope) + std::to_string(batch.to.value) + " " +
                           std::to_string(batch.count);
        for (const auto& each : *entries) {
            text += "\n    " + name(each.record) + " " + std::to_string(each.kind) + "." +
                    std::to_string(int{each.facet}) + (each.present ? " fv " : " gone ") +
                    std::to_string(each.fv.value);
            const bool matter =
                each.kind == catalog::kCase.tag || each.kind == catalog::kProposal.tag;
            const auto values = catalog::decode(each.content);
            for (const auto& [tag, value] : *values) {
                constexpr std::uint16_t kNumber = 16;
                const bool number = matter && tag == kNumber;
                text += " " + std::to_string(tag) + "=" + (number ? "*" : words_of(value));
            }
        }
        return text;
    }
    std::string words_of(const protocol::Verdicts& message) {
        std::string text = "verdicts";
        for (const auto& each : message.changesets) {
            for (const auto& verdict : each.verdicts) {
                text += " " + std::to_string(each.oseq) + ":" +
                        std::to_string(static_cast<int>(verdict.kind)) + " fv " +
                        std::to_string(verdict.fv.value) + (verdict.matter == 0 ? "" : " *") + " " +
                        verdict.reason;
                for (const auto& arg : verdict.args) text += "," + words_of(Value{arg});
            }
        }
        return text;
    }
    std::string words_of(const protocol::Policy& message) {
        std::string text = "policy";
        for (const auto* list : {&message.gained, &message.lost, &message.held}) {
            text += " |";
            for (const auto& scope : *list) text += words_of(scope);
        }
        return text;
    }
    std::string words_of(const protocol::Checkpoint& message) {
        std::string text = "checkpoint ";
        for (const auto& each : message.scopes)
            text += words_of(each.scope) + std::to_string(each.sseq.value) + "/" +
                    std::to_string(each.count) + " ";
        return text;
    }
    std::string words_of(const protocol::Welcome& message) {
        protocol::Welcome told = message;
        told.audit_head = {};
        told.audit_place = {};
        return "welcome " + to_hex(protocol::encode(told));
    }
    std::string words_of(const protocol::Bye& message) {
        protocol::Bye told = message;
        told.audit_head = {};
        told.audit_place = {};
        told.audit_epoch = {};
        return "bye " + to_hex(protocol::encode(told));
    }
    /// Everything else says what the laptop itself said, byte for byte.
    template <class Message>
    std::string words_of(const Message& message) {
        return to_hex(protocol::encode(protocol::Message{message}));
    }

    std::map<RecordId, std::size_t> names_;
};

/// No customer is served by two people.
void part_customers(World& world) {
    for (const RecordId& id : world.office.all(kCustomer)) {
        const auto parted = world.office.event({}, kCustomer, id, "transfer",
                                               values_of(kCustomer, {{"service_user_id", {}}}));
        if (!parted) world.breach("pairs", "a customer stays with two people");
    }
}

struct Seen {
    std::vector<std::string> lines;
    std::string broken;
};

Seen watched(const Plan& plan, bool unseen_work, Counts& counts) {
    World world(plan);
    world.observed = kObserver;
    world.after_founding = part_customers;
    // The observer's own words come first in both runs; the others' have numbers of their own.
    std::uint32_t others = 0x4000'0000;
    std::uint32_t own = 1'000'000;
    world.instead = [&](World& at, const Step& step) {
        const bool seen = step.who == kObserver;
        if (!seen && !unseen_work) return true;
        auto& next = seen ? own : others;
        at.pen.begin_at(next);
        next += 1000;
        if (step.who == kObserver && step.verb == Verb::WriteBlind) {
            if (unseen_work) answer_guess(at, step);
            guess(at, step);
            return true;
        }
        if (seen) return false;
        work_unseen(at, step);
        return true;
    };
    world.calm_network = true;
    world.plan_only = true;
    const Outcome outcome = world.run();
    counts.add(outcome.counts);
    Seen seen;
    Teller teller;
    for (const Bytes& line : world.transcript) seen.lines.push_back(teller.tell(line));
    if (!outcome.breaches.empty())
        seen.broken = outcome.breaches.front().law + ": " + outcome.breaches.front().what;
    return seen;
}

}  // namespace

std::string pair_difference(std::uint64_t seed, Counts& counts) {
    const Plan plan = drawn_pair(seed);
    const Seen alone = watched(plan, false, counts);
    const Seen among = watched(plan, true, counts);
    for (const Seen* each : {&alone, &among}) {
        if (!each->broken.empty()) return each->broken;
    }
    const std::size_t both = std::min(alone.lines.size(), among.lines.size());
    for (std::size_t at = 0; at < both; ++at) {
        if (alone.lines[at] == among.lines[at]) continue;
        return "message " + std::to_string(at) + "\n  alone: " + alone.lines[at] +
               "\n  among: " + among.lines[at];
    }
    return alone.lines.size() == among.lines.size() ? "" : "another number of messages";
}

}  // namespace dossier::sim
