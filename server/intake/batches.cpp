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
    return store.find(kCustomer.tag, field(kCustomer, "import_batch_id").tag, batch);
}

}  // namespace

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
