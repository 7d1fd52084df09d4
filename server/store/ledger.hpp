// Devices, their invites, what they were answered, what of theirs waits outside, and their
// sessions. One noun of the office's store.
#pragma once

#include <optional>
#include <vector>

#include "server/store/rows.hpp"

namespace dossier::server {

class Ledger {
  public:
    virtual ~Ledger() = default;

    [[nodiscard]] virtual std::optional<DeviceRow> device(const DeviceId& device) = 0;
    [[nodiscard]] virtual std::optional<DeviceRow> device_by_key(ByteView public_key) = 0;
    [[nodiscard]] virtual std::vector<DeviceRow> devices() = 0;
    virtual void save_device(const DeviceRow& row) = 0;
    [[nodiscard]] virtual std::optional<InviteRow> invite(ByteView id) = 0;
    virtual void save_invite(const InviteRow& row) = 0;
    /// Verdicts of one changeset, encoded; once each.
    virtual void save_verdicts(const DeviceId& device,
                               std::uint32_t epoch,
                               std::uint64_t oseq,
                               const Digest& head,
                               ByteView verdicts) = 0;
    struct StoredVerdicts {
        Digest head{};
        Bytes verdicts;
    };
    [[nodiscard]] virtual std::optional<StoredVerdicts> verdicts(const DeviceId& device,
                                                                 std::uint32_t epoch,
                                                                 std::uint64_t oseq) = 0;
    /// The answer to the entry with this number after which the chain is `head`, in the latest
    /// history of the device that has it.
    [[nodiscard]] virtual std::optional<StoredVerdicts> verdicts(const DeviceId& device,
                                                                 std::uint64_t oseq,
                                                                 const Digest& head) = 0;
    /// Keeps a changeset outside; its number.
    virtual std::uint64_t withhold(const WithheldRow& row) = 0;
    [[nodiscard]] virtual std::optional<WithheldRow> withheld(std::uint64_t number) = 0;
    /// Those that still wait, oldest first.
    [[nodiscard]] virtual std::vector<WithheldRow> withheld() = 0;
    /// The record they wait for is here: those may be let in. How many there are.
    virtual std::uint64_t note_arrived(const RecordId& record) = 0;
    /// Those that may be let in, oldest first, at most `limit`; each is given once.
    [[nodiscard]] virtual std::vector<WithheldRow> take_arrived(std::size_t limit) = 0;
    virtual void settle_withheld(std::uint64_t number, Instant at) = 0;
    /// What makes this record in a changeset of the device that waits; see WithheldRow::made.
    [[nodiscard]] virtual std::optional<Bytes> waiting_maker(const DeviceId& device,
                                                             const RecordId& record) = 0;
    /// Those that wait and whose `made` an older program did not keep, at most `limit`.
    [[nodiscard]] virtual std::vector<WithheldRow> withheld_unread(std::size_t limit) = 0;
    virtual void note_made(const WithheldRow& row) = 0;
    /// Orphans that came before then and of which nobody was told, at most `limit`.
    [[nodiscard]] virtual std::vector<WithheldRow> orphans_unreported(Instant before,
                                                                      std::size_t limit) = 0;
    virtual void note_reported(std::uint64_t number) = 0;
    /// `day` = days since 1970-01-01 UTC.
    [[nodiscard]] virtual DeviceUsage usage(const DeviceId& device, std::int64_t day) = 0;
    virtual void save_usage(const DeviceId& device, std::int64_t day, const DeviceUsage& usage) = 0;
    /// Adds a session that has no number yet and gives it one; else replaces it.
    virtual void save_session(SessionRow& row) = 0;
    /// Newest first.
    [[nodiscard]] virtual std::vector<SessionRow> sessions(std::size_t limit) = 0;
    [[nodiscard]] virtual std::vector<SessionRow> sessions_of(const DeviceId& device,
                                                              std::size_t limit) = 0;
    [[nodiscard]] virtual std::optional<SessionRow> session(std::uint64_t id) = 0;
};

}  // namespace dossier::server
