#include "common/catalog/references.hpp"

#include <algorithm>
#include <set>

#include "common/catalog/canonical.hpp"
#include "common/catalog/catalog.hpp"
#include "common/catalog/wrong.hpp"

namespace dossier::catalog {
namespace {

/// Whether the way up from `above` comes to `record`. A circle that is there already does not.
bool leads_to(RecordId above, const RecordId& record, const Field& up, const ValuesOf& held) {
    std::set<RecordId> passed;
    while (!above.is_none() && passed.insert(above).second) {
        if (above == record) return true;
        above = record_in(held(above), up);
    }
    return false;
}

/// Whether the other end of a link stands above the one it hangs on.
bool leads_up(const Kind& kind, const FieldValues& link) {
    return says_so(kind, kind.above_when, link);
}

}  // namespace

bool says_so(const Kind& kind, std::string_view what, const FieldValues& values) {
    const auto equals = what.find('=');
    if (equals == std::string_view::npos) return false;
    const auto* of = find_field(kind, what.substr(0, equals));
    return text_in(values, of->tag) == what.substr(equals + 1);
}

Value reference_value(const Field& field, const RecordId& named) {
    return field.type == Type::Text ? Value(to_text(named)) : Value(named);
}

std::vector<RecordId> references_in(const Field& field, const Value& value) {
    std::vector<RecordId> named;
    if (field.type == Type::Text && !field.target.empty()) {
        const auto* text = as_text(value);
        if (const auto id = text == nullptr ? std::nullopt : id_from<RecordId>(*text))
            named.push_back(*id);
    }
    if (field.type == Type::Ref && as_text(value) == nullptr) {
        if (const RecordId id = as_record(value); !id.is_none()) named.push_back(id);
    }
    if (field.type != Type::RefList) return named;
    for (const auto& element : elements(value)) {
        if (element.size() < 2) continue;
        const auto bare = std::string_view(element).substr(1, element.size() - 2);
        if (const auto id = id_from<RecordId>(bare)) named.push_back(*id);
    }
    return named;
}

std::vector<RecordId> asked_in(const Kind& kind, const FieldValues& values) {
    const Field* of = find_field(kind, kind.asks);
    const Value* named = of == nullptr ? nullptr : find(values, of->tag);
    return named == nullptr ? std::vector<RecordId>{} : references_in(*of, *named);
}

bool may_name(const Kind& of, const Field& field, const Kind& named) {
    if (field.tag == kMergedInto) return named.tag == of.tag;
    const auto targets = names_in(field.target);
    return targets.empty() || std::ranges::find(targets, named.name) != targets.end();
}

tl::unexpected<Error> wrong_target(const Field& field, const RecordId& named) {
    std::string kinds;
    for (const auto name : names_in(field.target)) {
        const Kind* kind = find_kind(name);
        if (kind == nullptr) continue;
        kinds += (kinds.empty() ? "" : ", ") + std::string(kind->label.zh) + '/' +
                 std::string(kind->label.en);
    }
    return wrong(kWrongTarget, field, to_text(named), kinds);
}

Status check_tree(const Kind& kind,
                  const RecordId& record,
                  const FieldValues& values,
                  const ValuesOf& held) {
    for (const auto& [tag, value] : values) {
        const Field* of = find_field(kind, tag);
        if (of == nullptr || !of->tree || is_empty(value)) continue;
        const RecordId above = as_record(value);
        if (leads_to(above, record, *of, held)) return wrong(kCircle, *of, to_text(above));
    }
    return {};
}

Status check_itself(const Kind& kind, const RecordId& record, const FieldValues& values) {
    for (const auto& [tag, value] : values) {
        const Field* of = find_field(kind, tag);
        if (of == nullptr || of->tree || tag <= kCommonTagMax) continue;
        const auto named = references_in(*of, value);
        if (std::ranges::find(named, record) != named.end()) return fail(kItself, label_of(*of));
    }
    return {};
}

Status check_link(const Kind& kind, const FieldValues& whole, const LinksOf& others) {
    if (kind.other_end.empty()) return {};
    const Field& end = *find_field(kind, kind.parent);
    const Field& other = *find_field(kind, kind.other_end);
    const RecordId from = record_in(whole, end);
    const RecordId to = record_in(whole, other);
    if (to.is_none()) return {};
    if (to == from) return fail(kItself, label_of(other));
    if (!leads_up(kind, whole)) return {};
    std::set<RecordId> passed;
    std::vector<RecordId> next{to};
    while (!next.empty()) {
        const RecordId at = next.back();
        next.pop_back();
        if (at == from) return wrong(kCircle, other, to_text(to));
        if (at.is_none() || !passed.insert(at).second) continue;
        for (const FieldValues& link : others(at)) {
            if (leads_up(kind, link)) next.push_back(record_in(link, other));
        }
    }
    return {};
}

Status check_among(const Kind& kind, const FieldValues& whole, const ValuesOf& named) {
    for (const Field& of : kind.fields) {
        const auto dot = of.among.find('.');
        if (dot == std::string_view::npos) continue;
        const Field& by = *find_field(kind, of.among.substr(0, dot));
        const Kind& other = *find_kind(by.target);
        const auto text = text_in(whole, of);
        const auto held = named(record_in(whole, by));
        const Value* list = find(held, find_field(other, of.among.substr(dot + 1))->tag);
        if (text.empty() || list == nullptr) continue;
        const auto listed = elements(*list);
        if (std::ranges::find(listed, json_string(text)) != listed.end()) continue;
        std::string all;
        for (const auto& each : listed)
            all += (all.empty() ? "" : "、") + json_text(each).value_or("");
        return wrong(kNotAmong, of, text, all);
    }
    return {};
}

}  // namespace dossier::catalog
