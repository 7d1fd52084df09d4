// What cases and proposals are asked and told by alike.
#pragma once

#include "common/cli/values.hpp"

#include "server/actions/action.hpp"
#include "server/actions/view.hpp"
#include "server/review/cases.hpp"

namespace dossier::server {

/// Those that are open, or all.
inline Which which_asked(const Context& context) {
    return context.inputs.has("all") ? Which::All : Which::Open;
}
/// The values of a group as people read them.
inline std::string shown_group(Context& context,
                               const catalog::Kind& kind,
                               const FieldValues& values) {
    return cli::shown_group(kind, values, context.lang(), titles(context));
}

/// Carries out an answer and says so.
inline Result<int> answered(Context& context,
                            const Text& words,
                            const std::function<Status(std::uint64_t)>& carry_out) {
    const auto number = context.inputs.number("number", 0);
    if (!number) return tl::unexpected(number.error());
    if (auto done = carry_out(*number); !done) return pass(done);
    context.answer.line(words, {std::to_string(*number)});
    context.answer.document({{"number", *number}});
    return 0;
}

}  // namespace dossier::server
