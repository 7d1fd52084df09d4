#include "server/actions/tell_hidden.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"

#include "server/actions/view.hpp"

namespace dossier::server {

void tell_hidden(Context& context, std::size_t hidden) {
    if (hidden > 0)
        context.answer.note({"有 {} 项引用机密资料，其值未显示：加 {in:purpose} 后显示",
                             "{} quote confidential values, which are hidden: say {in:purpose}"},
                            {std::to_string(hidden)});
}

void tell_unlooked(Context& context) {
    context.answer.note({"未查看须说明目的的档案（绝密等）：加 {in:purpose} 一并查看",
                         "files that take a purpose (top secret ones) were not looked at: say "
                         "{in:purpose} to include them"});
}

std::string cell_of(Context& context,
                    const catalog::Kind& kind,
                    const Listed& record,
                    const catalog::Field& field) {
    const auto [of, value] = catalog::called(kind, record.values, field);
    const bool hidden = std::ranges::find(record.hidden, &field) != record.hidden.end();
    if (value == nullptr && hidden) return std::string(kHidden);
    return cli::shown(*of, value == nullptr ? Value{} : *value, context.lang(), titles(context));
}

}  // namespace dossier::server
