#include "server/intake/one_flag.hpp"

#include <algorithm>

#include "common/catalog/wrong.hpp"
#include "common/merge/refusals.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/matters.hpp"
#include "server/intake/standpoint.hpp"

namespace dossier::server {
namespace {

constexpr int kOfficeRank = 100;

bool has_flag(const catalog::Kind& kind, const FieldValues& values) {
    return number_in(values, kind, kind.one_flag) != 0 &&
           find(values, catalog::kDeletedAt) == nullptr;
}

std::vector<RecordId> flagged(Store& store, const catalog::Kind& kind, const RecordId& parent) {
    const auto* flag = catalog::find_field(kind, kind.one_flag);
    query::Query query{.kind = &kind, .where = {{flag, query::Test::Equal, {std::int64_t{1}}}}};
    if (!kind.parent.empty())
        query.where.push_back(
            {catalog::find_field(kind, kind.parent), query::Test::Equal, {parent}});
    std::vector<RecordId> found;
    for (const query::Hit& hit : store.page(query)) found.push_back(hit.record);
    return found;
}

/// A record with its flag, and when it got it.
struct Holder {
    Target target;
    merge::Stamp since;
};

Holder holder_of(Store& store, const catalog::Kind& kind, const RecordId& record) {
    Holder holder;
    holder.target = {.place = store.place(record).value_or(Place{}),
                     .kind = &kind,
                     .values = store.load(kind.tag, record).value_or(FieldValues{}),
                     .group = catalog::group_of(kind, *catalog::find_field(kind, kind.one_flag))};
    const auto writer = writer_of(store, holder.target, holder.target.part(holder.target.values));
    if (writer) holder.since = writer->stamp;
    return holder;
}

/// The office says it as of the moment the other got it: whoever comes later is weighed alike.
void take_flag(const Desk& desk, const Holder& from, const merge::Stamp& last) {
    const Bearer office{.user = {}, .device = {}, .at = last.at, .now = desk.bearer.now};
    const merge::Changeset words{.reason = "C-37", .source = "job"};
    const Desk own{desk.store, desk.people, desk.ids, office, words};
    const Target& target = from.target;
    const FieldValues before = target.part(target.values);
    FieldValues after = before;
    assign(after, catalog::find_field(*target.kind, target.kind->one_flag)->tag, std::int64_t{0});
    merge::Op op{.kind = merge::OpKind::Set,
                 .record_kind = target.kind->tag,
                 .record = target.place.record,
                 .base = before,
                 .fields = after};
    JournalEntry line = journal_line(own, op, target, kOfficeRank);
    line.before = before;
    write_record(own, target, target.with(after), std::move(line));
    audit(own, "set", target, "ok", "C-37");
    revisit_proposals(own, target, before, after, {});
}

}  // namespace

RecordId parent_of(const catalog::Kind& kind, const FieldValues& values) {
    return kind.parent.empty() ? RecordId{} : record_in(values, kind, kind.parent);
}

void keep_flag(const Desk& desk, const catalog::Kind& kind, FieldValues& values) {
    if (!kind.flag_stays || has_flag(kind, values)) return;
    if (desk.store.list(kind.tag, {}, 1).empty())
        put(values, *catalog::find_field(kind, kind.one_flag), std::int64_t{1});
}

Status check_flag(const Desk& desk,
                  const catalog::Kind& kind,
                  const FieldValues& before,
                  const FieldValues& after) {
    if (!kind.flag_stays || desk.is_system()) return {};
    const bool laid_down = has_flag(kind, before) && !has_flag(kind, after);
    return laid_down ? fail(merge::kFlagStays,
                            catalog::label_of(*catalog::find_field(kind, kind.one_flag)))
                     : Status{};
}

bool gives_flag(const catalog::Kind& kind, const FieldValues& before, const FieldValues& after) {
    if (kind.one_flag.empty() || !has_flag(kind, after)) return false;
    return !has_flag(kind, before) || parent_of(kind, before) != parent_of(kind, after);
}

void keep_one_flag(const Desk& desk, const catalog::Kind& kind, const RecordId& parent) {
    const auto all = flagged(desk.store, kind, parent);
    if (all.size() < 2) return;
    std::vector<Holder> holders;
    for (const RecordId& record : all) holders.push_back(holder_of(desk.store, kind, record));
    std::sort(holders.begin(), holders.end(),
              [](const Holder& a, const Holder& b) { return a.since.later_than(b.since); });
    for (std::size_t at = 1; at < holders.size(); ++at)
        take_flag(desk, holders[at], holders.front().since);
}

void yield_flag(Store& store,
                const catalog::Kind& kind,
                const RecordId& parent,
                FieldValues& values) {
    if (kind.one_flag.empty() || !has_flag(kind, values)) return;
    if (!flagged(store, kind, parent).empty())
        assign(values, catalog::find_field(kind, kind.one_flag)->tag, std::int64_t{0});
}

}  // namespace dossier::server
