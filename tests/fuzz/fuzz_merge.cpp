// Any bytes as a changeset: what the office makes of each group, and what its author is shown.
// Whatever a laptop claims to have seen, judging ends, keeps or takes, and is done with after once.
#include <algorithm>

#include "common/base/check.hpp"
#include "common/catalog/catalog.hpp"
#include "common/merge/judge.hpp"
#include "common/merge/overlay.hpp"

#include "protocol/codec.hpp"

using namespace dossier;
using merge::Outcome;

namespace {

/// Versions count commits: an office that has made so many is no matter of ours.
constexpr std::uint64_t kVersionsMax = std::uint64_t{1} << 62U;

FieldValues of_group(const std::vector<const catalog::Field*>& group, const FieldValues& values) {
    FieldValues part;
    for (const auto* member : group) {
        if (const Value* value = find(values, member->tag)) part.push_back({member->tag, *value});
    }
    return part;
}

merge::Stamp stamp_of(const merge::Changeset& changeset, const merge::Op& op, std::uint64_t count) {
    merge::Stamp stamp;
    stamp.at = {changeset.claimed_at.ms + static_cast<std::int64_t>(count % 3) - 1};
    stamp.device = op.record.as<DeviceTag>();
    stamp.count = count;
    stamp.author = changeset.author;
    stamp.rank = static_cast<int>(op.base_fv.value % 100);
    return stamp;
}

void check_judgement(const catalog::Field& policy,
                     const merge::GroupState& current,
                     const merge::GroupEdit& edit) {
    const auto judged = merge::judge(policy, current, edit);
    const bool takes = judged.outcome == Outcome::Apply || judged.outcome == Outcome::Override;
    if (takes && policy.merge != catalog::Merge::Append)
        DOSSIER_CHECK(judged.values == edit.values);
    if (!takes && judged.outcome != Outcome::Unite) DOSSIER_CHECK(judged.values == current.values);
    const bool stays = judged.values == current.values;
    const std::uint64_t next = std::max(current.since.value, edit.base_fv.value) + 1;
    const merge::GroupState after{judged.values, judged.stamp, stays ? current.since : Fv{next}};
    DOSSIER_CHECK(merge::judge(policy, after, edit).values == judged.values);
}

/// The office holds what the first op of the record says; every other op meets it.
void check_group(const merge::Changeset& changeset,
                 const catalog::Kind& kind,
                 const merge::Op& held,
                 const merge::Op& op,
                 std::uint64_t count) {
    for (const FieldValue& each : op.fields) {
        const auto* field = catalog::find_field(kind, each.tag);
        if (field == nullptr || op.base_fv.value > kVersionsMax) continue;
        const auto group = catalog::group_of(kind, *field);
        const merge::GroupState current{of_group(group, held.fields),
                                        stamp_of(changeset, held, count / 2),
                                        Fv{std::min(held.base_fv.value, kVersionsMax)}};
        const merge::GroupEdit edit{of_group(group, op.base), of_group(group, op.fields),
                                    stamp_of(changeset, op, count), op.base_fv};
        check_judgement(*group.front(), current, edit);
    }
}

void check_view(const catalog::Kind& kind, const merge::Op& op) {
    const auto view = merge::overlay(kind, {}, op.record, {&op, 1});
    const bool speaks = op.kind == merge::OpKind::Create || op.kind == merge::OpKind::Set;
    if (speaks) DOSSIER_CHECK(merge::says(kind, view, merge::own_words(kind, op)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto changeset = protocol::decode_changeset({data, size});
    if (!changeset) return 0;
    std::uint64_t count = 0;
    for (const merge::Op& op : changeset->ops) {
        const auto* kind = catalog::find_kind(op.record_kind);
        if (kind == nullptr) continue;
        check_view(*kind, op);
        check_group(*changeset, *kind, changeset->ops.front(), op, ++count);
    }
    return 0;
}
