#include "common/content/package.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include <minizip/unzip.h>

#include "common/content/media.hpp"

namespace dossier::content {
namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t kEntriesMax = 10'000;
constexpr std::size_t kNameBytesMax = 512;

/// What names a document of a type: a part by its name, and the folder of its main part, which
/// programs name as they like. An archive may hold anything, but something.
struct Parts {
    std::string_view type;
    std::string_view listing;
    std::string_view folder;
};
constexpr std::array kParts{
    Parts{"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "[Content_Types].xml", "word/"},
    Parts{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          "[Content_Types].xml", "xl/"},
    Parts{"application/vnd.openxmlformats-officedocument.presentationml.presentation",
          "[Content_Types].xml", "ppt/"},
    Parts{"application/ofd", "OFD.xml", ""},
    Parts{"application/wps-office.wps", "[Content_Types].xml", "word/"},
    Parts{"application/wps-office.et", "[Content_Types].xml", "xl/"},
    Parts{"application/zip", "", ""},
};

const Parts* parts_of(std::string_view media_type) {
    const auto* at = std::ranges::find(kParts, media_type, &Parts::type);
    return at == kParts.end() ? nullptr : at;
}

/// A file in memory of which pieces are fetched as the zip reader asks for them.
struct Stream {
    std::uint64_t size = 0;
    const ReadAt& read;
    std::uint64_t place = 0;
};

Stream& stream_of(void* handle) {
    return *static_cast<Stream*>(handle);
}

void* open_stream(void* opaque, const void* /*name*/, int /*mode*/) {
    return opaque;
}
uLong read_stream(void* /*opaque*/, void* handle, void* to, uLong wanted) {
    Stream& stream = stream_of(handle);
    uLong done = 0;
    while (done < wanted && stream.place < stream.size) {
        const Bytes piece = stream.read(stream.place);
        if (piece.empty()) break;
        const auto taken = std::min<uLong>(wanted - done, piece.size());
        std::copy_n(piece.begin(), taken, static_cast<std::uint8_t*>(to) + done);
        stream.place += taken;
        done += taken;
    }
    return done;
}
uLong write_stream(void* /*opaque*/, void* /*handle*/, const void* /*from*/, uLong /*size*/) {
    return 0;
}
ZPOS64_T tell_stream(void* /*opaque*/, void* handle) {
    return stream_of(handle).place;
}
long seek_stream(void* /*opaque*/, void* handle, ZPOS64_T offset, int origin) {
    Stream& stream = stream_of(handle);
    const std::uint64_t from = origin == SEEK_END   ? stream.size
                               : origin == SEEK_CUR ? stream.place
                                                    : 0;
    const std::uint64_t place = from + offset;
    if (place > stream.size) return -1;
    stream.place = place;
    return 0;
}
int close_stream(void* /*opaque*/, void* /*handle*/) {
    return 0;
}
int error_of_stream(void* /*opaque*/, void* /*handle*/) {
    return 0;
}

struct Close {
    void operator()(void* file) const { unzClose(file); }
};

}  // namespace

bool is_package(std::string_view media_type) {
    return parts_of(media_type) != nullptr;
}

bool holds_parts_of(std::string_view media_type, std::uint64_t size, const ReadAt& read) {
    const Parts* parts = parts_of(media_type);
    if (parts == nullptr) return false;
    Stream stream{size, read};
    zlib_filefunc64_def calls{open_stream, read_stream,  write_stream,    tell_stream,
                              seek_stream, close_stream, error_of_stream, &stream};
    const std::unique_ptr<void, Close> file(unzOpen2_64("document", &calls));
    unz_global_info64 all{};
    if (!file || unzGetGlobalInfo64(file.get(), &all) != UNZ_OK || all.number_entry > kEntriesMax)
        return false;
    bool listed = false;
    bool inside = parts->folder.empty();
    for (int at = unzGoToFirstFile(file.get()); at == UNZ_OK; at = unzGoToNextFile(file.get())) {
        std::array<char, kNameBytesMax> name{};
        if (unzGetCurrentFileInfo64(file.get(), nullptr, name.data(), name.size() - 1, nullptr, 0,
                                    nullptr, 0) != UNZ_OK)
            return false;
        const std::string_view entry(name.data());
        listed = listed || parts->listing.empty() || entry == parts->listing;
        inside = inside || entry.starts_with(parts->folder);
    }
    return listed && inside;
}

bool is_of_type(Contents& contents, const Held& held, std::string_view media_type) {
    const Bytes first = contents.chunk(held, 0);
    if (!may_be(media_type, first)) return false;
    // WPS writes both compound and zip files.
    if (!is_package(media_type) || !may_be("application/zip", first)) return true;
    Bytes last;
    std::uint32_t number = chunks_of(held.size);
    return holds_parts_of(media_type, held.size, [&](std::uint64_t place) {
        const auto at = static_cast<std::uint32_t>(place / kChunkBytes);
        if (at != number) last = contents.chunk(held, at);
        number = at;
        const std::size_t skipped = std::min<std::size_t>(place % kChunkBytes, last.size());
        return Bytes(last.begin() + static_cast<std::ptrdiff_t>(skipped), last.end());
    });
}

}  // namespace dossier::content
