#include "server/jobs/batch_posting.hpp"

#include "common/catalog/customer.hpp"
#include "common/catalog/states.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;
using catalog::kImportBatch;

constexpr std::size_t kFilesAtOnce = 20;

bool take_step(Office& office,
               const catalog::Kind& kind,
               const RecordId& record,
               std::string_view event) {
    const merge::Op op{.kind = merge::OpKind::Event,
                       .record_kind = kind.tag,
                       .record = record,
                       .event = std::string(event)};
    return office.change(UserId{}, {.source = "job", .ops = {op}}).has_value();
}

}  // namespace

std::vector<RecordId> batches_to_post(Office& office) {
    return office.store().find(kImportBatch.tag, field(kImportBatch, "state").tag,
                               std::string(catalog::BatchState::kAdmitted));
}

std::size_t post_batch(Office& office,
                       const RecordId& batch,
                       const std::function<void()>& give_way) {
    std::size_t posted = 0;
    std::size_t seen = 0;
    for (const RecordId& id :
         office.store().find(kCustomer.tag, field(kCustomer, "import_batch_id").tag, batch)) {
        const auto values = office.store().load(kCustomer.tag, id).value_or(FieldValues{});
        if (find(values, catalog::kDeletedAt) != nullptr) continue;
        if (text_in(values, field(kCustomer, "file_state")) != catalog::FileState::kDraft) continue;
        if (take_step(office, kCustomer, id, "post")) ++posted;
        if (++seen % kFilesAtOnce == 0) give_way();
    }
    take_step(office, kImportBatch, batch, "close");
    return posted;
}

}  // namespace dossier::server
