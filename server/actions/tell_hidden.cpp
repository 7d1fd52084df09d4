#include "server/actions/tell_hidden.hpp"

namespace dossier::server {

void tell_hidden(Context& context, std::size_t hidden) {
    if (hidden > 0)
        context.answer.note({"有 {} 项引用机密资料，其值未显示：加 --purpose 后显示",
                             "{} quote confidential values, which are hidden: say --purpose"},
                            {std::to_string(hidden)});
}

}  // namespace dossier::server
