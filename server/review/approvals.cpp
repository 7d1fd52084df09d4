#include "server/review/approvals.hpp"

#include "common/catalog/canonical.hpp"
#include "common/catalog/task.hpp"

namespace dossier::server {

Result<RecordId> request_approval(Office& office, const ApprovalWanted& wanted) {
    using catalog::field;
    using catalog::kApproval;
    if (wanted.chain.empty()) return fail(kNoChain);
    std::vector<std::string> chain;
    for (const auto role : wanted.chain)
        chain.push_back('"' + std::string(access::facts(role).code) + '"');
    const auto* subject = catalog::find_kind(wanted.subject.kind);
    FieldValues values;
    const auto put = [&](std::string_view name, Value value) {
        assign(values, catalog::find_field(kApproval, name)->tag, std::move(value));
    };
    put("kind", std::string(wanted.kind));
    put("entity", std::string(subject == nullptr ? "" : subject->name));
    put("subject_id", wanted.subject.record);
    put("requested_by", wanted.asked_by.as<RecordTag>());
    put("requested_at", office.now().ms);
    put("reason", wanted.reason);
    put("chain", catalog::from_elements(field(kApproval, "chain"), std::move(chain)));
    put("next_role", std::string(access::facts(wanted.chain.front()).code));
    const auto id = office.ids().make<RecordId>();
    auto made = office.change(UserId{}, {.reason = wanted.reason,
                                         .source = "job",
                                         .ops = {{.kind = merge::OpKind::Create,
                                                  .record_kind = kApproval.tag,
                                                  .record = id,
                                                  .fields = std::move(values)}}});
    if (!made) return pass(made);
    return id;
}

}  // namespace dossier::server
