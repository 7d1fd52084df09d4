// Who the user of this laptop is and whose the records are, from the rows the office sent: what
// access::decide needs. Kept until the next sync.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "common/access/decide.hpp"

#include "client/store/store.hpp"

namespace dossier::client {

class People {
  public:
    explicit People(Store& store) : store_(store) {}

    /// Errors: client.not_enrolled; client.no_office_data before the first sync.
    Result<access::Viewer> viewer(Instant now);
    /// `customer` = the row of the customer the record belongs to, null when it belongs to none.
    /// `made_here` = the record is not at the office yet: then it is its author's own.
    access::Subject subject(const catalog::Kind& kind,
                            const RecordId& record,
                            const FieldValues& values,
                            const RecordId& customer_id,
                            const FieldValues* customer,
                            const UserId& made_here);
    std::optional<FieldValues> user(const UserId& user);

  private:
    /// The record and those above it by `parent`, nearest first.
    std::vector<RecordId> upward(const catalog::Kind& kind,
                                 const catalog::Field& parent,
                                 RecordId from);
    const FieldValues& row(const catalog::Kind& kind, const RecordId& record);
    access::Viewer read(const UserId& user, const FieldValues& values, Instant now);
    void refresh(Instant now);

    Store& store_;
    std::uint64_t stamp_ = 0;
    Instant made_at_;
    std::optional<access::Viewer> viewer_;
    std::map<RecordId, FieldValues> rows_;
};

}  // namespace dossier::client
