#include "client/reading/heard.hpp"

#include "common/catalog/catalog.hpp"
#include "common/workflow/telling.hpp"

namespace dossier::client {
namespace {

using workflow::Hears;

/// Words were told to who reads the file freely; of one marked higher since only the outline stays.
Hears hears_of(Store& store, const RecordId& subject) {
    const auto* kind = store.replica.kind_of(subject);
    const auto seen = kind == nullptr ? std::nullopt : store.replica.seen(*kind, subject);
    if (!seen) return Hears::That;
    const bool whole = seen->own_unsent || seen->version(catalog::Facet::Main) != Fv{};
    return whole && number_in(seen->values, catalog::kSecrecyLevel) <= 1 ? Hears::Why : Hears::That;
}

}  // namespace

FieldValues as_heard(Store& store, const catalog::Kind& kind, FieldValues values) {
    const auto telling = workflow::telling_of(kind);
    const auto subject = telling ? record_in(values, telling->subject->tag) : RecordId{};
    if (subject.is_none()) return values;
    return workflow::as_heard(*telling, std::move(values), hears_of(store, subject));
}

FieldValues heard_record(Store& store, const catalog::Kind& kind, const RecordId& record) {
    return as_heard(store, kind, store.replica.load(kind, record).value_or(FieldValues{}));
}

}  // namespace dossier::client
