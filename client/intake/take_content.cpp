#include "client/intake/take_content.hpp"

#include "common/catalog/document.hpp"

namespace dossier::client {

using catalog::field;
using catalog::kAttachment;

Result<FieldValues> take_content(Store& store,
                                 const RecordId& record,
                                 std::string_view path,
                                 const content::ReadPiece& read,
                                 Instant now) {
    const auto key = store.meta.bytes(kContentKeyMeta);
    if (!key) return fail(kNoContentKey);
    sqlite::Transaction tx(store.connection());
    auto told = content::take(store.attachments.contents, record, path, read, *key, {{}, now});
    if (told) tx.commit();
    return told;
}

Status has_its_content(Store& store, const RecordId& record, const FieldValues& values) {
    const auto held = store.attachments.contents.of(record);
    const Value* id = find(values, field(kAttachment, "content").tag);
    const Value* size = find(values, field(kAttachment, "size").tag);
    const bool fits = held && held->whole && id != nullptr && size != nullptr &&
                      *id == Value{to_hex(held->id)} &&
                      *size == Value{static_cast<std::int64_t>(held->size)};
    if (!fits) return fail(kContentMissing);
    return {};
}

}  // namespace dossier::client
