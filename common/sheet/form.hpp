// The form of a customer: what somebody may say of him, an item a line; filled in by hand and
// brought in as any table. Source: domain.
#pragma once

#include <filesystem>
#include <vector>

#include "common/catalog/catalog.hpp"
#include "common/tabular/writer.hpp"

namespace dossier::sheet {

/// What a form asks for: what people say of such a record, and the number by which one that is
/// there already is found again.
std::vector<const catalog::Field*> form_fields(const catalog::Kind& kind);
/// The fields of the kind as the columns of a table.
std::vector<tabular::Column> columns_of(const std::vector<const catalog::Field*>& fields,
                                        Lang lang);
/// A form with nothing in it. Errors: those of tabular::create_table.
Status write_blank_form(const std::filesystem::path& path, const catalog::Kind& kind, Lang lang);

}  // namespace dossier::sheet
