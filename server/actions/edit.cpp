// Changing a customer's data at the office: the same door, the same rights, the same verdicts as
// from a laptop.
#include "server/actions/edit.hpp"

#include "common/catalog/customer.hpp"
#include "common/catalog/doubt.hpp"
#include "common/catalog/reading.hpp"
#include "common/cli/values.hpp"
#include "common/sheet/faults.hpp"

#include "server/actions/names.hpp"
#include "server/actions/submit.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

using catalog::kCustomer;

inline constexpr Fault kNotAssignment{"cli.not_assignment",
                                      ErrorCode::Usage,
                                      {"“{}”应写成 字段=值", "'{}' should be field=value"},
                                      {"例：--set 传真=0571-88990012；空值清除",
                                       "for example --set fax=0571-88990012; nothing clears"}};

/// The values typed as FIELD=VALUE. Errors: cli.not_assignment, sheet.unknown_field, those of
/// `read_value`.
Result<FieldValues> typed_values(Context& context, const std::vector<std::string>& all) {
    FieldValues values;
    for (const std::string& typed : all) {
        const auto equals = typed.find('=');
        if (equals == std::string::npos) return fail(kNotAssignment, typed);
        const auto* of = catalog::find_heading(kCustomer, typed.substr(0, equals));
        if (of == nullptr) return fail(sheet::kUnknownField, typed.substr(0, equals));
        const auto text = typed.substr(equals + 1);
        if (of->type == catalog::Type::Ref) {
            auto value = read_value(context.office, context.asker(), *of, text);
            if (!value) return pass(value);
            assign(values, of->tag, std::move(*value));
            continue;
        }
        auto notes = catalog::read_into(kCustomer, *of, text, values, context.office.now());
        if (!notes) return pass(notes);
        cli::tell_notes(context.answer, *notes);
    }
    return values;
}

/// Names whoever else has a code that only one customer should have, as far as it may be seen.
void tell_holders(Context& context, const RecordId& record, const FieldValues& values) {
    for (const auto& [tag, value] : values) {
        const auto* of = catalog::find_field(kCustomer, tag);
        if (!of->unique || is_empty(value) || catalog::doubt(*of, value)) continue;
        for (const RecordId& other : context.office.store().find(kCustomer.tag, tag, value)) {
            const auto held = context.office.store().load(kCustomer.tag, other);
            const Place place{kCustomer.tag, other, other};
            const bool seen = other != record && held && !is_gone(*held) &&
                              sight_of(context.office, context.asker(), place, *held,
                                       catalog::facet_of(kCustomer, *of))
                                  .in_clear();
            if (seen)
                context.answer.note({"提示：{} 与“{}”相同（dup scan 可查）",
                                     "note: {} is also that of \"{}\" (see dup scan)"},
                                    {std::string(context.answer.in(of->label)),
                                     title_of(context.office, context.asker(), other)});
        }
    }
}

}  // namespace

Result<int> edit_customer(Context& context) {
    const auto id = find_customer(context.office, context.asker(), context.inputs.text("customer"));
    if (!id) return tl::unexpected(id.error());
    const auto values = typed_values(context, context.inputs.all("set"));
    if (!values) return tl::unexpected(values.error());
    const auto held = context.office.store().load(kCustomer.tag, *id).value_or(FieldValues{});
    auto ops = set_ops(kCustomer, *id, held, *values);
    for (merge::Op& op : ops) {
        const auto* of = catalog::find_field(kCustomer, op.fields.front().tag);
        const auto state = context.office.store().facet(*id, catalog::facet_of(kCustomer, *of));
        if (state) op.base_fv = state->fv;
    }
    const auto verdicts = submit(context, ops);
    if (!verdicts) return tl::unexpected(verdicts.error());
    auto list = action::Json::array();
    for (std::size_t i = 0; i < ops.size(); ++i) {
        const merge::Verdict& verdict = (*verdicts)[i];
        const std::string number = verdict.matter == 0 ? "" : " " + std::to_string(verdict.matter);
        for (const auto& entry : ops[i].fields) {
            // A group is set as a whole; what was not typed of it keeps its value.
            if (find(*values, entry.tag) == nullptr) continue;
            const auto* of = catalog::find_field(kCustomer, entry.tag);
            context.answer.line(
                {"{}：{}{}", "{}: {}{}"},
                {std::string(context.answer.in(of->label)),
                 std::string(context.answer.in(verdict_name(verdict.kind))), number});
            list.push_back({{"field", of->name},
                            {"verdict", verdict_word(verdict.kind)},
                            {"number", verdict.matter}});
        }
    }
    tell_holders(context, *id, *values);
    context.answer.document(list);
    return 0;
}

}  // namespace dossier::server
