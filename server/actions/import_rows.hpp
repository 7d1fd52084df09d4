// How the rows of an import reach the door: read beside the store's thread in bounded memory, then
// a few at a time inside units of work, so that everybody else's work gets in between.
#pragma once

#include <optional>

#include "common/cli/import_report.hpp"
#include "common/sheet/importer.hpp"

#include "server/actions/action.hpp"

namespace dossier::server {

/// What is to be imported, and how.
struct ImportJob {
    std::string path;  ///< of the file: under it the office remembers how far an import came
    tabular::Source& source;
    const sheet::Mapping& mapping;
    const sheet::Options& options;
    std::string batch = {};  ///< name of the batch new files belong to; empty = to none
    bool dry_run = false;
};

/// What an import has done so far.
struct ImportTally {
    sheet::Counts counts;
    std::string batch;  ///< name of the batch that was put to approval
    std::optional<Error> batch_refused;
    std::size_t last_row = 0;     ///< the last one that was looked at, as a spreadsheet counts
    std::size_t earlier_row = 0;  ///< how far the same file came before and was cut; 0 = it was not
    bool stopped = false;         ///< nobody waited for the answer any more, or the office closed
};

/// Takes row after row to the door. A dry run takes the same way and undoes each step.
/// A batch is put to approval once the whole file was taken.
/// What throws in between is thrown on after a note that says how far it came: the rows up to there
/// are in the office, and the same file can be imported again without doubling any.
/// Errors: those of `RowNotes::add`, access.denied for who may open no batch.
Result<ImportTally> import_rows(Context& context, const ImportJob& job, cli::RowNotes& notes);

}  // namespace dossier::server
