// What a report is made of, as far as somebody may see it: whose rows are his, and records as they
// are counted. A report's totals stay right for everybody who runs it, so what he may not know of
// among the rows that are his is counted too; it is told apart, and nobody names it (domain 5.1).
#pragma once

#include <functional>
#include <map>

#include "common/query/query.hpp"
#include "common/report/readers.hpp"

#include "server/reading/asker.hpp"

namespace dossier::server {

/// Whose rows of one report the asker sees, by domain 3.3.
class ReportRows {
  public:
    ReportRows(Office& office, const Asker& asker, const report::Report& report);

    [[nodiscard]] bool may_run() const { return report::may_run(readers_, viewer_); }
    bool are_of(const UserId& person);

  private:
    Office& office_;
    access::Viewer viewer_;
    std::span<const report::Reader> readers_;
    std::map<UserId, bool> known_;
};

/// Which records are counted, and what is taken of each.
struct Counting {
    query::Query query;
    std::vector<const catalog::Field*> fields;
    /// Whether a record with these values of `fields` counts.
    std::function<bool(const FieldValues&)> counts;
};
struct Counted {
    RecordId record;
    FieldValues values;  ///< of Counting::fields
    /// The asker sees in clear, with the purpose he stated, what was taken of it and what people
    /// call it.
    bool is_named = false;
};
/// Hands each record to `take`, page by page; `give_way` is called between pages. Notes nothing:
/// see `note_report`.
void count_records(Office& office,
                   const Asker& asker,
                   const Counting& counting,
                   const std::function<void(const Counted&)>& take,
                   const std::function<void()>& give_way);
/// When a step was first taken on a record, in office time; nullopt = never. For records that are
/// counted.
std::optional<Instant> first_step(Office& office, const RecordId& record, std::string_view step);

/// That a report over this kind was run, or asked for and refused; `what` says which: codes and
/// dates.
void note_report(
    Office& office, const Asker& asker, const catalog::Kind& kind, std::string what, bool allowed);

}  // namespace dossier::server
