// The founding of files (WF-01), read out of the history alone: who signed, in which order, once.
// Who might sign is stated here again from domain 3.1, 3.3 and WF-01.
#include <algorithm>
#include <array>
#include <span>

#include "common/catalog/customer.hpp"
#include "common/catalog/field_check.hpp"
#include "common/catalog/organisation.hpp"

#include "tests/sim/checks.hpp"

namespace dossier::sim {
namespace {

using catalog::kCustomer;
using catalog::kRoleAssignment;
using catalog::kUser;
using server::JournalEntry;

constexpr std::array<std::string_view, 10> kFoundingSteps{
    "submit",   "resubmit", "discard",     "approve", "return",
    "verified", "refuted",  "nonexistent", "post",    "is_duplicate"};
/// Who may post a file.
constexpr std::array<std::string_view, 3> kPosting{"info_clerk", "service_supervisor",
                                                   "service_manager"};
constexpr std::array<std::string_view, 1> kInspecting{"market_inspector"};

bool is_founding_step(const JournalEntry& line) {
    return line.op == merge::OpKind::Event && line.won && line.source != "merge" &&
           std::ranges::find(kFoundingSteps, line.event) != kFoundingSteps.end();
}
bool sends_back(const JournalEntry& line) {
    return line.event == "return" || line.event == "refuted";
}
bool submits(const JournalEntry& line) {
    return line.event == "submit" || line.event == "resubmit";
}

/// One file and what the office's history says of it.
class Founding {
  public:
    Founding(World& world, server::Store& store, const RecordId& file)
        : world_(world), store_(store), file_(file), lines_(store.history(file, std::nullopt)) {
        values_ = store.load(kCustomer.tag, file).value_or(FieldValues{});
        const Value* by = find(values_, catalog::kCreatedBy);
        if (by != nullptr) author_ = as_record(*by).as<UserTag>();
        for (const auto& line : lines_) {
            if (is_founding_step(line)) steps_.push_back(&line);
        }
    }

    void check() {
        check_once();
        for (std::size_t at = 0; at < steps_.size(); ++at) {
            if (steps_[at]->event == "post") check_signers(at);
        }
    }

  private:
    void broken(const std::string& law, const std::string& why) {
        std::string told;
        for (const auto* step : steps_) told += " " + step->event;
        world_.breach(law, "file " + to_text(file_) + ": " + why + " in:" + told);
    }

    /// Between one return and the next no step is taken twice, and a file that was returned is
    /// submitted again before anything else.
    void check_once() {
        std::set<std::string> since;
        bool is_returned = false;
        for (const auto* step : steps_) {
            if (is_returned && step->event != "resubmit")
                broken("WF-01 once", step->event + " of a file that was sent back");
            is_returned = sends_back(*step);
            if (is_returned) {
                since.clear();
            } else if (!since.insert(step->event).second) {
                broken("WF-01 once", step->event + " twice");
            }
        }
    }

    /// Where it was submitted: superior, inspector unless the region waived it, clerk. Else it is
    /// the office's own, or of one who might post it himself.
    void check_signers(std::size_t posted) {
        std::size_t first = posted;
        while (first > 0 && !sends_back(*steps_[first - 1])) --first;
        const bool reviewed = std::ranges::any_of(std::span(steps_).first(posted),
                                                  [](const auto* step) { return submits(*step); });
        if (!reviewed) return check_unreviewed(*steps_[posted]);
        std::size_t at = first;
        const auto next = [&](std::string_view event) -> const JournalEntry* {
            return at < posted && steps_[at]->event == event ? steps_[at++] : nullptr;
        };
        const auto* submitted = next(first == 0 ? "submit" : "resubmit");
        if (submitted == nullptr || submitted->stamp.author != author_)
            return broken("WF-01 signers", "its author did not submit it");
        const auto* approved = next("approve");
        if (approved == nullptr) return broken("WF-01 signers", "no superior signed");
        if (approved->stamp.author == author_ || approved->stamp.author != superior_at(*approved))
            return broken("WF-01 signers", "who approved it is not the superior");
        const auto* verified = next("verified");
        if (verified == nullptr && !may_be_waived(*submitted))
            return broken("WF-01 signers", "no inspector signed");
        if (verified != nullptr) check_inspector(*verified, *submitted);
        if (at != posted) return broken("WF-01 signers", "more than its steps");
        check_poster(*steps_[posted]);
    }
    void check_unreviewed(const JournalEntry& posted) {
        const bool of_office = author_.is_none() || posted.stamp.author.is_none();
        if (!of_office && !held(author_, kPosting, posted.received_at))
            broken("WF-01 signers", "posted as it was drafted");
        if (!of_office) check_poster(posted);
    }
    void check_poster(const JournalEntry& posted) {
        if (!held(posted.stamp.author, kPosting, posted.received_at))
            broken("WF-01 signers", "who posted it is no clerk");
    }
    void check_inspector(const JournalEntry& verified, const JournalEntry& submitted) {
        const UserId& by = verified.stamp.author;
        if (by == author_ || !held(by, kInspecting, verified.received_at))
            return broken("WF-01 signers", "who verified it is no inspector");
        static constexpr auto& kCheck = catalog::kFieldCheck;
        const auto checks = store_.find(kCheck.tag, tag_of(kCheck, "customer_id"), file_);
        const bool wrote = std::ranges::any_of(checks, [&](const RecordId& id) {
            const auto check = store_.load(kCheck.tag, id).value_or(FieldValues{});
            const Value* writer = find(check, catalog::kCreatedBy);
            const Value* made = find(check, catalog::kCreatedAt);
            return writer != nullptr && as_record(*writer).as<UserTag>() == by && made != nullptr &&
                   as_number(*made).value_or(0) <= verified.received_at.ms;
        });
        // What was moved with a merged file is looked for nowhere else.
        if (!wrote && !world_.merged_into.contains(file_))
            broken("WF-01 signers", "the inspector wrote down no check");
        if (verified.seq.value < submitted.seq.value) broken("WF-01 signers", "verified too early");
    }

    /// Whether he held one of these roles then.
    template <class Roles>
    bool held(const UserId& user, const Roles& roles, Instant then) {
        const auto posts = store_.find(kRoleAssignment.tag, tag_of(kRoleAssignment, "user_id"),
                                       user.as<RecordTag>());
        return std::ranges::any_of(posts, [&](const RecordId& id) {
            const auto post = store_.load(kRoleAssignment.tag, id).value_or(FieldValues{});
            const Value role = value_in(post, kRoleAssignment, "role");
            const auto from = as_number(value_in(post, kRoleAssignment, "from_at")).value_or(0);
            const auto to = as_number(value_in(post, kRoleAssignment, "to_at")).value_or(INT64_MAX);
            return as_text(role) != nullptr && from <= then.ms && then.ms < to &&
                   std::ranges::find(roles, *as_text(role)) != roles.end();
        });
    }
    /// The value a field of a record had before a line of the journal, by that journal.
    Value value_before(const std::vector<JournalEntry>& lines, std::uint16_t tag, Seq before) {
        Value held;
        for (const auto& line : lines) {
            const Value* value = find(line.value, tag);
            if (line.seq.value < before.value && line.won && value != nullptr) held = *value;
        }
        return held;
    }
    Value value_before(const catalog::Kind& kind,
                       const RecordId& record,
                       std::string_view name,
                       Seq before) {
        return value_before(store_.history(record, std::nullopt), tag_of(kind, name), before);
    }
    UserId superior_at(const JournalEntry& line) {
        auto owner = as_record(value_before(lines_, tag_of(kCustomer, "owner_user_id"), line.seq));
        if (owner.is_none()) owner = author_.as<RecordTag>();
        return as_record(value_before(kUser, owner, "superior_user_id", line.seq)).as<UserTag>();
    }
    /// Of a region that samples nobody says here which: all of it at a share of one, none at none.
    bool may_be_waived(const JournalEntry& submitted) {
        auto region =
            as_record(value_before(lines_, tag_of(kCustomer, "region_id"), submitted.seq));
        if (region.is_none())
            region = as_record(
                value_before(kUser, author_.as<RecordTag>(), "region_id", lines_.front().seq));
        const Value rule = value_before(catalog::kRegion, region, "inspection", submitted.seq);
        const auto* word = as_text(rule);
        if (word == nullptr || *word == "all") return false;
        if (*word == "off") return true;
        const auto share =
            as_number(value_before(catalog::kRegion, region, "inspection_share_bp", submitted.seq));
        return share.value_or(0) < 10'000;
    }

    World& world_;
    server::Store& store_;
    RecordId file_;
    std::vector<JournalEntry> lines_;
    FieldValues values_;
    UserId author_;
    std::vector<const JournalEntry*> steps_;
};

}  // namespace

void check_foundings(World& world) {
    std::vector<RecordId> files;
    auto rows = world.office.books().prepared(
        "SELECT DISTINCT record FROM office_journal WHERE op=4 AND event IN ('submit', 'approve', "
        "'verified', 'post')");
    while (rows.step()) files.push_back(rows.id<RecordId>(0));
    world.office.looking([&](server::Store& store) {
        for (const RecordId& file : files) Founding(world, store, file).check();
        return true;
    });
}

void check_untaken(World& world,
                   sqlite::Connection& office,
                   const Answer& answer,
                   const merge::Op& op) {
    const DeviceId& device = world.laptops[answer.laptop]->device;
    // The other branch may have used the number for the same step, and been heard.
    if (op.kind != merge::OpKind::Event || world.branched.contains(device)) return;
    const auto asked = std::ranges::count_if(answer.draft.ops, [&](const merge::Op& other) {
        return other.kind == op.kind && other.record == op.record && other.event == op.event;
    });
    auto rows = office.prepared(
        "SELECT count(*) FROM office_journal WHERE device=?1 AND count=?2 AND record=?3 AND op=4 "
        "AND event=?4");
    rows.bind(device, answer.oseq, op.record, std::string_view(op.event));
    if (rows.step() && rows.number(0) >= asked)
        world.breach("WF-01 refused", named(answer.laptop) + " was refused " + op.event + " of " +
                                          to_text(op.record) + ", and it was done");
}

}  // namespace dossier::sim
