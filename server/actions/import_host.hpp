// The office's side of an import: what the texts of a table refer to, which records its rows are
// compared with, and the door. Works inside units of work the caller opens.
#pragma once

#include <map>

#include "common/sheet/importer.hpp"

#include "server/actions/action.hpp"

namespace dossier::server {

class ImportHost final : public sheet::Host {
  public:
    /// Reads every customer's name once, inside a unit of work: rows are compared with them. In a
    /// rehearsal each step is undone: what its rows made is remembered here for those that follow.
    ImportHost(Context& context, bool is_rehearsal);

    std::optional<RecordId> resolve(const catalog::Field& field, std::string_view text) override;
    /// Those that share number, unified code or name, as far as the acting person may read these of
    /// a file.
    std::vector<RecordId> candidates(const catalog::Kind& kind, const FieldValues& values) override;
    std::vector<RecordId> children(const catalog::Kind& kind, const RecordId& parent) override;
    FieldValues load(const catalog::Kind& kind, const RecordId& record) override;
    Status may_say(const merge::Op& op, const catalog::Field& of) override {
        return context_.office.may_import(context_.actor, op, of);
    }
    /// A new customer is a draft, of the batch that is open.
    Status submit(merge::Changeset changeset) override;

    /// From now on new files belong to the batch of this name: the acting person's that is being
    /// loaded, else a new one. Errors: access.denied.
    Status open_batch(std::string_view name);
    /// Puts the open batch to approval. Errors: intake.empty_batch, intake.nobody_signs.
    Status submit_batch();

  private:
    void remember(const RecordId& id, const FieldValues& values);
    /// What a rehearsal would have written.
    void rehearse(const merge::Op& op);
    std::vector<RecordId> by_field(const catalog::Kind& kind,
                                   const catalog::Field& field,
                                   const FieldValues& values);
    Place place_of(const catalog::Kind& kind, const RecordId& record);
    void keep_readable(std::vector<RecordId>& found, Facet facet);

    Context& context_;
    std::map<std::string, std::vector<RecordId>, std::less<>> by_name_;  ///< by pinyin::match_key
    std::map<std::pair<std::string, std::string>, std::optional<RecordId>> resolved_;
    bool is_rehearsal_;
    struct Rehearsed {
        std::uint16_t kind;
        FieldValues values;
    };
    std::map<RecordId, Rehearsed> rehearsed_;
    std::map<std::pair<std::uint16_t, std::string>, RecordId> rehearsed_by_;  ///< unique fields
    RecordId batch_;
};

}  // namespace dossier::server
