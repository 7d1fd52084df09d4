// Regions and departments: the same commands on two kinds.
#include <array>

#include "common/catalog/organisation.hpp"

#include "server/actions/submit.hpp"
#include "server/actions/tables.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

using catalog::kDepartment;
using catalog::Kind;
using catalog::kRegion;

constexpr std::array kPlaceAdd{
    Input{"CODE", "", {"代码，例如 HD", "code, for example HD"}, Give::Required},
    Input{"NAME", "", {"名称，例如 华东", "name"}, Give::Required},
    Input{"parent", "CODE", {"上级的代码或名称", "the one above, by code or name"}},
    Input{"manager", "LOGIN", {"负责人", "manager"}},
};
constexpr std::array kPlaceRename{
    Input{"CODE", "", {"代码或现名称", "code or present name"}, Give::Required},
    Input{"NAME", "", {"新名称", "new name"}, Give::Required},
};
constexpr std::array<std::string_view, 4> kPlaceColumns{"code", "name", "parent_id",
                                                        "manager_user_id"};

Result<int> place_add(Context& context, const Kind& kind) {
    auto draft = new_draft(context, kind);
    for (const auto& [name, arg] :
         {std::pair{"code", "code"}, std::pair{"name", "name"}, std::pair{"parent_id", "parent"},
          std::pair{"manager_user_id", "manager"}}) {
        if (auto read = draft.read(context, name, context.inputs.text(arg)); !read)
            return pass(read);
    }
    if (auto done = submit(context, {draft.op()}); !done) return pass(done);
    context.answer.line({"已建立{} {} {}", "{} {} {} was added"},
                        {std::string(kind.label.in(context.lang())), context.inputs.text("code"),
                         context.inputs.text("name")});
    context.answer.document({{"id", to_text(draft.id)}, {"code", context.inputs.text("code")}});
    return 0;
}

Result<int> place_rename(Context& context, const Kind& kind) {
    const auto id = find_place(context.office, context.asker(), kind, context.inputs.text("code"));
    if (!id) return tl::unexpected(id.error());
    const auto held = context.office.store().load(kind.tag, *id).value_or(FieldValues{});
    auto name = read_value(context.office, context.asker(), *catalog::find_field(kind, "name"),
                           context.inputs.text("name"));
    if (!name) return pass(name);
    if (auto done = submit(context, {set_op(kind, *id, held, "name", *name)}); !done)
        return pass(done);
    context.answer.line({"{} 已更名为 {}", "{} is now called {}"},
                        {context.inputs.text("code"), context.inputs.text("name")});
    context.answer.document({{"id", to_text(*id)}, {"name", context.inputs.text("name")}});
    return 0;
}

Result<int> place_list(Context& context, const Kind& kind) {
    answer_records(context, kind, kPlaceColumns,
                   all_records(context.office, context.asker(), kind));
    return 0;
}

Result<int> region_add(Context& context) {
    return place_add(context, kRegion);
}
Result<int> region_list(Context& context) {
    return place_list(context, kRegion);
}
Result<int> region_rename(Context& context) {
    return place_rename(context, kRegion);
}
Result<int> department_add(Context& context) {
    return place_add(context, kDepartment);
}
Result<int> department_list(Context& context) {
    return place_list(context, kDepartment);
}
Result<int> department_rename(Context& context) {
    return place_rename(context, kDepartment);
}

constexpr std::array kPlaceActions{
    Action{"region add",
           {"建立区域", "add a region"},
           "dossierd region add HD 华东",
           kPlaceAdd,
           Actor::Administrator,
           Runs::InUnit,
           region_add},
    Action{"region list",
           {"列出区域", "list regions"},
           "dossierd region list",
           {},
           Actor::Administrator,
           Runs::InUnit,
           region_list,
           Does::Reads},
    Action{"region rename",
           {"区域更名", "rename a region"},
           "dossierd region rename HD 华东大区",
           kPlaceRename,
           Actor::Administrator,
           Runs::InUnit,
           region_rename},
    Action{"department add",
           {"建立部门", "add a department"},
           "dossierd department add YQ 仪器销售部",
           kPlaceAdd,
           Actor::Administrator,
           Runs::InUnit,
           department_add},
    Action{"department list",
           {"列出部门", "list departments"},
           "dossierd department list",
           {},
           Actor::Administrator,
           Runs::InUnit,
           department_list,
           Does::Reads},
    Action{"department rename",
           {"部门更名", "rename a department"},
           "dossierd department rename YQ 仪器部",
           kPlaceRename,
           Actor::Administrator,
           Runs::InUnit,
           department_rename},
};

}  // namespace

std::span<const Action> place_actions() {
    return kPlaceActions;
}

}  // namespace dossier::server
