#include "common/sheet/open.hpp"

#include <charconv>

#include "common/sheet/faults.hpp"
#include "common/tabular/turned.hpp"

namespace dossier::sheet {

Result<Opened> open_sheet(const std::filesystem::path& path,
                          const catalog::Kind& kind,
                          const Rules& rules,
                          tabular::ReadOptions options,
                          Layout layout) {
    options.known = [&](const std::vector<std::string>& cells) {
        return known_headings(kind, rules, cells);
    };
    options.is_list = [&](const std::vector<std::string>& cells) {
        return has_required(kind, rules, cells);
    };
    auto source = layout == Layout::Form ? tabular::open_turned(path, options)
                                         : tabular::open_table(path, options);
    if (!source) return pass(source);
    auto mapping = map_columns(kind, (*source)->header(), rules);
    if (!mapping) return pass(mapping);
    return Opened{std::move(*source), std::move(*mapping)};
}

Result<std::size_t> header_row_from(std::string_view typed) {
    std::size_t row = 0;
    const auto [end, wrong] = std::from_chars(typed.data(), typed.data() + typed.size(), row);
    if (wrong != std::errc() || end != typed.data() + typed.size() || row == 0)
        return fail(kHeaderRow, typed);
    return row;
}

}  // namespace dossier::sheet
