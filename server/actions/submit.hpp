// Changes typed at the office: values read from text, ops through the one door, and what became of
// them told to the person.
#pragma once

#include "server/actions/action.hpp"
#include "server/office/set_ops.hpp"

namespace dossier::server {

/// A new record being filled in.
struct Draft {
    const catalog::Kind& kind;
    RecordId id;
    FieldValues values;

    /// Reads `text` into the field; empty text leaves it out. Errors: those of `read_value`.
    Status read(Context& context, std::string_view field, std::string_view text);
    void give(std::string_view field, Value value);
    [[nodiscard]] merge::Op op() const;
};
Draft new_draft(Context& context, const catalog::Kind& kind);

merge::Op event_op(const catalog::Kind& kind, const RecordId& record, std::string_view event);

/// Through the door as the acting person, with the text of --reason. Errors: the first refusal.
Result<std::vector<merge::Verdict>> submit(Context& context, std::vector<merge::Op> ops);

}  // namespace dossier::server
