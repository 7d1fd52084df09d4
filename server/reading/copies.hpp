// What of the records of a kind may leave the house in a table: facet by facet as far as the asker
// may both see and export it, masked where he sees it masked. The copy as a whole is noted once as
// "export". Source: domain 3.3.
#pragma once

#include <optional>

#include "common/query/query.hpp"

#include "server/reading/view.hpp"

namespace dossier::server {

/// Whether any record of the kind could ever leave by this person: who may export nothing is told
/// so whatever files there are, and even when there are none; that is noted. Errors: access.denied.
Status may_copy(Office& office, const Asker& asker, const catalog::Kind& kind);

/// Reads all records of a kind page by page, each page in one unit of work.
class Copies {
  public:
    Copies(Office& office, Asker asker, query::Query query)
        : office_(office), asker_(std::move(asker)), query_(std::move(query)) {}

    /// What leaves of the next page, in the order of the ids; nothing after the last.
    std::optional<std::vector<FieldValues>> page();
    /// Notes the copy. Errors: the first refusal when nothing could leave; that of a level only
    /// where a record was asked for by name.
    Status conclude();

    [[nodiscard]] std::size_t given() const { return given_; }
    /// Records of which nothing may leave, among those the asker may know of.
    [[nodiscard]] std::size_t left_out() const { return left_out_; }
    /// Why something was left out; nothing when all left.
    [[nodiscard]] const std::optional<Error>& first_refusal() const { return first_refusal_; }

  private:
    bool is_asked_for(const Place& place, const FieldValues& values);
    std::optional<FieldValues> copy_of(const RecordId& id);

    Office& office_;
    Asker asker_;
    query::Query query_;
    RecordId after_;
    std::size_t given_ = 0;
    std::size_t left_out_ = 0;
    std::optional<Error> first_refusal_;
};

}  // namespace dossier::server
