#include "server/intake/unique.hpp"

#include <algorithm>

#include "common/catalog/wrong.hpp"
#include "common/merge/derived_id.hpp"
#include "common/merge/refusals.hpp"

namespace dossier::server {
namespace {

/// What the author may call the record that holds a value of `of`; empty where he may not see the
/// value or the name without stating a purpose.
std::string known_name(const Desk& desk,
                       const catalog::Kind& kind,
                       const catalog::Field& of,
                       const RecordId& record) {
    const auto place = desk.store.place(record);
    const auto held = desk.store.load(kind.tag, record);
    const auto* title = catalog::find_field(kind, kind.title);
    if (!place || !held || title == nullptr || desk.is_system()) return {};
    const auto subject = desk.people.subject(*place, *held);
    const auto& viewer = desk.people.viewer(desk.bearer.user, desk.bearer.now);
    for (const auto* seen : {&of, title}) {
        const auto decision =
            access::decide(viewer, access::Operation::View, subject, catalog::facet_of(kind, *seen),
                           {.now = desk.bearer.now});
        if (decision.answer != access::Answer::Allow || decision.purpose_needed) return {};
    }
    return text_in(*held, *title);
}

/// A unified code may be false in good faith: two files with one are a matter for the duplicate
/// check. What identifies a record has an answer of its own.
bool is_exclusive(const catalog::Kind& kind, const catalog::Field& of) {
    const auto identifying = merge::identifying_fields(kind);
    return of.unique && of.check != catalog::Check::UnifiedCode &&
           std::find(identifying.begin(), identifying.end(), &of) == identifying.end();
}

}  // namespace

Status check_unique(const Desk& desk, const Place& place, const FieldValues& values) {
    const auto* kind = catalog::find_kind(place.kind);
    for (const auto& [tag, value] : values) {
        const auto* of = catalog::find_field(*kind, tag);
        if (of == nullptr || is_empty(value) || !is_exclusive(*kind, *of)) continue;
        const query::Query same{
            .kind = kind, .where = {{of, query::Test::Equal, {value}}}, .limit = 2};
        for (const query::Hit& hit : desk.store.page(same)) {
            if (hit.record == place.record) continue;
            const auto label = catalog::label_of(*of);
            const auto name = known_name(desk, *kind, *of, hit.record);
            return name.empty() ? fail(merge::kNotUnique, label)
                                : fail(merge::kHeldBy, label, name);
        }
    }
    return {};
}

Status check_only(const Desk& desk, const Place& place, const FieldValues& values) {
    const auto* kind = catalog::find_kind(place.kind);
    const auto identifying = merge::identifying_values(*kind, values);
    if (!identifying) return {};
    query::Query same{.kind = kind, .limit = 2};
    for (const auto& [tag, value] : *identifying)
        same.where.push_back({catalog::find_field(*kind, tag), query::Test::Equal, {value}});
    for (const query::Hit& hit : desk.store.page(same)) {
        if (hit.record != place.record) return tl::unexpected(merge::one_only(*kind, hit.record));
    }
    return {};
}

}  // namespace dossier::server
