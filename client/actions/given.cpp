#include "client/actions/given.hpp"

#include <algorithm>
#include <set>

#include "common/base/reason.hpp"
#include "common/base/told.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/close.hpp"
#include "common/catalog/reading.hpp"
#include "common/catalog/references.hpp"
#include "common/cli/values.hpp"
#include "common/merge/elements.hpp"

#include "client/reading/find.hpp"

namespace dossier::client {
namespace {

using catalog::Field;
using catalog::Kind;

constexpr Fault kUnknownFieldOption{
    "cli.unknown_field",
    ErrorCode::Usage,
    {"没有字段“{}”", "there is no field \"{}\""},
    {"相近的有：{}；全部见 {do:schema}", "close ones: {}; all are in {do:schema}"}};
constexpr Fault kNoEquals{
    "cli.no_equals",
    ErrorCode::Usage,
    {"“{}”应写成 字段=值", "\"{}\" should be field=value"},
    {"例：{in:set} 传真=0571-88990012", "for example {in:set} fax=0571-88990012"}};
constexpr Fault kNoElements{
    "cli.no_elements",
    ErrorCode::Usage,
    {"“{}”应写成 字段=内容，且该字段可有多项",
     "\"{}\" should be field=item, of a field with several"},
    {"例：{in:add} 往来角色=经销商", "for example {in:add} party_role=dealer"}};

constexpr Input kSet{
    "set",
    "FIELD=VALUE",
    {"字段=值，字段可写中文名；可重复", "field=value, by name or label; may be repeated"},
    Give::Many};
constexpr Input kClear{
    "clear", "FIELD", {"清空一个字段；可重复", "empty a field; may be repeated"}, Give::Many};
constexpr Input kAddElement{"add",
                            "FIELD=ITEM",
                            {"字段=内容：给多值字段加一项；可重复",
                             "field=item: adds one to a field with several; may be repeated"},
                            Give::Many};
constexpr Input kRemoveElement{
    "remove",
    "FIELD=ITEM",
    {"字段=内容：从多值字段去掉一项；可重复", "field=item: takes one away; may be repeated"},
    Give::Many};

/// A field with an input of its own; what an action asks for in another way or finds out by itself
/// has none.
bool has_input(const Kind& kind, const Field& field) {
    const bool is_reference = !field.target.empty();
    return field.tag > 15 && !catalog::is_server_set(field) && field.name != kind.parent &&
           field.writers != catalog::kSystem &&
           (!is_reference || catalog::find_kind(field.target) != nullptr) &&
           field.type != catalog::Type::Json;
}

bool holds_several(const Field& field) {
    using catalog::Type;
    return field.type == Type::Set || field.type == Type::List || field.type == Type::RefList;
}

Status assign_typed(Context& context,
                    const Kind& kind,
                    std::string_view name,
                    std::string_view typed,
                    const RecordId& file,
                    std::set<std::uint16_t>& said,
                    FieldValues& values) {
    const auto* of = catalog::find_heading(kind, name);
    if (of == nullptr) return fail(kUnknownFieldOption, name, catalog::close_fields(kind, name));
    if (!said.insert(of->tag).second) return fail(action::kFieldTwice, pair_of(of->label));
    if (catalog::is_reference(*of)) {
        auto value =
            read_reference(context.store, context.asker(), *of, typed, file, context.intake.now());
        if (!value) return pass(value);
        assign(values, of->tag, std::move(*value));
        return {};
    }
    auto notes = catalog::read_into(kind, *of, typed, values, context.intake.now());
    if (!notes) return pass(notes);
    cli::tell_notes(context.answer, *notes);
    return {};
}

/// "field=value" each.
Status assign_pairs(Context& context,
                    const Kind& kind,
                    const std::vector<std::string>& pairs,
                    const RecordId& file,
                    std::set<std::uint16_t>& said,
                    FieldValues& values) {
    for (const auto& pair : pairs) {
        const auto equals = pair.find('=');
        if (equals == std::string::npos) return fail(kNoEquals, head(pair, 40));
        if (auto done = assign_typed(context, kind, pair.substr(0, equals), pair.substr(equals + 1),
                                     file, said, values);
            !done)
            return done;
    }
    return {};
}

/// Said several times, a list field takes all of it.
std::string joined(const std::vector<std::string>& typed) {
    std::string all = typed.front();
    for (std::size_t i = 1; i < typed.size(); ++i) all += "、" + typed[i];
    return all;
}

}  // namespace

std::vector<Input> with_fields(std::span<const Input> own, const Kind& kind) {
    std::vector<Input> inputs(own.begin(), own.end());
    const auto is_asked = [&](const Field& field) {
        return std::ranges::any_of(own, [&](const Input& each) {
            return each.key() == field.name || each.field == &field;
        });
    };
    for (const Field& field : kind.fields) {
        if (!has_input(kind, field) || is_asked(field)) continue;
        inputs.push_back({.name = field.name,
                          .value = "",
                          .help = field.label,
                          .give = holds_several(field) ? Give::Many : Give::Optional,
                          .field = &field});
    }
    inputs.push_back(kSet);
    inputs.push_back(kClear);
    return inputs;
}

std::vector<Input> with_elements(std::span<const Input> own, const Kind& kind) {
    auto inputs = with_fields(own, kind);
    inputs.push_back(kAddElement);
    inputs.push_back(kRemoveElement);
    return inputs;
}

Result<FieldValues> given_values(Context& context, const Kind& kind, const RecordId& file) {
    FieldValues values;
    std::set<std::uint16_t> said;  // of two values for one field neither is taken in silence
    for (const auto& name : context.inputs.all("clear")) {
        if (auto done = assign_typed(context, kind, name, "", file, said, values); !done)
            return pass(done);
    }
    for (const Input& input : context.action.inputs) {
        const auto& typed = context.inputs.all(input.key());
        if (input.field == nullptr || typed.empty()) continue;
        if (auto done =
                assign_typed(context, kind, input.field->name, joined(typed), file, said, values);
            !done)
            return pass(done);
    }
    if (auto done = assign_pairs(context, kind, context.inputs.all("set"), file, said, values);
        !done)
        return pass(done);
    return values;
}

Result<FieldValues> given_pairs(Context& context,
                                const Kind& kind,
                                const std::vector<std::string>& pairs,
                                const RecordId& file) {
    FieldValues values;
    std::set<std::uint16_t> said;
    if (auto done = assign_pairs(context, kind, pairs, file, said, values); !done)
        return pass(done);
    return values;
}

Status given_elements(Context& context,
                      const Kind& kind,
                      const FieldValues& seen,
                      FieldValues& values) {
    for (const bool adds : {true, false}) {
        for (const auto& typed : context.inputs.all(adds ? "add" : "remove")) {
            const auto equals = typed.find('=');
            const auto* of = catalog::find_heading(kind, typed.substr(0, equals));
            if (of == nullptr || equals == std::string::npos || !merge::holds_elements(*of))
                return fail(kNoElements, head(typed, 40));
            auto change = catalog::parse(*of, typed.substr(equals + 1), context.intake.now());
            if (!change) return pass(change);
            const Value* held = find(values, of->tag);
            if (held == nullptr) held = find(seen, of->tag);
            const Value now = held == nullptr ? Value{} : *held;
            const Value nothing;
            assign(values, of->tag,
                   adds ? merge::united(*of, now, &nothing, *change)
                        : merge::united(*of, now, &*change, nothing));
        }
    }
    return {};
}

Status put(Context& context, FieldValues& values, const Field& field, std::string_view typed) {
    auto value = catalog::parse(field, typed, context.intake.now());
    if (!value) return pass(value);
    assign(values, field.tag, std::move(*value));
    return {};
}

Result<std::size_t> count_of(const Context& context, std::string_view key, std::size_t otherwise) {
    const auto number = context.inputs.number(key, otherwise);
    if (number && *number > 0) return static_cast<std::size_t>(*number);
    return fail(action::kWrongUsage,
                named_input(key) + " " + std::string(head(context.inputs.text(key), 20)) +
                    context.say({"，应为从 1 开始的整数", ": give a whole number"}));
}

}  // namespace dossier::client
