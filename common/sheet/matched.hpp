// Which existing record a row speaks of, and what it would change there.
#pragma once

#include <optional>
#include <vector>

#include "common/sheet/importer.hpp"

namespace dossier::sheet {

struct Known {
    RecordId id;
    FieldValues values;  ///< as far as the importer may read them
};

/// The one record a row speaks of; nothing for a new one. `unclear` are those a person has to look
/// at: then nothing is stored.
struct Match {
    std::optional<Known> one;
    std::vector<Known> unclear;
};
Match match_among(const catalog::Kind& kind,
                  const FieldValues& given,
                  const std::vector<Known>& known);

/// The records below one parent, loaded once while rows of that parent follow each other.
class Family {
  public:
    explicit Family(Host& host) : host_(host) {}
    const std::vector<Known>& of(const catalog::Kind& kind, const RecordId& parent);
    /// What was stored: new or changed.
    void put(const catalog::Kind& kind,
             const RecordId& parent,
             const RecordId& record,
             const FieldValues& values);
    void forget() { kind_ = nullptr; }

  private:
    Host& host_;
    const catalog::Kind* kind_ = nullptr;
    RecordId parent_;
    std::vector<Known> members_;
};

/// One Set for each group of `held` that `given` and `cleared` change, with what is there now as
/// base. Lists that are united gain elements and lose none.
std::vector<merge::Op> changes(const catalog::Kind& kind,
                               const Known& held,
                               const FieldValues& given,
                               const std::vector<std::uint16_t>& cleared);

/// Whether a Set of `changes` only adds: a field alone is empty or a list that loses nothing; of a
/// group `given` says again whatever is there, half an address of one row and half of another are
/// none.
bool fills_gap(const merge::Op& set, const FieldValues& given);

/// How people recognise a record in a report: its number and title.
std::string called(const catalog::Kind& kind, const FieldValues& values);
/// All of them, with " / " between.
std::string called(const catalog::Kind& kind, const std::vector<Known>& records);

}  // namespace dossier::sheet
