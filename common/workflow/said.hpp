// What the office writes of workflows into tasks and notifications, as people read it: the names of
// a workflow and its steps, and words in both languages. Source: catalog::Says.
#pragma once

#include <string>

#include "common/workflow/machine.hpp"

namespace dossier::workflow {

/// "退回/return: 缺门牌号" in one language: the words, and what is said to them. A text that begins
/// with no such pair, as a person writes one, stays as it is.
std::string said_in(std::string_view text, Lang lang);
/// A field's text as its attribute says (`Field::says`). `record` names the workflow of a step.
std::string said(const catalog::Field& field,
                 std::string_view text,
                 const FieldValues& record,
                 Lang lang);

}  // namespace dossier::workflow
