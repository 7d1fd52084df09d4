#include "common/content/contents.hpp"

namespace dossier::content {

bool Digesting::read(Contents& contents, std::uint32_t chunks) {
    const std::uint32_t end = chunks_of(held_.size);
    for (; chunks > 0 && next_ < end && !missing_; --chunks, ++next_) {
        const Bytes bytes = contents.chunk(held_, next_);
        missing_ = bytes.size() != chunk_bytes(held_.size, next_);
        hasher_.add(bytes);
    }
    return missing_ || next_ == end;
}

std::optional<crypto::Digest> Digesting::finish() {
    if (missing_) return std::nullopt;
    return hasher_.finish();
}

}  // namespace dossier::content
