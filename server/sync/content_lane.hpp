// The office's side of the attachments' lane: what a laptop may bring and have, chunk by chunk.
// Without sockets; each call inside the caller's unit of work. Rights are asked for each message
// anew and belong to the record: a digest opens nothing. Source: SPEC.md 10.6, sync 5.3.7.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "common/content/contents.hpp"

#include "protocol/messages.hpp"

#include "server/accounts/office_keys.hpp"
#include "server/office/office.hpp"

namespace dossier::server {

/// Chunks sent before the other side is asked to answer.
inline constexpr std::size_t kChunksAtOnce = 16;
/// What one device may bring within a day; the rest comes with a later sync.
inline constexpr std::uint64_t kDeviceDayBytesMax = 1ULL << 30U;

class ContentLane {
  public:
    using Messages = std::vector<protocol::Message>;

    ContentLane(Office& office, const OfficeKeys& keys) : office_(office), keys_(keys) {}

    Messages on(const protocol::Bring& message, const DeviceRow& device);
    /// A whole content is read for it: there is more to do when the answer is empty.
    Messages on(const protocol::Proof& message, const DeviceRow& device);
    Messages on(const protocol::Want& message, const DeviceRow& device);
    /// Errors: sync.out_of_order for a chunk that was not asked for or does not fit, sync.sealed
    /// for one that is not sealed to this office.
    Result<Messages> on(const protocol::Chunk& message, const DeviceRow& device);
    /// Begun and not answered yet.
    [[nodiscard]] bool is_working() const { return reading_ != nullptr; }
    /// Reads on; the answer when all was read.
    Messages go_on(const DeviceRow& device);

  private:
    using Answer = protocol::ContentAnswer;

    /// A content read from its start, and what for.
    struct Reading {
        protocol::Offered offered;
        content::Held held;
        std::optional<crypto::Digest>
            proof;  ///< of a content that is here; else it was brought now
        content::Digesting digest;
    };

    Answer answer_offer(const protocol::Offered& offered,
                        const DeviceRow& device,
                        std::uint64_t& brought);
    Messages read(protocol::Offered offered,
                  const content::Held& held,
                  std::optional<crypto::Digest> proof,
                  ByteView key,
                  const DeviceRow& device);
    bool settle(const Reading& reading,
                const std::optional<crypto::Digest>& found,
                const DeviceRow& device);
    [[nodiscard]] std::int64_t today() const;
    std::uint64_t brought_today(const DeviceRow& device);
    void note_spoiled(const DeviceRow& device, std::uint64_t bytes);
    std::optional<FieldValues> made_on(const RecordId& record, const DeviceRow& device);
    protocol::ContentState may_have(const RecordId& record, const DeviceRow& device);
    Messages finish(const protocol::Offered& offered, const DeviceRow& device);
    [[nodiscard]] bool fits_its_format(const RecordId& record,
                                       const DeviceRow& device,
                                       const content::Held& held);
    void note(const RecordId& record, const DeviceRow& device, std::string_view result);

    Office& office_;
    const OfficeKeys& keys_;
    std::map<RecordId, protocol::Offered> expected_;  ///< offered, and asked for
    std::map<RecordId, Bytes> nonces_;                ///< of proofs that may still be given, once
    std::unique_ptr<Reading> reading_;
};

}  // namespace dossier::server
