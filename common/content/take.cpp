#include "common/content/take.hpp"

#include "common/catalog/catalog.hpp"
#include "common/catalog/document.hpp"
#include "common/content/media.hpp"
#include "common/content/package.hpp"

namespace dossier::content {
namespace {

using catalog::field;
using catalog::kAttachment;

/// Reads to the end into the room of `held`; the bytes read. Errors: as `take`.
Result<std::uint64_t> copy_in(Contents& contents,
                              const Held& held,
                              crypto::Hasher& hasher,
                              std::string_view path,
                              const ReadPiece& read) {
    Bytes piece(kChunkBytes);
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

Result<FieldValues> take(Contents& contents,
                         const RecordId& record,
                         std::string_view path,
                         const ReadPiece& read,
                         ByteView key,
                         const Origin& origin) {
    const Held held = contents.begin(record, {}, 0, origin);
    crypto::Hasher hasher(key);
    const auto size = copy_in(contents, held, hasher, path, read);
    if (!size) return tl::unexpected(size.error());
    const ContentId id = hasher.finish();
    contents.rename(held, id, *size);
    auto name = kept_name(path);
    const auto type = media_type_of(name, contents.chunk(held, 0));
    if (!type) return tl::unexpected(type.error());
    if (!is_of_type(contents, {held.no, id, *size}, *type))
        return fail(kFormatDiffers, name, name.substr(name.rfind('.') + 1));
    contents.finish(record, key);
    return told(std::move(name), *type, *size, id);
}

}  // namespace dossier::content
