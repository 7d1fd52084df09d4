// What waits outside the door for a person: shown and let in by the service manager; and the
// company's own settings.
#include <algorithm>
#include <array>
#include <charconv>

#include "common/access/faults.hpp"
#include "common/access/find_fault.hpp"
#include "common/action/answer.hpp"
#include "common/catalog/catalog.hpp"
#include "common/catalog/value_json.hpp"
#include "common/content/files.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

#include "server/accounts/devices.hpp"
#include "server/actions/names.hpp"
#include "server/actions/tables.hpp"
#include "server/reading/find.hpp"
#include "server/reading/held_words.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

Text why_word(WaitReason why) {
    switch (why) {
        case WaitReason::Lost:
            return {"终端已报失", "the device was lost"};
        case WaitReason::Right:
            return {"写入时已无权限", "the right had ended"};
        case WaitReason::Refused:
            return {"未被接受，且终端不能再显示", "refused, and its laptop cannot show it"};
        case WaitReason::Parent:
            break;
    }
    return {"等待所属记录", "waits for its parent"};
}

Result<int> held_list(Context& context) {
    const auto rows = list_held(context.office, context.asker());
    if (!rows) return tl::unexpected(rows.error());
    auto& answer = context.answer;
    const auto say = [&](const Text& text) { return std::string(answer.in(text)); };
    action::Table table({say({"编号", "No."}), say({"终端", "Device"}), say({"作者", "Author"}),
                         say({"写入时间", "Written"}), say({"原因", "Why"})});
    auto list = action::Json::array();
    for (const WithheldRow& row : *rows) {
        const auto device = device_name(context.office, row.device);
        list.push_back({{"number", row.number},
                        {"device", device},
                        {"author", person_name(context.office, context.asker(), row.user)},
                        {"at", iso_utc(row.at)},
                        {"why", std::string(why_word(row.why).en)}});
        table.row({std::to_string(row.number), device,
                   person_name(context.office, context.asker(), row.user), office_minute(row.at),
                   say(why_word(row.why))});
    }
    answer.table(std::move(table));
    answer.document(list);
    return 0;
}

Result<std::uint64_t> number_of(const Context& context) {
    return context.inputs.number("number", 0);
}

/// The step the op asks for, as its table calls it; its own word where no table knows it.
std::string step_name(Context& context, const catalog::Kind* kind, const merge::Op& op) {
    const auto* machine = kind == nullptr ? nullptr : workflow::machine_of(*kind, op.event);
    if (machine == nullptr) return op.event;
    return std::string(context.answer.in(workflow::steps_of(*machine, op.event).front()->label));
}

/// What one op would write or which step it asks for, and why, as a line and as JSON.
action::Json tell_words(Context& context, const HeldWords& words) {
    const merge::Op& op = words.op;
    const auto* kind = catalog::find_kind(op.record_kind);
    const auto values =
        kind == nullptr ? std::string("{}") : catalog::values_json(*kind, op.fields);
    std::string line(kind == nullptr ? "?" : kind->label.in(context.lang()));
    line.append(" ").append(to_text(op.record)).append("  ");
    const auto step = step_name(context, kind, op);
    line.append(step.empty() ? values : step);
    if (!words.reason.empty()) line.append("  ").append(words.reason);
    context.answer.plain(line);
    action::Json told{{"kind", kind == nullptr ? "?" : kind->name},
                      {"record", to_text(op.record)},
                      {"values", action::Json::parse(values)},
                      {"event", op.event},
                      {"reason", words.reason}};
    if (kind == nullptr || kind->content.empty()) return told;
    const auto content = context.office.store().contents().of(op.record);
    const bool here = content && content->whole;
    told["content_state"] = here ? "here" : "pending";
    context.answer.line(here
                            ? Text{"  附件内容已到：用 {do:held.show} 写到文件",
                                   "  its content is here: {do:held.show} writes it to a file"}
                            : Text{"  附件内容还没有传到办公室", "  its content has not come yet"});
    return told;
}

Result<int> held_show(Context& context) {
    if (auto allowed = may_decide_held(context.office, context.asker()); !allowed)
        return pass(allowed);
    const auto number = number_of(context);
    if (!number) return tl::unexpected(number.error());
    if (context.inputs.has("content")) {
        const auto held = held_content(context.office, context.asker(), *number);
        if (!held) return tl::unexpected(held.error());
        if (auto saved = content::save_as(context.file(context.inputs.text("content")),
                                          context.office.store().contents(), *held);
            !saved)
            return pass(saved);
    }
    const auto words = read_held(context.office, context.asker(), *number);
    if (!words) return tl::unexpected(words.error());
    auto ops = action::Json::array();
    bool hidden = false;
    for (const HeldWords& each : *words) {
        hidden = hidden || !each.whole;
        ops.push_back(tell_words(context, each));
    }
    if (hidden)
        context.answer.note(Text{"有机密内容未显示：加 {in:purpose} 后显示",
                                 "confidential values are hidden: say {in:purpose}"});
    context.answer.document({{"number", *number}, {"ops", ops}});
    return 0;
}

Result<int> held_admit(Context& context) {
    if (auto allowed = may_decide_held(context.office, context.asker()); !allowed)
        return pass(allowed);
    const auto number = number_of(context);
    if (!number) return tl::unexpected(number.error());
    const auto verdicts = context.office.intake().let_in(*number, context.office.now());
    if (!verdicts) return tl::unexpected(verdicts.error());
    const bool some = std::ranges::any_of(*verdicts, [](const merge::Verdict& verdict) {
        return verdict.kind != merge::VerdictKind::Rejected;
    });
    for (const auto& verdict : *verdicts) {
        if (some) break;
        if (verdict.kind == merge::VerdictKind::Rejected && verdict.reason != "intake.sibling")
            return tl::unexpected(access::error_of(verdict.reason, verdict.args));
    }
    const auto& first = verdicts->front();
    context.answer.line(
        {"{} 号已提交：{}", "number {} went through the door: {}"},
        {std::to_string(*number), std::string(context.answer.in(verdict_name(first.kind)))});
    context.answer.document(
        {{"number", *number}, {"verdict", std::string(verdict_word(first.kind))}});
    return 0;
}

Result<int> held_dismiss(Context& context) {
    if (auto allowed = may_decide_held(context.office, context.asker()); !allowed)
        return pass(allowed);
    const auto number = number_of(context);
    if (!number) return tl::unexpected(number.error());
    const auto row = context.office.store().withheld(*number);
    if (!row || row->settled_at.ms != 0) return fail(kNotWaiting, std::to_string(*number));
    context.office.store().settle_withheld(*number, context.office.now());
    AuditLine line;
    line.at = context.office.now();
    line.user = context.actor;
    line.device = row->device;
    line.action = "dismiss";
    line.purpose = context.inputs.text("reason");
    line.result = "ok";
    line.detail = std::to_string(*number);
    context.office.store().append_audit(std::move(line));
    context.answer.line({"{} 号不予采纳，原文仍保存，可用 {do:held.show} 查看",
                         "number {} is not taken; its words stay, see {do:held.show}"},
                        {std::to_string(*number)});
    context.answer.document({{"number", *number}, {"verdict", "dismissed"}});
    return 0;
}

// ---- config ---------------------------------------------------------------------------------

action::Json value_of(Store& store, const Setting& each) {
    if (each.is == SettingIs::Folder) return folder_setting(store, each.key);
    if (each.is == SettingIs::Codes) {
        std::string codes;
        for (const auto& code : codes_setting(store, each.key))
            codes += (codes.empty() ? "" : "|") + code;
        return codes;
    }
    return setting(store, each.key);
}

std::string shown(const action::Json& value) {
    if (!value.is_string()) return value.dump();
    const auto folder = value.get<std::string>();
    return folder.empty() ? std::string(kNoFolder) : folder;
}

Result<int> config_show(Context& context) {
    action::Json document = action::Json::object();
    action::Table table({std::string(context.answer.in({"设置项", "Setting"})),
                         std::string(context.answer.in({"值", "Value"})),
                         std::string(context.answer.in({"含义", "Meaning"}))});
    for (const Setting& each : settings()) {
        const auto value = value_of(context.office.store(), each);
        document[std::string(each.key)] = value;
        table.row({std::string(each.key), shown(value), std::string(context.answer.in(each.help))});
    }
    context.answer.table(std::move(table));
    context.answer.document(document);
    return 0;
}

Result<int> config_set(Context& context) {
    if (auto allowed = may_administer(context.office, context.actor); !allowed)
        return pass(allowed);
    const auto& key = context.inputs.text("key");
    auto& store = context.office.store();
    if (auto done = change_setting_as_typed(store, key, context.inputs.text("value")); !done)
        return pass(done);
    const auto value = value_of(store, *std::ranges::find(settings(), key, &Setting::key));
    AuditLine line;
    line.at = context.office.now();
    line.user = context.actor;
    line.action = "config";
    line.fields = key;
    line.purpose = context.purpose;
    line.result = "ok";
    line.detail = shown(value);
    store.append_audit(std::move(line));
    context.answer.line({"{} = {}", "{} = {}"}, {key, shown(value)});
    context.answer.document({{key, value}});
    return 0;
}

constexpr Input kHeldNumber{
    "NUMBER", "", {"编号，见 {do:held.list}", "the number, see {do:held.list}"}, Give::Required};
constexpr std::array kHeldOne{kHeldNumber};
constexpr std::array kHeldShow{
    kHeldNumber, Input{"content",
                       "FILE",
                       {"把附件内容写到新文件", "write a document's content to a new file"},
                       Give::Optional,
                       0,
                       nullptr,
                       Means::FileWritten}};
constexpr std::array kHeldDismiss{kHeldNumber,
                                  Input{"reason", "TEXT", {"理由", "why"}, Give::Required}};
constexpr std::array kConfigSet{
    Input{"KEY", "", {"设置项", "the setting"}, Give::Required},
    Input{"VALUE", "", {"数值或目录", "a number or a folder"}, Give::Required}};

constexpr std::array kHeldActions{
    Action{"held list",
           {"列出未放行的内容（报失终端、已无权限、等待所属记录）",
            "what waits outside: from lost devices, ended rights, missing parents"},
           "dossierd --as zhenghua held list",
           {},
           Actor::Administrator,
           Runs::InUnit,
           held_list,
           Does::Reads},
    Action{"held show",
           {"查看一条未放行的内容", "the words that wait under a number"},
           "dossierd --as zhenghua held show 3",
           kHeldShow,
           Actor::Named,
           Runs::InUnit,
           held_show,
           Does::Reads},
    Action{"held admit",
           {"放行：按作者当时的写入提交", "let it in, as what its author wrote then"},
           "dossierd --as zhenghua held admit 3",
           kHeldOne,
           Actor::Named,
           Runs::InUnit,
           held_admit},
    Action{"held dismiss",
           {"不予采纳，原文保留", "do not take it; its words stay"},
           "dossierd --as zhenghua held dismiss 3 --reason 重复录入",
           kHeldDismiss,
           Actor::Named,
           Runs::InUnit,
           held_dismiss},
    Action{"config show",
           {"查看设置", "the company's settings"},
           "dossierd config show",
           {},
           Actor::Administrator,
           Runs::InUnit,
           config_show,
           Does::Reads},
    Action{"config set",
           {"更改设置", "change a setting"},
           "dossierd config set offline.max_days 7",
           kConfigSet,
           Actor::Administrator,
           Runs::InUnit,
           config_set},
};

}  // namespace

std::span<const Action> held_actions() {
    return kHeldActions;
}

}  // namespace dossier::server
