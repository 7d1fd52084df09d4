#include "common/sheet/matched.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/pinyin/fold.hpp"
#include "common/rules/party.hpp"
#include "common/sheet/row_values.hpp"

namespace dossier::sheet {
namespace {

using catalog::Field;
using rules::Sameness;

/// Named in a report; more says no more.
constexpr std::size_t kCalled = 5;

Value wanted_value(const Field& field,
                   const FieldValues& held,
                   const FieldValues& given,
                   const std::vector<std::uint16_t>& cleared) {
    const Value* was = find(held, field.tag);
    const Value* is = find(given, field.tag);
    if (std::find(cleared.begin(), cleared.end(), field.tag) != cleared.end()) return {};
    if (is == nullptr) return was == nullptr ? Value{} : *was;
    if (was == nullptr || field.merge != catalog::Merge::Union) return *is;
    return united(field, *was, *is);
}

}  // namespace

Match match_among(const catalog::Kind& kind,
                  const FieldValues& given,
                  const std::vector<Known>& known) {
    Match match;
    std::vector<Known> best;
    auto level = Sameness::Named;
    for (const Known& each : known) {
        const auto sameness = rules::same_record(kind, given, each.values);
        if (sameness == Sameness::Unclear) match.unclear.push_back(each);
        if (sameness < Sameness::Named || sameness < level) continue;
        if (sameness > level) best.clear();
        level = sameness;
        best.push_back(each);
    }
    const auto key = [&](const FieldValues& values) {
        const auto* title = catalog::find_field(kind, kind.title);
        return title == nullptr || find(values, title->tag) == nullptr
                   ? std::string()
                   : pinyin::match_key(text_in(values, title->tag));
    };
    // A row with the number of one record and the name of another speaks of both: written over the
    // first it would rename it.
    const auto name = key(given);
    if (level == Sameness::Identified && best.size() == 1 && !name.empty() &&
        name != key(best.front().values)) {
        for (const Known& each : known) {
            const bool other = each.id != best.front().id && key(each.values) == name &&
                               rules::same_record(kind, given, each.values) != Sameness::Other;
            if (!other) continue;
            match.unclear = {best.front(), each};
            return match;
        }
    }
    if (best.size() == 1) {
        match.one = std::move(best.front());
        match.unclear.clear();
    } else {
        match.unclear.insert(match.unclear.begin(), std::make_move_iterator(best.begin()),
                             std::make_move_iterator(best.end()));
    }
    return match;
}

const std::vector<Known>& Family::of(const catalog::Kind& kind, const RecordId& parent) {
    if (kind_ == &kind && parent_ == parent) return members_;
    kind_ = &kind;
    parent_ = parent;
    members_.clear();
    for (const RecordId& id : host_.children(kind, parent))
        members_.push_back({id, host_.load(kind, id)});
    return members_;
}

void Family::put(const catalog::Kind& kind,
                 const RecordId& parent,
                 const RecordId& record,
                 const FieldValues& values) {
    if (kind_ != &kind || parent_ != parent) return;
    const auto at = std::find_if(members_.begin(), members_.end(),
                                 [&](const Known& each) { return each.id == record; });
    if (at == members_.end()) {
        members_.push_back({record, values});
    } else {
        at->values = values;
    }
}

std::vector<merge::Op> changes(const catalog::Kind& kind,
                               const Known& held,
                               const FieldValues& given,
                               const std::vector<std::uint16_t>& cleared) {
    std::vector<std::uint16_t> tags = cleared;
    for (const auto& each : given) tags.push_back(each.tag);
    std::sort(tags.begin(), tags.end());
    std::vector<merge::Op> ops;
    for (const std::uint16_t tag : tags) {
        merge::Op op{.kind = merge::OpKind::Set, .record_kind = kind.tag, .record = held.id};
        for (const Field* member : catalog::group_of(kind, *catalog::find_field(kind, tag))) {
            const Value* was = find(held.values, member->tag);
            op.base.push_back({member->tag, was == nullptr ? Value{} : *was});
            op.fields.push_back({member->tag, wanted_value(*member, held.values, given, cleared)});
        }
        const bool there = std::any_of(ops.begin(), ops.end(), [&](const merge::Op& other) {
            return other.fields.front().tag == op.fields.front().tag;
        });
        if (!there && op.base != op.fields) ops.push_back(std::move(op));
    }
    return ops;
}

bool fills_gap(const merge::Op& set, const FieldValues& given) {
    const auto& kind = *catalog::find_kind(set.record_kind);
    for (std::size_t at = 0; at < set.fields.size(); ++at) {
        const auto& [tag, is] = set.fields[at];
        const Value& was = set.base[at].value;
        if (is_empty(was)) continue;
        const bool gains =
            catalog::find_field(kind, tag)->merge == catalog::Merge::Union && !is_empty(is);
        if (!gains && (is != was || find(given, tag) == nullptr)) return false;
    }
    return true;
}

std::string called(const catalog::Kind& kind, const FieldValues& values) {
    std::string name;
    for (const auto& part : {"customer_no", "provisional_no", "login", "code"}) {
        const auto* of = catalog::find_field(kind, part);
        if (of == nullptr || !name.empty()) continue;
        name = text_in(values, of->tag);
    }
    const auto* title = catalog::find_field(kind, kind.title);
    const Value* value = title == nullptr ? nullptr : find(values, title->tag);
    if (value != nullptr)
        name += (name.empty() ? "" : " ") + catalog::display(*title, *value, Lang::Zh);
    return name.empty() ? std::string(kind.label.zh) : name;
}

std::string called(const catalog::Kind& kind, const std::vector<Known>& records) {
    std::string names;
    for (std::size_t at = 0; at < std::min(records.size(), kCalled); ++at)
        names += (at == 0 ? "" : " / ") + called(kind, records[at].values);
    return records.size() > kCalled ? names + " …" : names;
}

}  // namespace dossier::sheet
