// The bytes of attachments beside the records that name them.
//
// A content is known by a digest under the office's own key: it tells a stranger nothing. Equal
// contents lie once. While it is incomplete it belongs to one record alone, so that nobody gains
// from what somebody else has brought half.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>

#include "common/base/result.hpp"
#include "common/crypto/digest.hpp"
#include "common/time/clock.hpp"

namespace dossier::content {

using ContentId = crypto::Digest;

/// Of all chunks but the last. With its message around it one fills a frame of 64 padding steps,
/// so that it is received whole or not at all and a cut costs no more than this. SPEC.md 10.6.
inline constexpr std::size_t kChunkBytes = 16'352;

constexpr std::uint32_t chunks_of(std::uint64_t size) {
    return static_cast<std::uint32_t>((size + kChunkBytes - 1) / kChunkBytes);
}
constexpr std::size_t chunk_bytes(std::uint64_t size, std::uint32_t number) {
    const std::uint64_t from = std::uint64_t{number} * kChunkBytes;
    return from >= size
               ? 0
               : static_cast<std::size_t>(std::min<std::uint64_t>(kChunkBytes, size - from));
}

/// What is held of a record's content.
struct Held {
    std::int64_t no = 0;  ///< of this store
    ContentId id{};
    std::uint64_t size = 0;
    bool whole = false;   ///< every chunk is here and the digest was right
    bool sealed = false;  ///< every chunk is here, and nobody on this side can read it
};

/// Who brought a content, when.
struct Origin {
    DeviceId device;  ///< none = this side itself
    Instant at;
};

class Contents;

/// The digest of a content under a key, chunk after chunk: all of a long one takes a while.
class Digesting {
  public:
    Digesting(const Held& held, ByteView key) : held_(held), hasher_(key) {}

    /// Reads up to `chunks` more of them. True when there is nothing more to read.
    bool read(Contents& contents, std::uint32_t chunks);
    /// Once, after the last; nullopt when a chunk is missing.
    std::optional<crypto::Digest> finish();

  private:
    Held held_;
    crypto::Hasher hasher_;
    std::uint32_t next_ = 0;
    bool missing_ = false;
};

class Contents {
  public:
    Contents() = default;
    Contents(const Contents&) = delete;
    Contents& operator=(const Contents&) = delete;
    virtual ~Contents() = default;

    // ---- reading
    virtual std::optional<Held> of(const RecordId& record) = 0;
    /// The whole content with this identity, whoever brought it.
    virtual std::optional<Held> whole(const ContentId& id) = 0;
    virtual bool has_chunk(const Held& held, std::uint32_t number) = 0;
    /// Empty when it is not here; 48 bytes longer when it is sealed.
    virtual Bytes chunk(const Held& held, std::uint32_t number) = 0;
    /// One bit a chunk, low bits first; set = here.
    virtual Bytes have(const Held& held) = 0;
    /// The digest under `key` of a content whose chunks are all here: its identity under the
    /// office's key, a proof of possession under a nonce. nullopt when a chunk is missing.
    virtual std::optional<crypto::Digest> digest(const Held& held, ByteView key) = 0;
    /// Sum of the sizes of what a device has brought or begun to bring since then.
    virtual std::uint64_t brought(const DeviceId& device, Instant since) = 0;

    // ---- writing, inside the caller's transaction
    /// Room for the content of a record; what it had begun of another content goes. Of the same
    /// content it is kept. Checked: the record has no whole content.
    virtual Held begin(const RecordId& record,
                       const ContentId& id,
                       std::uint64_t size,
                       const Origin& origin) = 0;
    /// False when number or length do not fit. A chunk that is here stays as it is.
    virtual bool put(const Held& held, std::uint32_t number, ByteView bytes) = 0;
    enum class Finish : std::uint8_t { Whole, Incomplete, Damaged };
    /// Proves what was put against the identity and makes it whole; the same content that is here
    /// already takes its place. Damaged: nothing of it is kept.
    virtual Finish finish(const RecordId& record, ByteView key) = 0;
    /// The same for whoever knows the digest of what was put; nullopt = a chunk is missing.
    virtual Finish finish(const RecordId& record, const std::optional<crypto::Digest>& found) = 0;
    /// Names what was put after its bytes are known, before `finish`.
    virtual void rename(const Held& held, const ContentId& id, std::uint64_t size) = 0;
    /// The record's content is the whole one with this identity, which is here.
    virtual void share(const RecordId& record, const ContentId& id, const Origin& origin) = 0;
    /// From now on only who holds the secret key can read it: chunk by chunk crypto::seal_to. For
    /// all records that refer to it; nobody is given it any more. Checked: it is whole.
    virtual void seal(const Held& held, ByteView public_key) = 0;
    /// The record has no content any more; bytes nobody else refers to are erased.
    virtual void drop(const RecordId& record) = 0;

    /// Reads everything: chunks, digests, references. `report` gets one line for each thing wrong.
    virtual void verify(ByteView key, const std::function<void(std::string)>& report) = 0;
};

}  // namespace dossier::content
