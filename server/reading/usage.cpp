#include "server/reading/usage.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "common/access/faults.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/states.hpp"

#include "server/reading/known.hpp"
#include "server/reading/report_rows.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kAccessGrant;
using catalog::kCustomer;

constexpr std::size_t kLinesAtOnce = 1000;
constexpr int kUnusedMonths = 12;
constexpr std::array<std::string_view, 4> kReadings{"view", "history", "attach_get", "export"};

bool leads(Office& office, const Asker& asker) {
    using access::Role;
    constexpr std::array kLeads{Role::ServiceManager, Role::ServiceSupervisor,
                                Role::PlanningAnalyst, Role::MarketingDirector,
                                Role::GeneralManager};
    const auto& viewer = office.people().viewer(asker.who, office.now());
    const bool works = viewer.active && viewer.agreement_signed && !viewer.suspended;
    return works && std::ranges::any_of(viewer.roles, [&](const access::Held& held) {
               return std::ranges::find(kLeads, held.role) != kLeads.end();
           });
}

bool is_known(Office& office, const Asker& asker, const RecordId& file) {
    const auto values = office.store().load(kCustomer.tag, file);
    return values && may_view(office, asker, {kCustomer.tag, file, file}, *values,
                              catalog::facets_of(kCustomer).front())
                             .answer == access::Answer::Allow;
}

/// What one row has gathered.
struct Use {
    std::uint64_t views = 0;
    std::uint64_t grants = 0;
    std::set<UserId> people;
    std::set<RecordId> files;
};
using Key = std::pair<RecordId, std::string>;

class Count {
  public:
    Count(Office& office, const Asker& asker, const UseAsked& asked)
        : office_(office), asker_(asker), asked_(asked) {}

    void read(const AuditLine& line) {
        if (line.result != "ok" || std::ranges::find(kReadings, line.action) == kReadings.end())
            return;
        const auto place = office_.store().place(line.record);
        if (!place || place->customer.is_none() || !is_within(line.at)) return;
        if (!counts(place->customer)) return;
        Use& use = of(place->customer, line.at);
        ++use.views;
        use.people.insert(line.user);
    }
    void given(const AuditLine& line) {
        if (line.action != "create" || line.result != "ok" || !is_within(line.at)) return;
        const auto made = office_.store().place(line.record);
        const auto* kind = made ? catalog::find_kind(made->kind) : nullptr;
        if (kind == nullptr || kind->made_by != catalog::MadeBy::Access) return;
        const auto grant =
            office_.store().load(kAccessGrant.tag, line.record).value_or(FieldValues{});
        static constexpr auto& kFiles = field(kAccessGrant, "scope_ids");
        const Value* named = find(grant, kFiles.tag);
        if (named == nullptr) return;
        for (const RecordId& file : catalog::references_in(kFiles, *named)) {
            const auto place = office_.store().place(file);
            if (place && catalog::is_file(place->kind) && counts(file)) ++of(file, line.at).grants;
        }
    }
    [[nodiscard]] std::vector<UseRow> rows() const {
        std::vector<UseRow> rows;
        for (const auto& [key, use] : uses_)
            rows.push_back({.of = key.first,
                            .month = key.second,
                            .views = use.views,
                            .people = use.people.size(),
                            .grants = use.grants,
                            .files = use.files.size()});
        if (asked_.by != UseBy::Month)
            std::ranges::stable_sort(rows, std::ranges::greater{}, &UseRow::views);
        return rows;
    }

  private:
    [[nodiscard]] bool is_within(Instant at) const {
        const auto day = office_date(at);
        return asked_.first_day <= day && day <= asked_.last_day;
    }
    /// A number that is higher for a hidden file tells that there is one.
    bool counts(const RecordId& file) {
        const auto [known, fresh] = known_.try_emplace(file, false);
        if (fresh) known->second = is_known(office_, asker_, file);
        return known->second;
    }
    Use& of(const RecordId& file, Instant at) {
        Use& use = uses_[key_of(file, at)];
        use.files.insert(file);
        return use;
    }
    Key key_of(const RecordId& file, Instant at) {
        if (asked_.by == UseBy::Month) return {RecordId{}, office_date(at).substr(0, 7)};
        if (asked_.by == UseBy::File) return {file, {}};
        const auto values = office_.store().load(kCustomer.tag, file).value_or(FieldValues{});
        return {record_in(values, field(kCustomer, "department_id")), {}};
    }

    Office& office_;
    const Asker& asker_;
    const UseAsked& asked_;
    std::map<Key, Use> uses_;
    std::map<RecordId, bool> known_;
};

void each_line(Office& office,
               const std::function<void(const AuditLine&)>& take,
               const std::function<void()>& give_way) {
    std::uint64_t after = 0;
    for (auto lines = office.store().audit(after, kLinesAtOnce); !lines.empty();
         lines = office.store().audit(after, kLinesAtOnce)) {
        for (const AuditLine& line : lines) take(line);
        after = lines.back().seq;
        give_way();
    }
}

/// The same day so many months before, in office time.
std::string months_before(Instant now, int months) {
    const auto today = office_date(now);
    int year = std::stoi(today.substr(0, 4));
    int month = std::stoi(today.substr(5, 2)) - months;
    while (month < 1) {
        month += 12;
        --year;
    }
    const auto two = std::to_string(month);
    return std::to_string(year) + "-" + (two.size() < 2 ? "0" : "") + two + today.substr(7);
}

/// In force, and there longer than that.
bool is_old_file(const FieldValues& file, const std::string& since) {
    return find(file, catalog::kDeletedAt) == nullptr &&
           find(file, catalog::kMergedInto) == nullptr &&
           text_in(file, field(kCustomer, "file_state")) == catalog::FileState::kActive &&
           office_date(Instant{number_in(file, catalog::kCreatedAt)}) < since;
}

Status admit(Office& office, const Asker& asker, const std::string& what) {
    const bool may = leads(office, asker);
    note_report(office, asker, kCustomer, "RP-17 " + what, may);
    return may ? Status{} : fail(access::kFaultDenied);
}

}  // namespace

Result<std::vector<UseRow>> use_of_files(Office& office,
                                         const Asker& asker,
                                         const UseAsked& asked,
                                         const std::function<void()>& give_way) {
    if (auto admitted = admit(office, asker, asked.first_day + " " + asked.last_day); !admitted)
        return pass(admitted);
    Count count(office, asker, asked);
    each_line(
        office,
        [&](const AuditLine& line) {
            count.read(line);
            count.given(line);
        },
        give_way);
    return count.rows();
}

Result<std::vector<RecordId>> unused_files(Office& office,
                                           const Asker& asker,
                                           const std::function<void()>& give_way) {
    if (auto admitted = admit(office, asker, "unused"); !admitted) return pass(admitted);
    const auto since = months_before(office.now(), kUnusedMonths);
    std::set<RecordId> used;
    each_line(
        office,
        [&](const AuditLine& line) {
            const bool counts = line.result == "ok" && office_date(line.at) >= since &&
                                std::ranges::find(kReadings, line.action) != kReadings.end();
            const auto place = counts ? office.store().place(line.record) : std::nullopt;
            if (place && !place->customer.is_none()) used.insert(place->customer);
        },
        give_way);
    std::vector<RecordId> unused;
    for (auto page = office.store().list(kCustomer.tag, {}, kWalkPage); !page.empty();
         page = office.store().list(kCustomer.tag, page.back(), kWalkPage)) {
        for (const RecordId& id : page) {
            const auto file = office.store().load(kCustomer.tag, id).value_or(FieldValues{});
            if (!used.contains(id) && is_old_file(file, since) && is_known(office, asker, id))
                unused.push_back(id);
        }
        give_way();
    }
    return unused;
}

}  // namespace dossier::server
