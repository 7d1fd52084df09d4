// A file descriptor that closes itself.
#pragma once

#include <utility>

#include <unistd.h>

namespace dossier {

class Descriptor {
  public:
    /// Below zero = none: what a failed call returned may be kept and asked.
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) close(number_);
    }
    [[nodiscard]] int number() const { return number_; }
    int release() { return std::exchange(number_, -1); }

  private:
    int number_;
};

}  // namespace dossier
