// The real office program in a process of its own.
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

#include "tests/bench/bench_office.hpp"

namespace dossier::bench {

class OfficeProcess {
  public:
    /// Serves the office in `folder`, laptops on a free port; `more` = further words of `serve`.
    explicit OfficeProcess(const Folder& folder, const std::vector<std::string>& more = {});
    OfficeProcess(const OfficeProcess&) = delete;
    OfficeProcess& operator=(const OfficeProcess&) = delete;
    ~OfficeProcess();

    /// Where it listens: the first address it told is for laptops, the second for browsers.
    std::uint16_t port(std::size_t number = 0);
    /// User and system time so far.
    [[nodiscard]] double cpu_ms() const;
    /// A line of /proc/…/status, in its unit.
    [[nodiscard]] std::string status(const std::string& name) const;
    [[nodiscard]] double resident_mb() const;
    [[nodiscard]] std::size_t descriptors() const;

  private:
    std::string out_;
    pid_t pid_ = 0;
};

}  // namespace dossier::bench
