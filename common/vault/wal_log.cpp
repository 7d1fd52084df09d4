#include "common/vault/wal_log.hpp"

#include <algorithm>
#include <array>

#include "common/base/plant.hpp"
#include "common/vault/database.hpp"
#include "common/vault/faults.hpp"

namespace dossier::vault {
namespace {

constexpr std::size_t kSlotBody = kWalHeaderBytes + 8;
constexpr std::int64_t kSlotStride = 4096;
constexpr std::int64_t kFramesAt = 2 * kSlotStride;
constexpr std::size_t kFrameBody = kFrameBytes + 16;
constexpr std::size_t kFrameStride = kFrameBody + kTrailerBytes;

std::int64_t frame_at(std::uint64_t index) {
    return kFramesAt + static_cast<std::int64_t>(index * kFrameStride);
}

/// SQLite's frame header keeps the size of the database, big-endian at 4, in commit frames only.
bool is_commit(const std::uint8_t* frame) {
    return (frame[4] | frame[5] | frame[6] | frame[7]) != 0;
}

void put_le(std::uint8_t* to, std::uint64_t number) {
    for (std::size_t i = 0; i < 8; ++i) to[i] = static_cast<std::uint8_t>(number >> (8 * i));
}

}  // namespace

std::uint32_t WalLog::page_of(const std::uint8_t* frame) {
    return (std::uint32_t{frame[0]} << 24U) | (std::uint32_t{frame[1]} << 16U) |
           (std::uint32_t{frame[2]} << 8U) | std::uint32_t{frame[3]};
}

int WalLog::damaged(std::uint64_t index) {
    return faults_.put(SQLITE_IOERR_DATA, {&kDamagedWal, {std::to_string(index + 1)}});
}

int WalLog::frame_count(BaseFile& file, std::uint64_t& frames) {
    std::int64_t size = 0;
    const int rc = file.size(size);
    frames = size <= kFramesAt ? 0 : static_cast<std::uint64_t>(size - kFramesAt) / kFrameStride;
    return rc;
}

bool WalLog::open_frame(BaseFile& file, std::uint64_t index, Frame& frame) const {
    std::uint8_t sealed[kFrameStride];
    if (file.read(sealed, sizeof sealed, frame_at(index)) != SQLITE_OK) return false;
    return codec_.open({Role::WalFrame, index}, {sealed, kFrameBody}, sealed + kFrameBody,
                       frame.bytes);
}

bool WalLog::is_proven(BaseFile& file, std::uint64_t index, std::uint64_t generation) {
    std::uint64_t frames = 0;
    if (frame_count(file, frames) != SQLITE_OK) return true;
    Frame later;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled by open_frame
    for (std::uint64_t at = index + 1; at < frames; ++at) {
        if (open_frame(file, at, later) && later.generation() == generation &&
            later.durable() > index) {
            return true;
        }
    }
    return false;
}

int WalLog::open_slots(BaseFile& file, bool& other_is_whole) {
    has_header_ = false;
    other_is_whole = false;
    for (const std::uint64_t slot : {0U, 1U}) {
        std::array<std::uint8_t, kSlotBody + kTrailerBytes> sealed{};
        const int rc =
            file.read(sealed.data(), sealed.size(), static_cast<std::int64_t>(slot) * kSlotStride);
        if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ) return rc;
        std::array<std::uint8_t, kSlotBody> plain{};
        if (!codec_.open({Role::WalHeader, slot}, ByteView(sealed).first(kSlotBody),
                         sealed.data() + kSlotBody, plain.data())) {
            continue;
        }
        const auto generation = read_le<std::uint64_t>(plain.data() + kWalHeaderBytes);
        other_is_whole = has_header_;
        if (has_header_ && generation < generation_) continue;
        has_header_ = true;
        generation_ = generation;
        std::copy_n(plain.data(), kWalHeaderBytes, header_);
    }
    return SQLITE_OK;
}

/// Reads the header slots of a log that was there before this process, and refuses a log that is
/// older than the version table or whose newest header is damaged.
int WalLog::load(BaseFile& file) {
    if (loaded_) return SQLITE_OK;
    bool other_is_whole = false;
    std::uint64_t frames = 0;
    int rc = open_slots(file, other_is_whole);
    if (rc == SQLITE_OK) rc = frame_count(file, frames);
    if (rc != SQLITE_OK) return rc;
    const WalMark mark = versions_.wal_mark();
    if (has_header_ && (generation_ < mark.generation ||
                        (generation_ == mark.generation && frames < mark.frames))) {
        return faults_.put(SQLITE_IOERR_DATA, {&kStaleWal, {}});
    }
    if (!has_header_ && frames > 0) return damaged(0);
    if (!other_is_whole) {
        // A header is synced before the first frame of its generation: such a frame without its
        // header means that the header was damaged, not torn.
        Frame frame;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled by open_frame
        for (std::uint64_t at = 0; at < frames; ++at) {
            if (open_frame(file, at, frame) && frame.generation() > generation_) return damaged(at);
        }
    }
    if (!has_header_) generation_ = std::max(generation_, mark.generation);
    loaded_ = true;
    return SQLITE_OK;
}

int WalLog::read_header(BaseFile& file, std::uint8_t* out) {
    const std::lock_guard lock(mutex_);
    std::fill_n(out, kWalHeaderBytes, std::uint8_t{0});
    const int rc = load(file);
    if (rc != SQLITE_OK) return rc;
    if (has_header_) std::copy_n(header_, kWalHeaderBytes, out);
    return SQLITE_OK;
}

int WalLog::write_header(BaseFile& file, const std::uint8_t* header) {
    const std::lock_guard lock(mutex_);
    int rc = load(file);
    // The frames of the former generation are about to go: the table must know their pages.
    if (rc == SQLITE_OK) rc = versions_.store({generation_, durable_});
    if (rc != SQLITE_OK) return rc;
    const std::uint64_t next = std::max(generation_, versions_.wal_mark().generation) + 1;
    std::array<std::uint8_t, kSlotBody + kTrailerBytes> sealed{};
    std::copy_n(header, kWalHeaderBytes, sealed.begin());
    put_le(sealed.data() + kWalHeaderBytes, next);
    const std::uint64_t slot = next % 2;
    codec_.seal({Role::WalHeader, slot}, ByteView(sealed).first(kSlotBody), sealed.data(),
                sealed.data() + kSlotBody);
    rc = file.write(sealed, static_cast<std::int64_t>(slot) * kSlotStride);
    if (rc != SQLITE_OK) return rc;
    has_header_ = true;
    generation_ = next;
    std::copy_n(header, kWalHeaderBytes, header_);
    first_written_ = next_ = committed_ = durable_ = 0;
    return SQLITE_OK;
}

int WalLog::read_frame(BaseFile& file, std::uint64_t index, Torn torn, std::uint8_t* out) {
    Frame frame;  // NOLINT(cppcoreguidelines-pro-type-member-init): filled by open_frame
    const bool whole = open_frame(file, index, frame);
    const std::lock_guard lock(mutex_);
    const WalMark mark = versions_.wal_mark();
    const bool owed = generation_ == mark.generation && index < mark.frames;
    if (whole && (!owed || frame.generation() == generation_)) {
        std::copy_n(frame.bytes, kFrameBytes, out);
        return SQLITE_OK;
    }
    const bool ours = index >= first_written_ && index < next_;
    if (owed || ours || torn == Torn::IsDamage || is_proven(file, index, generation_)) {
        return damaged(index);
    }
    std::fill_n(out, kFrameBytes, std::uint8_t{0});
    return SQLITE_OK;
}

int WalLog::write_frame(BaseFile& file, std::uint64_t index, const std::uint8_t* frame) {
    const std::lock_guard lock(mutex_);
    committed_ = std::min(committed_, index);
    durable_ = std::min(durable_, index);
    std::uint8_t sealed[kFrameStride];
    std::copy_n(frame, kFrameBytes, sealed);
    put_le(sealed + kFrameBytes, generation_);
    put_le(sealed + kFrameBytes + 8, durable_);
    codec_.seal({Role::WalFrame, index}, {sealed, kFrameBody}, sealed, sealed + kFrameBody);
    const int rc = file.write(sealed, frame_at(index));
    if (rc != SQLITE_OK) {
        // Perhaps half of it is there: it is no frame that could be read and rewritten in part.
        next_ = std::min(next_, index);
        first_written_ = std::min(first_written_, next_);
        return rc;
    }
    if (index < first_written_ || index > next_) first_written_ = next_ = index;
    next_ = std::max(next_, index + 1);
    if (is_commit(frame)) committed_ = index + 1;
    return SQLITE_OK;
}

bool WalLog::is_written(std::uint64_t index) const {
    const std::lock_guard lock(mutex_);
    return index >= first_written_ && index < next_;
}

int WalLog::sync(BaseFile& file, int flags) {
    std::uint64_t covered = 0;
    {
        const std::lock_guard lock(mutex_);
        covered = committed_;
    }
    const int rc = is_planted(Plant::NoSync) ? SQLITE_OK : file.sync(flags);
    if (rc != SQLITE_OK) return rc;
    const std::lock_guard lock(mutex_);
    durable_ = std::max(durable_, std::min(covered, committed_));
    return SQLITE_OK;
}

int WalLog::truncate(BaseFile& file, std::uint64_t frames, bool everything) {
    const std::lock_guard lock(mutex_);
    int rc = versions_.store({generation_, durable_});
    if (rc == SQLITE_OK && !is_planted(Plant::LogKept))
        rc = file.truncate(everything ? 0 : frame_at(frames));
    if (rc != SQLITE_OK) return rc;
    if (everything) has_header_ = false;
    next_ = std::min(next_, frames);
    first_written_ = std::min(first_written_, next_);
    return SQLITE_OK;
}

void WalLog::forget() {
    const std::lock_guard lock(mutex_);
    has_header_ = false;
    first_written_ = next_ = committed_ = durable_ = 0;
}

WalMark WalLog::mark() const {
    const std::lock_guard lock(mutex_);
    return {generation_, durable_};
}

Result<std::set<std::uint32_t>> WalLog::pages_held(BaseFile& file) {
    std::set<std::uint32_t> pages;
    std::uint8_t header[kWalHeaderBytes];
    const int header_rc = read_header(file, header);
    std::uint64_t frames = 0;
    if (frame_count(file, frames) != SQLITE_OK) return fail(kDamagedWal, "1");
    if (header_rc != SQLITE_OK) {
        auto known = faults_.take();
        return tl::unexpected(known ? std::move(*known) : Error{&kDamagedWal, {"0"}});
    }
    std::set<std::uint32_t> open_transaction;
    std::uint8_t frame[kFrameBytes];
    for (std::uint64_t at = 0; at < frames; ++at) {
        if (read_frame(file, at, Torn::IsEnd, frame) != SQLITE_OK) {
            auto known = faults_.take();
            return tl::unexpected(known ? std::move(*known) : Error{&kDamagedWal, {"0"}});
        }
        // SQLite's salts tell frames of this generation from those of a former one.
        if (!std::equal(frame + 8, frame + 16, header + 16)) break;
        open_transaction.insert(page_of(frame));
        if (is_commit(frame)) pages.merge(open_transaction);
    }
    return pages;
}

}  // namespace dossier::vault
