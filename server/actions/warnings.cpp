#include "server/actions/warnings.hpp"

#include <algorithm>
#include <set>

#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"

#include "server/accounts/audit_told.hpp"
#include "server/actions/ledger.hpp"
#include "server/jobs/book.hpp"
#include "server/reading/find.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

std::string audit_warning(Context& context, const AuditDiffers& differs) {
    return fill(context.answer.in(
                    {"{} 终端 {} 记得的第 {} 条已被截去或改写：用另存的锚核对，{do:audit.verify}",
                     "{} laptop {} remembers line {}, which was cut off or rewritten: hold an "
                     "anchor kept elsewhere against it, {do:audit.verify}"}),
                std::vector{office_minute(differs.at), device_name(context.office, differs.device),
                            std::to_string(differs.line)});
}

std::string job_warning(Context& context, const JobState& state) {
    return fill(context.answer.in({"{}（{}）未成功：{}", "{} ({}) failed: {}"}),
                std::vector{std::string(state.job->name), office_minute(state.last->started_at),
                            context.lang() == Lang::Zh ? state.last->zh : state.last->en});
}

/// The work with the files must go on when one is away. Source: R-012.
void warn_of_keepers(Context& context, std::vector<std::pair<std::string, std::string>>& found) {
    const auto least = setting(context.office.store(), "org.min_keepers");
    const auto& facts = access::facts(access::Role::ArchiveKeeper);
    std::int64_t keepers = 0;
    const auto& of = catalog::field(catalog::kRoleAssignment, "role");
    std::set<UserId> seen;
    for (const RecordId& id : context.office.store().find(catalog::kRoleAssignment.tag, of.tag,
                                                          Value(std::string(facts.code)))) {
        const auto post =
            context.office.store().load(catalog::kRoleAssignment.tag, id).value_or(FieldValues{});
        const auto user =
            record_in(post, catalog::field(catalog::kRoleAssignment, "user_id")).as<UserTag>();
        const auto& viewer = context.office.people().viewer(user, context.office.now());
        const bool holds =
            viewer.active && std::ranges::find(viewer.roles, access::Role::ArchiveKeeper,
                                               &access::Held::role) != viewer.roles.end();
        keepers += holds && seen.insert(user).second ? 1 : 0;
    }
    if (keepers == 0 || keepers >= least) return;
    found.emplace_back(std::string(facts.label.in(context.lang())),
                       fill(context.answer.in({"现有 {} 名，至少应有 {} 名：{do:role.assign}",
                                               "{} of at least {}: {do:role.assign}"}),
                            std::vector{std::to_string(keepers), std::to_string(least)}));
}

/// Files of these grades have somebody of their own who keeps them up. Source: R-018.
void warn_of_custodians(Context& context, std::vector<std::pair<std::string, std::string>>& found) {
    using catalog::kCustomer;
    auto& store = context.office.store();
    std::uint64_t without = 0;
    for (const auto& grade : codes_setting(store, "grade.custodian_for")) {
        for (const RecordId& id :
             store.find(kCustomer.tag, catalog::field(kCustomer, "grade").tag, Value(grade))) {
            const auto file = store.load(kCustomer.tag, id).value_or(FieldValues{});
            const bool gone = find(file, catalog::kDeletedAt) != nullptr ||
                              find(file, catalog::kMergedInto) != nullptr;
            const bool kept =
                !record_in(file, catalog::field(kCustomer, "custodian_user_id")).is_none();
            without += gone || kept ? 0U : 1U;
        }
    }
    if (without == 0) return;
    found.emplace_back(
        say(context, catalog::field(kCustomer, "custodian_user_id").label),
        fill(context.answer.in({"{} 个须设专责维护人的客户还没有：{do:customer.entrust}",
                                "{} files that need one have none: "
                                "{do:customer.entrust}"}),
             std::vector{std::to_string(without)}));
}

}  // namespace

std::string clock_warning(Context& context) {
    const auto& clock = context.office.clock();
    return fill(context.answer.in(
                    {"服务器时钟比办公室已记录的时间慢 {}，以记录的时间为准：请校准服务器时钟",
                     "the machine's clock is {} behind what the office has recorded; the recorded "
                     "time counts: set the machine's clock"}),
                std::vector{length_of(context, clock.behind())});
}

std::vector<std::pair<std::string, std::string>> warnings(Context& context) {
    std::vector<std::pair<std::string, std::string>> found;
    if (context.office.clock().is_in_doubt())
        found.emplace_back(say(context, {"时钟", "Clock"}), clock_warning(context));
    if (const auto differs = last_differs(context.office.store()))
        found.emplace_back(say(context, {"审计", "Audit"}), audit_warning(context, *differs));
    for (const JobState& state : job_states(context.office)) {
        if (has_failed(state))
            found.emplace_back(say(context, {"作业", "Job"}), job_warning(context, state));
    }
    warn_of_keepers(context, found);
    warn_of_custodians(context, found);
    return found;
}

}  // namespace dossier::server
