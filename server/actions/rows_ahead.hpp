// Rows of a table on their way to the door: read beside the store's thread, a few at a time.
#pragma once

#include <deque>
#include <optional>

#include "common/tabular/table.hpp"

namespace dossier::server {

/// Rows that were read and have not been to the door.
class RowsAhead {
  public:
    /// Enough for a step, little to hold; one row more may be over it.
    static constexpr std::size_t kRows = 500;
    static constexpr std::size_t kBytes = std::size_t{4} << 20U;

    explicit RowsAhead(tabular::Source& source) : source_(source) {}

    /// Reads on until enough waits.
    void fill() {
        while (!was_last_ && rows_.size() < kRows && bytes_ < kBytes) {
            auto row = source_.next();
            was_last_ = !row;
            if (!row) return;
            if (*row) bytes_ += bytes_of(**row);
            rows_.push_back({source_.number(), source_.cut_short(), std::move(*row)});
        }
    }
    [[nodiscard]] bool is_done() const { return was_last_ && rows_.empty(); }
    [[nodiscard]] const tabular::Source& source() const { return source_; }

    struct Each {
        std::size_t number;
        bool cuts;  ///< an error that ended the table
        Result<tabular::Row> row;
    };
    std::optional<Each> take() {
        if (rows_.empty()) return std::nullopt;
        auto first = std::move(rows_.front());
        rows_.pop_front();
        if (first.row) bytes_ -= bytes_of(*first.row);
        return first;
    }

    /// What the waiting rows hold.
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

  private:
    static std::size_t bytes_of(const tabular::Row& row) {
        std::size_t bytes = 0;
        for (const auto& cell : row.cells) bytes += sizeof cell + cell.size();
        return bytes;
    }

    tabular::Source& source_;
    std::deque<Each> rows_;
    std::size_t bytes_ = 0;  ///< of them
    bool was_last_ = false;
};

}  // namespace dossier::server
