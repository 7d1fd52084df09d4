#include "server/intake/batches.hpp"

#include "common/catalog/customer.hpp"
#include "common/catalog/states.hpp"
#include "common/merge/refusals.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;
using catalog::kImportBatch;

std::vector<RecordId> files_in(Store& store, const RecordId& batch) {
    auto files = store.find(kCustomer.tag, field(kCustomer, "import_batch_id").tag, batch);
    std::erase_if(files, [&](const RecordId& id) {
        const auto values = store.load(kCustomer.tag, id);
        return !values || find(*values, catalog::kDeletedAt) != nullptr;
    });
    return files;
}

FieldValues batch_of(Store& store, const FieldValues& file) {
    return store.load(kImportBatch.tag, record_in(file, field(kCustomer, "import_batch_id")))
        .value_or(FieldValues{});
}

Status in_batch(const FieldValues& batch) {
    return fail(merge::kInBatch, text_in(batch, field(kImportBatch, "name")));
}

}  // namespace

Status check_batch_over(Store& store, const FieldValues& file) {
    if (text_in(file, field(kCustomer, "file_state")) != catalog::FileState::kDraft) return {};
    const auto batch = batch_of(store, file);
    const auto state = text_in(batch, field(kImportBatch, "state"));
    const bool waits =
        state == catalog::BatchState::kInReview || state == catalog::BatchState::kAdmitted;
    return waits ? in_batch(batch) : Status{};
}

Status posted_with_batch(const Hand& hand) {
    if (hand.desk.is_system()) return {};
    const auto batch = batch_of(hand.desk.store, hand.target.values);
    const bool over = batch.empty() ||
                      text_in(batch, field(kImportBatch, "state")) == catalog::BatchState::kPosted;
    return over ? Status{} : in_batch(batch);
}

Status batch_filled(const Hand& hand) {
    return files_in(hand.desk.store, hand.target.place.record).empty() ? fail(merge::kEmptyBatch)
                                                                       : Status{};
}

Status count_batch(Hand& hand) {
    std::int64_t files = 0;
    std::int64_t posted = 0;
    for (const RecordId& id : files_in(hand.desk.store, hand.target.place.record)) {
        const auto values = hand.desk.store.load_facet(kCustomer.tag, id, Facet::Directory);
        ++files;
        if (text_in(values, field(kCustomer, "file_state")) == catalog::FileState::kActive)
            ++posted;
    }
    put(hand.after, field(kImportBatch, "files"), files);
    put(hand.after, field(kImportBatch, "posted"), posted);
    if (hand.op.event == "close") put(hand.after, field(kImportBatch, "held"), files - posted);
    return {};
}

}  // namespace dossier::server
