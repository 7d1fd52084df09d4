// Documents that are zip files inside (docx, xlsx, pptx, ofd, WPS) and archives: told apart by the
// names of their parts, without inflating any of them. Source: security 5, ISO/IEC 29500-2 (parts),
// GB/T 33190.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "common/base/bytes.hpp"
#include "common/content/contents.hpp"

namespace dossier::content {

/// The bytes from a place on, at least one unless it is the end or beyond.
using ReadAt = std::function<Bytes(std::uint64_t place)>;

/// Whether a media type is that of a document that may be a zip file, or of such a file.
bool is_package(std::string_view media_type);
/// Whether a zip file of `size` bytes has the parts a document of this type must have. False for
/// what is no zip file, has more than 10,000 entries, or is no package type.
bool holds_parts_of(std::string_view media_type, std::uint64_t size, const ReadAt& read);

/// Whether a content that is whole, or put to its end, looks like one of the media type: by how it
/// begins, and a package by its parts.
bool is_of_type(Contents& contents, const Held& held, std::string_view media_type);

}  // namespace dossier::content
