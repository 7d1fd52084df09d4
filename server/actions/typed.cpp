#include "server/actions/typed.hpp"

#include <set>

#include "common/action/derive.hpp"
#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/close.hpp"
#include "common/catalog/reading.hpp"
#include "common/catalog/references.hpp"
#include "common/cli/values.hpp"
#include "common/merge/elements.hpp"
#include "common/sheet/faults.hpp"

#include "server/reading/records.hpp"

namespace dossier::server {
namespace {

using catalog::Field;
using catalog::Kind;

inline constexpr Fault kNotAssignment{"cli.not_assignment",
                                      ErrorCode::Usage,
                                      {"“{}”应写成 字段=值", "'{}' should be field=value"},
                                      {"例：{in:set} 传真=0571-88990012；空值清除",
                                       "for example {in:set} fax=0571-88990012; nothing clears"}};
inline constexpr Fault kNoElements{
    "cli.no_elements",
    ErrorCode::Usage,
    {"“{}”不是多值字段的一项", "'{}' is no item of a field with several"},
    {"写成 字段=内容，字段须是多值的，如 角色、邮箱",
     "write field=item with a field that holds several, such as roles or emails"}};

struct Said {
    const Field* field;
    std::string_view text;
};

class Typed {
  public:
    Typed(Context& context, const Kind& kind, const FieldValues& held, const RecordId& file)
        : context_(context), kind_(kind), held_(held), file_(file) {}

    Status read_all() {
        const auto& inputs = context_.inputs;
        for (const Field& field : kind_.fields) {
            // Said several times, a field with several values takes all of it.
            std::string joined;
            const auto& said = inputs.all(field.name);
            for (const auto& text : said) joined += (joined.empty() ? "" : "、") + text;
            const bool is_field = !said.empty() && action::is_said(kind_, field);
            if (!is_field) continue;
            if (auto done = once(field); !done) return done;
            if (auto done = read(field, joined); !done) return done;
        }
        for (const auto& pair : inputs.all("set")) {
            const auto said = split(pair);
            if (!said) return tl::unexpected(said.error());
            if (auto done = once(*said->field); !done) return done;
            if (auto done = read(*said->field, said->text); !done) return done;
        }
        for (const auto& name : inputs.all("clear")) {
            const auto* field = catalog::find_heading(kind_, name);
            if (field == nullptr)
                return fail(sheet::kUnknownField, std::string(head(name, 40)),
                            catalog::close_fields(kind_, name));
            if (auto done = once(*field); !done) return done;
            assign(values, field->tag, Value{});
        }
        for (const bool adds : {true, false}) {
            for (const auto& pair : inputs.all(adds ? "add" : "remove")) {
                if (auto done = change_element(pair, adds); !done) return done;
            }
        }
        return {};
    }

    FieldValues values;

  private:
    /// Of two values for one field neither is taken in silence.
    Status once(const Field& field) {
        if (said_.insert(field.tag).second) return {};
        return fail(action::kFieldTwice, pair_of(field.label));
    }

    Result<Said> split(std::string_view pair) const {
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos)
            return fail(kNotAssignment, std::string(head(pair, 40)));
        const auto* field = catalog::find_heading(kind_, pair.substr(0, equals));
        if (field == nullptr)
            return fail(sheet::kUnknownField, std::string(head(pair.substr(0, equals), 40)),
                        catalog::close_fields(kind_, pair.substr(0, equals)));
        return Said{field, pair.substr(equals + 1)};
    }

    Status read(const Field& field, std::string_view text) {
        if (catalog::is_reference(field)) {
            auto value = read_reference(context_.office, context_.asker(), field, text, file_);
            if (!value) return pass(value);
            assign(values, field.tag, std::move(*value));
            return {};
        }
        auto notes = catalog::read_into(kind_, field, text, values, context_.office.now());
        if (!notes) return pass(notes);
        cli::tell_notes(context_.answer, *notes);
        return {};
    }

    Status change_element(std::string_view pair, bool adds) {
        const auto said = split(pair);
        if (!said || !merge::holds_elements(*said->field))
            return fail(kNoElements, std::string(head(pair, 40)));
        const Field& field = *said->field;
        auto change = read_reference(context_.office, context_.asker(), field, said->text, file_);
        if (!change) return pass(change);
        const Value* now = find(values, field.tag);
        if (now == nullptr) now = find(held_, field.tag);
        const Value before = now == nullptr ? Value{} : *now;
        const Value nothing;
        assign(values, field.tag,
               adds ? merge::united(field, before, &nothing, *change)
                    : merge::united(field, before, &*change, nothing));
        return {};
    }

    Context& context_;
    const Kind& kind_;
    const FieldValues& held_;
    RecordId file_;
    std::set<std::uint16_t> said_;
};

}  // namespace

Result<FieldValues> typed_values(Context& context,
                                 const Kind& kind,
                                 const FieldValues& held,
                                 const RecordId& file) {
    Typed typed(context, kind, held, file);
    if (auto done = typed.read_all(); !done) return pass(done);
    return std::move(typed.values);
}

}  // namespace dossier::server
