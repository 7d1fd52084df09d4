#include "server/accounts/accept_clock.hpp"

#include <algorithm>
#include <array>

#include "common/catalog/organisation.hpp"

#include "server/accounts/devices.hpp"
#include "server/office/set_ops.hpp"

namespace dossier::server {
namespace {

using catalog::kAccessGrant;
using catalog::kRoleAssignment;
using catalog::kUser;

struct Dates {
    const catalog::Kind& kind;
    std::string_view begins;
    std::array<std::string_view, 2> ends;
};
constexpr std::array kDates{
    Dates{kRoleAssignment, "from_at", {"to_at", {}}},
    Dates{kAccessGrant, "from_at", {"to_at", "revoked_at"}},
    Dates{kUser, "active_from", {"active_to", {}}},
};

/// Between the two times: it came by the former, and would be to come again by the latter.
class Between {
  public:
    explicit Between(const AcceptedClock& accepted) : accepted_(accepted) {}

    [[nodiscard]] bool holds(const Value& date) const {
        if (const auto at = as_number(date))
            return *at > accepted_.now.ms && *at <= accepted_.before.ms;
        const auto* day = as_text(date);
        return day != nullptr && *day > office_date(accepted_.now) &&
               *day <= office_date(accepted_.before);
    }
    [[nodiscard]] Value now_like(const Value& date) const {
        if (as_number(date)) return accepted_.now.ms;
        return office_date(accepted_.now);
    }
    /// As much later than now as it was later than the former time.
    [[nodiscard]] Value taken_back(const Value& date) const {
        const auto at = as_number(date);
        if (!at || *at <= accepted_.before.ms) return date;
        return *at - (accepted_.before.ms - accepted_.now.ms);
    }

  private:
    const AcceptedClock& accepted_;
};

FieldValues moved_dates(const Dates& dates, const FieldValues& held, const Between& between) {
    FieldValues moved;
    const auto value_of = [&](std::string_view name) -> const FieldValue* {
        const auto* field = name.empty() ? nullptr : catalog::find_field(dates.kind, name);
        if (field == nullptr) return nullptr;
        const auto at = std::ranges::find(held, field->tag, &FieldValue::tag);
        return at == held.end() ? nullptr : &*at;
    };
    const auto* from = value_of(dates.begins);
    const bool given_meanwhile = from != nullptr && between.holds(from->value);
    if (given_meanwhile) assign(moved, from->tag, between.now_like(from->value));
    for (const auto name : dates.ends) {
        const auto* to = value_of(name);
        if (to == nullptr) continue;
        const bool ended = between.holds(to->value);
        Value value = ended ? between.now_like(to->value) : to->value;
        if (given_meanwhile && !ended) value = between.taken_back(to->value);
        if (value != to->value) assign(moved, to->tag, std::move(value));
    }
    return moved;
}

Result<std::size_t> move_dates(Office& office, const AcceptedClock& accepted) {
    std::size_t count = 0;
    auto& store = office.store();
    const Between between(accepted);
    for (const Dates& dates : kDates) {
        RecordId after;
        for (auto page = store.list(dates.kind.tag, after, 500); !page.empty();
             page = store.list(dates.kind.tag, page.back(), 500)) {
            for (const RecordId& id : page) {
                const auto held = store.load(dates.kind.tag, id).value_or(FieldValues{});
                const auto moved = moved_dates(dates, held, between);
                if (moved.empty()) continue;
                auto done = office.change(
                    UserId{}, {.source = "clock", .ops = set_ops(dates.kind, id, held, moved)});
                if (!done) return pass(done);
                ++count;
            }
        }
    }
    return count;
}

void free_laptops(Store& store, Instant now) {
    for (DeviceRow row : store.devices()) {
        row.last_session = std::min(row.last_session, now);
        row.clock_floor = std::min(row.clock_floor, now);
        store.save_device(row);
    }
}

}  // namespace

Result<AcceptedClock> accept_clock(Office& office, const UserId& actor, std::string_view reason) {
    if (auto allowed = may_administer(office, actor); !allowed) return pass(allowed);
    AcceptedClock accepted{office.now(), office.clock().machine_now()};
    if (!office.clock().is_in_doubt())
        return fail(kClockAhead, office_minute(accepted.now), office_minute(accepted.before));
    auto moved = move_dates(office, accepted);
    if (!moved) return pass(moved);
    accepted.moved = *moved;
    auto& store = office.store();
    free_laptops(store, accepted.now);
    office.clock().accept_machine();
    office.people().forget();
    AuditLine line;
    line.at = accepted.now;
    line.user = actor;
    line.action = "clock.accept";
    line.entity = "office";
    line.purpose = reason;
    line.result = "ok";
    line.detail = iso_utc(accepted.before) + ">" + iso_utc(accepted.now);
    store.append_audit(std::move(line));
    keep_time(store, accepted.now);
    return accepted;
}

}  // namespace dossier::server
