// The write-ahead log as it lies on disk: two header slots and sealed frames, and the judgement
// whether a frame that does not open is the torn tail of a crash or damage.
#pragma once

#include <cstdint>
#include <mutex>
#include <set>

#include "common/base/result.hpp"
#include "common/vault/base_file.hpp"
#include "common/vault/codec.hpp"
#include "common/vault/versions.hpp"

namespace dossier::vault {

class FaultRecord;

inline constexpr std::size_t kWalHeaderBytes = 32;    ///< SQLite's header of the log
inline constexpr std::size_t kFrameHeaderBytes = 24;  ///< SQLite's header of a frame
inline constexpr std::size_t kFrameBytes = kFrameHeaderBytes + 4096;

/// Layout: slot of even generations at 0, of odd ones at 4096, each cipher(40) ‖ trailer(40) of
/// SQLite's header(32) ‖ generation(8); from 8192 the frames, each cipher(4136) ‖ trailer(40) of
/// SQLite's frame(4120) ‖ generation(8) ‖ durable(8). Places: WalHeader, slot; WalFrame, index.
///
/// A generation is one life of the log between two resets. Two slots, so that a header torn by a
/// power cut leaves the former one, whose frames are all in the main file already. `durable` is
/// the number of frames known committed and synced when the frame was written: the proof that an
/// earlier frame which does not open was once whole, hence damaged and not torn.
/// Thread: any; SQLite lets one connection write at a time.
class WalLog {
  public:
    WalLog(Codec& codec, VersionTable& versions, FaultRecord& faults)
        : codec_(codec), versions_(versions), faults_(faults) {}

    /// SQLite's header into `out`, or zeros for an empty log.
    int read_header(BaseFile& file, std::uint8_t* out);
    /// Begins a generation.
    int write_header(BaseFile& file, const std::uint8_t* header);

    /// What to do with a frame that does not open.
    enum class Torn : std::uint8_t {
        IsEnd,    ///< recovery reads on until the log ends: zeros unless it is proven damage
        IsDamage  ///< SQLite knows the frame is there
    };
    /// SQLite's frame `index` (from 0), kFrameBytes.
    int read_frame(BaseFile& file, std::uint64_t index, Torn torn, std::uint8_t* out);
    int write_frame(BaseFile& file, std::uint64_t index, const std::uint8_t* frame);
    /// True when this process wrote the frame in this generation, so that a part of it may be
    /// rewritten in place.
    [[nodiscard]] bool is_written(std::uint64_t index) const;

    /// The database page SQLite's `frame` holds.
    static std::uint32_t page_of(const std::uint8_t* frame);

    int sync(BaseFile& file, int flags);
    int truncate(BaseFile& file, std::uint64_t frames, bool everything);
    static int frame_count(BaseFile& file, std::uint64_t& frames);
    /// The log was deleted: the next one gets the next generation.
    void forget();
    /// Where the log is durable now, for the version table.
    [[nodiscard]] WalMark mark() const;
    /// Pages the present generation holds in whole frames. Errors: kDamagedWal, kStaleWal.
    Result<std::set<std::uint32_t>> pages_held(BaseFile& file);

  private:
    struct Frame {
        std::uint8_t bytes[kFrameBytes + 16];
        [[nodiscard]] std::uint64_t generation() const {
            return read_le<std::uint64_t>(bytes + kFrameBytes);
        }
        [[nodiscard]] std::uint64_t durable() const {
            return read_le<std::uint64_t>(bytes + kFrameBytes + 8);
        }
    };
    int load(BaseFile& file);
    int open_slots(BaseFile& file, bool& other_is_whole);
    bool open_frame(BaseFile& file, std::uint64_t index, Frame& frame) const;
    /// Whether a later frame proves that frame `index` was once durable.
    bool is_proven(BaseFile& file, std::uint64_t index, std::uint64_t generation);
    int damaged(std::uint64_t index);

    Codec& codec_;
    VersionTable& versions_;
    FaultRecord& faults_;

    mutable std::mutex mutex_;
    bool loaded_ = false;
    bool has_header_ = false;
    std::uint64_t generation_ = 0;
    std::uint8_t header_[kWalHeaderBytes] = {};
    std::uint64_t first_written_ = 0;  ///< [first_written_, next_) was written by this process
    std::uint64_t next_ = 0;
    std::uint64_t committed_ = 0;  ///< frames up to the last commit frame written here
    std::uint64_t durable_ = 0;    ///< of those, the ones a sync has covered
};

}  // namespace dossier::vault
