// Where a record stands in the workflows of its kind, what somebody may do about it now, and who
// may where he may not. Pure: the office and a laptop tell the same.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/workflow/step.hpp"

namespace dossier::workflow {

struct Standing {
    const Machine* machine = nullptr;
    const State* state = nullptr;
    /// One of each event that leads on, in the order of the table.
    std::vector<Offer> offers;
};

/// For each machine of the kind whose steps are taken one by one; those that take actions of their
/// own, and records whose state no machine knows, are left out.
std::vector<Standing> standings(const catalog::Kind& kind,
                                const FieldValues& values,
                                const access::Viewer& viewer,
                                const access::Subject& subject,
                                Instant now);

/// Says of every step that may be taken what the file lacks for it, without which it is not taken,
/// and what it may lack: that holds nothing up here.
void tell_lacking(std::span<Standing> standings,
                  std::span<const catalog::Lacking> lacking,
                  std::span<const catalog::Lacking> unsure = {});

/// Who may take a step, as people say it: a person by `name_of`, a role by its label; empty where
/// the table of operations decides.
std::string takers(const Step& step,
                   const FieldValues& values,
                   const access::Subject& subject,
                   const std::function<std::string(const UserId&)>& name_of,
                   Lang lang);

}  // namespace dossier::workflow
