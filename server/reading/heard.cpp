#include "server/reading/heard.hpp"

#include "common/catalog/canonical.hpp"
#include "common/workflow/telling.hpp"

#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

using workflow::Hears;

Hears hears_of(Office& office, const Asker& asker, const RecordId& subject) {
    const auto place = office.store().place(subject);
    const auto* kind = place ? catalog::find_kind(place->kind) : nullptr;
    const auto values = kind == nullptr ? std::nullopt : office.store().load(place->kind, subject);
    if (!values) return Hears::That;
    const auto known = may_view(office, asker, *place, *values, catalog::facets_of(*kind).front());
    if (known.answer != access::Answer::Allow) return Hears::Nothing;
    return sight_of(office, asker, *place, *values, Facet::Main).in_clear() ? Hears::Why
                                                                            : Hears::That;
}

}  // namespace

FieldValues as_heard(Office& office,
                     const Asker& asker,
                     const catalog::Kind& kind,
                     const FieldValues& record,
                     FieldValues values) {
    const auto telling = workflow::telling_of(kind);
    const auto subject = telling ? record_in(record, *telling->subject) : RecordId{};
    if (subject.is_none()) return values;
    return workflow::as_heard(*telling, std::move(values), hears_of(office, asker, subject));
}

}  // namespace dossier::server
