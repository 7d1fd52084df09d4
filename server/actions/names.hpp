// Words of states and verdicts as people read them.
#pragma once

#include <array>

#include "common/access/decide.hpp"
#include "common/catalog/canonical.hpp"
#include "common/merge/op.hpp"

#include "protocol/messages.hpp"

namespace dossier::server {

Text device_state(protocol::DeviceState state);
Text verdict_name(merge::VerdictKind verdict);
/// The code of a verdict in --json output.
std::string_view verdict_word(merge::VerdictKind verdict);
/// A workflow event; its own word where there is none.
Text event_name(std::string_view event);
Text facet_label(catalog::Facet facet);

/// What people ask of somebody's rights to a file: one word and one operation each.
struct Asked {
    std::string_view word;
    Text label;
    access::Operation operation;
};
inline constexpr std::array kAsked{
    Asked{"view", {"查阅", "view"}, access::Operation::View},
    Asked{"edit", {"修改", "edit"}, access::Operation::EditPlain},
    Asked{"edit_controlled",
          {"修改受控字段", "edit controlled fields"},
          access::Operation::EditControlled},
};

}  // namespace dossier::server
