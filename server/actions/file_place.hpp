// One of a few places for work that takes memory, while it lives.
#pragma once

#include <semaphore>

#include "common/base/memory.hpp"

namespace dossier::server {

/// Waits for a place; gives it back at the end, and to the system what memory the work left free.
class FilePlace {
  public:
    /// `places` null: there is no limit.
    explicit FilePlace(std::counting_semaphore<>* places) : places_(places) {
        if (places_ != nullptr) places_->acquire();
    }
    FilePlace(const FilePlace&) = delete;
    FilePlace& operator=(const FilePlace&) = delete;
    ~FilePlace() {
        if (places_ == nullptr) return;
        give_back_memory();
        places_->release();
    }

  private:
    std::counting_semaphore<>* places_;
};

}  // namespace dossier::server
