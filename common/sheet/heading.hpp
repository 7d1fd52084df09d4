// Headings as people write them: with stars, hints in brackets, spaces of every sort, in
// traditional characters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/catalog/catalog.hpp"

namespace dossier::sheet {

/// The heading without what only decorates it: white space and unseen characters, leading and
/// trailing stars, colons and numbers of a list, "（必填）" and its like at the end.
std::string plain_heading(std::string_view heading);

/// The field of this heading, written plainly or with decoration, in simplified or traditional
/// characters. nullptr when there is none.
const catalog::Field* field_headed(const catalog::Kind& kind, std::string_view heading);

/// Whether the cell stands for a sum of those above it ("合计", "总计：2家", "Total") or ends the
/// list
/// ("制表人：张三", "以下空白"), not for a record.
bool is_total(std::string_view cell);
/// Whether the cell only counts: "2", "2家", "共 2 家". A name in a row of totals.
bool is_count(std::string_view cell);

}  // namespace dossier::sheet
