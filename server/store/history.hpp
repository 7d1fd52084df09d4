// The journal: what was done to each record, in the order it was done. One noun of the office's
// store.
#pragma once

#include <optional>
#include <vector>

#include "server/store/rows.hpp"

namespace dossier::server {

class History {
  public:
    virtual ~History() = default;

    virtual Seq append_journal(const JournalEntry& entry) = 0;
    /// Entries of a record, oldest first; with `group` only those that set it and those about the
    /// whole record (group 0: made, removed, moved, events).
    [[nodiscard]] virtual std::vector<JournalEntry> history(const RecordId& record,
                                                            std::optional<std::uint16_t> group) = 0;
    /// The entry that set the current value of the group: the last won Set of it, else the Create.
    [[nodiscard]] virtual std::optional<JournalEntry> last_won(const RecordId& record,
                                                               std::uint16_t group) = 0;
    [[nodiscard]] virtual std::optional<JournalEntry> entry(Seq seq) = 0;
    /// The number of the last entry; 0 while there is none.
    [[nodiscard]] virtual Seq journal_end() = 0;
};

}  // namespace dossier::server
