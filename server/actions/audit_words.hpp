// What the codes of the audit are called. The lines themselves keep their codes: they are hashed.
#pragma once

#include <optional>
#include <string>

#include "common/base/text.hpp"

#include "server/store/rows.hpp"

namespace dossier::server {

/// Nullopt for what no program of this version writes.
std::optional<Text> audit_action_words(std::string_view action);
std::optional<Text> audit_result_words(std::string_view result);
/// What a line is about: a kind, a command by what it does, a matter of the office; the code itself
/// where nothing names it, empty where the line names nothing.
std::string audit_entity_words(const AuditLine& line, Lang lang);

}  // namespace dossier::server
