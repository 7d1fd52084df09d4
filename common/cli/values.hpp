// Values of records as people read them in a terminal, and as JSON.
#pragma once

#include <functional>
#include <string>

#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"
#include "common/cli/console.hpp"

namespace dossier::cli {

/// Name or number of the record a reference points to.
using TitleOf = std::function<std::string(const RecordId&)>;

/// `catalog::display` with references as titles and what the office wrote of workflows in words;
/// "-" for an empty value. `record`: the values beside it.
std::string shown(const catalog::Field& field,
                  const Value& value,
                  Lang lang,
                  const TitleOf& title_of,
                  const FieldValues& record = {});
/// The values of one group in one line: "value" alone, or "label value, label value".
std::string shown_group(const catalog::Kind& kind,
                        const FieldValues& values,
                        Lang lang,
                        const TitleOf& title_of);
/// What was kept otherwise than typed (`catalog::read_into`), a line each.
void tell_notes(action::Answer& answer, std::span<const Error> notes);
/// What somebody says to the removal of a record: that it goes and when, what he wrote to it, or
/// that it stays.
std::string shown_removal(const catalog::Kind& kind,
                          const FieldValues& values,
                          Lang lang,
                          const TitleOf& title_of);
/// {"field": value, …}: the object of `catalog::values_json`.
Json values_document(const catalog::Kind& kind, const FieldValues& values);

}  // namespace dossier::cli
