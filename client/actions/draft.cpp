// Forms that are not finished, as the page keeps them from one keystroke to the next.
#include <algorithm>
#include <array>

#include "client/actions/tables.hpp"

namespace dossier::client {
namespace {

constexpr std::size_t kNameMax = 64;
constexpr std::size_t kFormBytesMax = std::size_t{256} * 1024;
constexpr std::size_t kFormsMax = 200;

constexpr Fault kWrongName{
    "draft.name",
    ErrorCode::Usage,
    {"“{}”不能作草稿的名称", "'{}' cannot be the name of a draft"},
    {"用字母、数字、- 和 .，最多 64 个", "use letters, digits, - and ., at most 64"}};
constexpr Fault kNoForm{
    "draft.form",
    ErrorCode::Malformed,
    {"草稿“{}”的内容不是一张表单（JSON 对象）",
     "what is to be kept as the draft '{}' is no form (a JSON object)"},
    {"写成 {\"栏目\":\"内容\"} 的形式；在网页上请刷新后重新填写",
     "write it as {\"field\":\"value\"}; on the page load it again and fill it in"}};
constexpr Fault kTooLong{"draft.too_long",
                         ErrorCode::Oversized,
                         {"草稿“{}”超过 {} 字节", "the draft '{}' is longer than {} bytes"},
                         {"先保存，再接着写", "save it, then go on"}};
constexpr Fault kTooMany{
    "draft.too_many",
    ErrorCode::Oversized,
    {"草稿已有 {} 份", "there are {} drafts"},
    {"先保存或删去一些：{do:draft.list}", "save or remove some: {do:draft.list}"}};
constexpr Fault kNoDraft{"draft.none",
                         ErrorCode::NotFound,
                         {"没有草稿“{}”", "there is no draft '{}'"},
                         {"查看 {do:draft.list}", "see {do:draft.list}"}};

constexpr Input kName{"NAME", "", {"草稿的名称", "name of the draft"}, Give::Required};
constexpr std::array kSave{
    kName, Input{"form", "JSON", {"表单里的内容", "what stands in the form"}, Give::Required}};
constexpr std::array kOne{kName};

Result<std::string> name_of(const Context& context) {
    const auto& name = context.inputs.text("name");
    const bool fits =
        !name.empty() && name.size() <= kNameMax && std::ranges::all_of(name, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '-' || c == '.';
        });
    if (!fits) return fail(kWrongName, std::string(head(name, 40)));
    return name;
}

action::Json document_of(const Form& form) {
    return {{"name", form.name}, {"saved_at", iso_utc(form.saved_at)}};
}

Result<int> save_draft(Context& context) {
    const auto name = name_of(context);
    if (!name) return tl::unexpected(name.error());
    auto& forms = context.store.forms;
    const Form form{*name, context.inputs.text("form"), context.intake.now()};
    if (form.text.size() > kFormBytesMax)
        return fail(kTooLong, *name, std::to_string(kFormBytesMax));
    if (!action::Json::parse(form.text, nullptr, false).is_object()) return fail(kNoForm, *name);
    if (!forms.find(*name) && forms.list().size() >= kFormsMax)
        return fail(kTooMany, std::to_string(kFormsMax));
    sqlite::Transaction tx(context.store.connection());
    forms.put(form);
    tx.commit();
    context.answer.line({"草稿“{}”已存", "the draft '{}' is kept"}, {*name});
    context.answer.document(document_of(form));
    return 0;
}

Result<int> show_draft(Context& context) {
    const auto name = name_of(context);
    if (!name) return tl::unexpected(name.error());
    const auto form = context.store.forms.find(*name);
    if (!form) return fail(kNoDraft, *name);
    context.answer.plain(form->text);
    auto document = document_of(*form);
    document["form"] = form->text;
    context.answer.document(std::move(document));
    return 0;
}

Result<int> list_drafts(Context& context) {
    action::Table table{{context.say({"名称", "Name"}), context.say({"时间", "When"})}};
    auto list = action::Json::array();
    for (const Form& form : context.store.forms.list()) {
        table.row({form.name, office_minute(form.saved_at)});
        list.push_back(document_of(form));
    }
    if (table.is_empty()) {
        context.answer.line(Text{"没有草稿", "no drafts"});
    } else {
        context.answer.table(std::move(table));
    }
    context.answer.document(std::move(list));
    return 0;
}

Result<int> remove_draft(Context& context) {
    const auto name = name_of(context);
    if (!name) return tl::unexpected(name.error());
    sqlite::Transaction tx(context.store.connection());
    if (!context.store.forms.drop(*name)) return fail(kNoDraft, *name);
    tx.commit();
    context.answer.line({"草稿“{}”已删去", "the draft '{}' is removed"}, {*name});
    context.answer.document({{"name", *name}});
    return 0;
}

}  // namespace

std::span<const Action> draft_actions() {
    static constexpr std::array kActions{
        Action{"draft save",
               {"存下未填完的表单", "keep a form that is not finished"},
               "dossier draft save visit --form {}",
               kSave,
               Needs::Store,
               save_draft,
               WhenLocked::Records},
        Action{"draft show",
               {"查看一份草稿", "show a draft"},
               "dossier draft show visit",
               kOne,
               Needs::Reading,
               show_draft},
        Action{"draft list",
               {"列出草稿，新的在前", "list drafts, newest first"},
               "dossier draft list",
               {},
               Needs::Reading,
               list_drafts},
        Action{"draft remove",
               {"删去一份草稿", "remove a draft"},
               "dossier draft remove visit",
               kOne,
               Needs::Store,
               remove_draft,
               WhenLocked::Records},
    };
    return kActions;
}

}  // namespace dossier::client
