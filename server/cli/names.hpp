// Words of states and verdicts as people read them.
#pragma once

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

}  // namespace dossier::server
