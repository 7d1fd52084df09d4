#include "common/vault/locks.hpp"

#include <atomic>

namespace dossier::vault {

int WalIndex::map(WalIndexHold& hold, int region, int bytes, bool extend, void volatile** out) {
    const std::lock_guard lock(mutex_);
    if (!hold.joined) {
        hold.joined = true;
        ++joined_;
    }
    *out = nullptr;
    const auto wanted = static_cast<std::size_t>(region);
    if (wanted >= regions_.size() && !extend) return SQLITE_OK;
    while (regions_.size() <= wanted) {
        regions_.push_back(std::make_unique<std::uint8_t[]>(static_cast<std::size_t>(bytes)));
    }
    *out = regions_[wanted].get();
    return SQLITE_OK;
}

int WalIndex::lock(WalIndexHold& hold, int first, int count, int flags) {
    const std::lock_guard lock(mutex_);
    const unsigned mask = ((1U << static_cast<unsigned>(count)) - 1U)
                          << static_cast<unsigned>(first);
    const auto wants = static_cast<unsigned>(flags);
    if ((wants & SQLITE_SHM_UNLOCK) != 0) {
        release(hold, mask);
        return SQLITE_OK;
    }
    if ((exclusive_ & mask & ~hold.exclusive) != 0) return SQLITE_BUSY;
    if ((wants & SQLITE_SHM_SHARED) != 0) {
        for (unsigned slot = 0; slot < SQLITE_SHM_NLOCK; ++slot) {
            if ((mask & ~hold.shared & (1U << slot)) != 0) ++shared_[slot];
        }
        hold.shared |= mask;
        return SQLITE_OK;
    }
    for (unsigned slot = 0; slot < SQLITE_SHM_NLOCK; ++slot) {
        const unsigned bit = 1U << slot;
        const unsigned own = (hold.shared & bit) != 0 ? 1 : 0;
        if ((mask & bit) != 0 && shared_[slot] > own) return SQLITE_BUSY;
    }
    exclusive_ |= mask;
    hold.exclusive |= mask;
    return SQLITE_OK;
}

void WalIndex::release(WalIndexHold& hold, unsigned mask) {
    for (unsigned slot = 0; slot < SQLITE_SHM_NLOCK; ++slot) {
        if ((mask & hold.shared & (1U << slot)) != 0) --shared_[slot];
    }
    exclusive_ &= ~(mask & hold.exclusive);
    hold.shared &= ~mask;
    hold.exclusive &= ~mask;
}

void WalIndex::leave(WalIndexHold& hold) {
    const std::lock_guard lock(mutex_);
    release(hold, ~0U);
    if (!hold.joined) return;
    hold.joined = false;
    if (--joined_ == 0) regions_.clear();
}

void WalIndex::barrier() {
    std::atomic_thread_fence(std::memory_order_seq_cst);
    const std::lock_guard lock(mutex_);
}

int FileLocks::lock(int& held, int wanted) {
    const std::lock_guard lock(mutex_);
    if (held >= wanted) return SQLITE_OK;
    if (wanted == SQLITE_LOCK_SHARED) {
        if (excluding_) return SQLITE_BUSY;
        ++readers_;
        held = wanted;
        return SQLITE_OK;
    }
    const bool is_writer = held > SQLITE_LOCK_SHARED;
    if (writer_ && !is_writer) return SQLITE_BUSY;
    if (wanted == SQLITE_LOCK_EXCLUSIVE) {
        if (readers_ > 1) return SQLITE_BUSY;
        excluding_ = true;
    }
    writer_ = true;
    held = wanted;
    return SQLITE_OK;
}

void FileLocks::unlock(int& held, int wanted) {
    const std::lock_guard lock(mutex_);
    if (held <= wanted) return;
    if (held > SQLITE_LOCK_SHARED) {
        writer_ = false;
        excluding_ = false;
    }
    if (wanted == SQLITE_LOCK_NONE) --readers_;
    held = wanted;
}

bool FileLocks::is_reserved() {
    const std::lock_guard lock(mutex_);
    return writer_;
}

}  // namespace dossier::vault
