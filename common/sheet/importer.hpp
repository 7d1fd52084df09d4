// Rows of a table become changesets for the door. A dry run takes the very same way: only the
// caller rolls its transaction back. Source: ux 6 rows 6, 10, 11, 12.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "common/crypto/random.hpp"
#include "common/merge/op.hpp"
#include "common/sheet/mapping.hpp"
#include "common/tabular/table.hpp"

namespace dossier::sheet {

/// What an import needs of the side it runs on. Who is the same is not its business: it finds the
/// records to compare with, common/rules/party judges.
class Host {
  public:
    Host() = default;
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;
    virtual ~Host() = default;

    /// The record a person means by this text in a reference column: number, code, login or name.
    virtual std::optional<RecordId> resolve(const catalog::Field& field, std::string_view text) = 0;
    /// Existing records this row may be: those that share a number, a code or the name with it.
    virtual std::vector<RecordId> candidates(const catalog::Kind& kind,
                                             const FieldValues& values) = 0;
    /// Existing records of a kind below this one, as far as the importer may read them.
    virtual std::vector<RecordId> children(const catalog::Kind& kind, const RecordId& parent) = 0;
    /// What the importer may read of a record.
    virtual FieldValues load(const catalog::Kind& kind, const RecordId& record) = 0;
    /// Whether the door takes this field from the importer at all, in a new record or a change:
    /// what it does not take costs its cell, not the row. Errors: why not.
    virtual Status may_say(const merge::Op& op, const catalog::Field& of) = 0;
    /// Through the door. Errors: its refusal.
    virtual Status submit(merge::Changeset changeset) = 0;

    /// Records this import made: those a later row of the same file may add to.
    void made(const RecordId& record) { made_.insert(record); }
    [[nodiscard]] bool was_made(const RecordId& record) const { return made_.contains(record); }

    /// Whether this is said for the first time in this import: what holds for a column is told
    /// once.
    bool is_new_word(const std::string& words) { return told_.insert(words).second; }

  private:
    std::unordered_set<RecordId> made_;
    std::unordered_set<std::string> told_;
};

struct Options {
    bool update = false;  ///< rows that match one existing record change it; else they are left out
                          ///< as duplicates
    std::string clear_with = {};  ///< a cell that holds exactly this empties its field; none when
                                  ///< empty
    std::string reason;           ///< goes into every changeset: the file's name
};

/// `Partly` stands for one cell, or the contact, of a row that was taken without it, `Told` for
/// something about the file, or a cell that is kept otherwise than written.
enum class Fate : std::uint8_t { New, Changed, Duplicate, Refused, Partly, Told };

/// What became of one row, or of a cell of it; `error` says why, `field` names the column.
struct RowReport {
    std::size_t row = 0;
    Fate fate = Fate::New;
    std::string field;
    std::optional<Error> error;
    RecordId record;
};

struct Counts {
    std::size_t fresh = 0;
    std::size_t changed = 0;
    std::size_t duplicate = 0;
    std::size_t refused = 0;
    std::size_t partly = 0;  ///< cells and contacts left out of rows that were taken
    bool cut_short = false;  ///< the file ended in an error; rows after it were not read
};

/// Takes every row of `source`; `note` hears of each row that was not simply new, and of each cell
/// that was kept otherwise than written, and each cell and contact that was left out.
Counts run_import(tabular::Source& source,
                  const Mapping& mapping,
                  const Options& options,
                  Host& host,
                  crypto::Ids& ids,
                  Instant now,
                  const std::function<void(const RowReport&)>& note);

/// "新增/new" … for reports and screens.
Text fate_text(Fate fate);

}  // namespace dossier::sheet
