// Values nobody else would write: each text is told from every other wherever it turns up, so that
// what lies on a disk or in a message can be traced to who wrote it where.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/base/ids.hpp"

namespace dossier::sim {

/// Where a value was written first.
struct Written {
    std::uint32_t by = 0;  ///< laptop, or kOffice
    RecordId record;
    std::uint16_t kind = 0;
    std::uint16_t tag = 0;
};

class Pen {
  public:
    /// A value for one field of one record: "3f9a77c2qzx".
    std::string write(const Written& where);
    /// The eight digits of the last value.
    [[nodiscard]] const std::string& digits() const { return digits_; }
    /// The values whose traces lie in these bytes, each once.
    [[nodiscard]] std::vector<std::uint32_t> found_in(ByteView bytes) const;
    /// The values all of whose digits are among the tokens of a search index.
    [[nodiscard]] std::vector<std::uint32_t> found_in(const std::set<std::string>& tokens) const;
    [[nodiscard]] const Written& where(std::uint32_t value) const { return written_.at(value); }
    [[nodiscard]] bool knows(std::uint32_t value) const { return written_.contains(value); }
    [[nodiscard]] std::size_t count() const { return written_.size(); }
    /// Another number to begin with: the values of a run then differ from those of another one.
    void begin_at(std::uint32_t number) { next_ = number; }

  private:
    std::uint32_t next_ = 1;
    std::string digits_;
    std::map<std::uint32_t, Written> written_;
};

/// The value a text of the pen stands for. nullopt for any other text.
std::optional<std::uint32_t> value_in(std::string_view text);

}  // namespace dossier::sim
