#include "client/intake/take_content.hpp"

#include "common/catalog/document.hpp"
#include "common/content/media.hpp"
#include "common/content/package.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kAttachment;
using content::Held;

/// Reads to the end into the room of `held`; the bytes read. Errors: as `take_content`.
Result<std::uint64_t> copy_in(content::Contents& contents,
                              const Held& held,
                              crypto::Hasher& hasher,
                              std::string_view path,
                              const ReadPiece& read) {
    Bytes piece(content::kChunkBytes);
    std::uint64_t size = 0;
    for (std::uint32_t number = 0;; ++number) {
        auto got = read(piece);
        if (!got) return pass(got);
        if (*got == 0) break;
        size += *got;
        if (size > static_cast<std::uint64_t>(catalog::kContentBytesMax))
            return fail(kContentTooLarge, std::string(path),
                        std::to_string(catalog::kContentBytesMax >> 20U));
        const auto bytes = ByteView(piece).first(*got);
        hasher.add(bytes);
        const Held fits{held.no, {}, size, false};
        contents.put(fits, number, bytes);
        if (*got < piece.size()) break;
    }
    if (size == 0) return fail(kContentEmpty, std::string(path));
    return size;
}

FieldValues told(std::string name, std::string_view type, std::uint64_t size, ByteView id) {
    FieldValues values;
    assign(values, field(kAttachment, "file_name").tag, std::move(name));
    assign(values, field(kAttachment, "media_type").tag, std::string(type));
    assign(values, field(kAttachment, "size").tag, static_cast<std::int64_t>(size));
    assign(values, field(kAttachment, "content").tag, to_hex(id));
    return values;
}

}  // namespace

Result<FieldValues> take_content(Store& store,
                                 const RecordId& record,
                                 std::string_view path,
                                 const ReadPiece& read,
                                 Instant now) {
    const auto key = store.meta.bytes(kContentKeyMeta);
    if (!key) return fail(kNoContentKey);
    auto& contents = store.attachments.contents;
    sqlite::Transaction tx(store.connection());
    Held held = contents.begin(record, {}, 0, {{}, now});
    crypto::Hasher hasher(*key);
    const auto size = copy_in(contents, held, hasher, path, read);
    if (!size) return tl::unexpected(size.error());
    const content::ContentId id = hasher.finish();
    contents.rename(held, id, *size);
    auto name = content::kept_name(path);
    const auto type = content::media_type_of(name, contents.chunk(held, 0));
    if (!type) return tl::unexpected(type.error());
    if (!content::is_of_type(contents, {held.no, id, *size}, *type))
        return fail(content::kFormatDiffers, name, name.substr(name.rfind('.') + 1));
    contents.finish(record, *key);
    tx.commit();
    return told(std::move(name), *type, *size, id);
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
