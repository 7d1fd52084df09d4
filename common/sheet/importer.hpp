// Rows of a table become changesets for the door. A dry run takes the very same way: only the
// caller rolls its transaction back. Source: ux 6 rows 6, 10, 11, 12.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "common/crypto/random.hpp"
#include "common/merge/op.hpp"
#include "common/sheet/mapping.hpp"
#include "common/tabular/table.hpp"

namespace dossier::sheet {

/// What an import needs of the side it runs on.
class Host {
  public:
    Host() = default;
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;
    virtual ~Host() = default;

    /// The record a person means by this text in a reference column: number, code, login or name.
    virtual std::optional<RecordId> resolve(const catalog::Field& field, std::string_view text) = 0;
    /// Existing records this row may be: by number, else by unified code, else by exact name.
    virtual std::vector<RecordId> same(const catalog::Kind& kind, const FieldValues& values) = 0;
    virtual FieldValues load(const catalog::Kind& kind, const RecordId& record) = 0;
    /// Through the door. Errors: its refusal.
    virtual Status submit(merge::Changeset changeset) = 0;
};

struct Options {
    bool update = false;  ///< rows that match one existing record change it; else they are left out
                          ///< as duplicates
    std::string reason;   ///< goes into every changeset: the file's name
};

enum class Fate : std::uint8_t { New, Changed, Duplicate, Refused };

/// What was read otherwise than written of a cell, and kept.
struct CellNote {
    std::string field;
    Error note;
};

/// What became of one row; `error` says why it was refused, `field` names the column.
struct RowReport {
    std::size_t row = 0;
    Fate fate = Fate::New;
    std::string field;
    std::optional<Error> error;
    RecordId record;
    std::vector<CellNote> notes;
};

struct Counts {
    std::size_t fresh = 0;
    std::size_t changed = 0;
    std::size_t duplicate = 0;
    std::size_t refused = 0;
    bool cut_short = false;  ///< the file ended in an error; rows after it were not read
};

/// Takes every row of `source`; `note` hears of each row that was not simply new or has notes.
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
