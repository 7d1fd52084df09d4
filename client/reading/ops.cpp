#include "client/reading/ops.hpp"

#include <array>

#include "common/access/find_fault.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/describe.hpp"
#include "common/catalog/review.hpp"
#include "common/cli/values.hpp"
#include "common/merge/copies.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

using catalog::kCase;
using catalog::kProposal;

/// For programs.
std::string_view op_name(const merge::Op& op) {
    if (merge::is_copy(op)) return "export";
    switch (op.kind) {
        case merge::OpKind::Create:
            return "create";
        case merge::OpKind::Set:
            return "set";
        case merge::OpKind::Remove:
            return "remove";
        default:
            return "event";
    }
}

/// For people; a step is called as its workflow calls it.
Text op_word(const catalog::Kind& kind, const merge::Op& op) {
    if (merge::is_copy(op)) return {"导出", "export"};
    switch (op.kind) {
        case merge::OpKind::Create:
            return {"新建", "create"};
        case merge::OpKind::Set:
            return {"修改", "set"};
        case merge::OpKind::Remove:
            return {"删除", "remove"};
        default:
            break;
    }
    const auto* machine = workflow::machine_of(kind, op.event);
    return machine == nullptr ? Text{"流程", "event"}
                              : workflow::steps_of(*machine, op.event).front()->label;
}

/// What an op speaks of: the customer, and for what hangs on a customer its own title too.
std::string subject_of(Store& store,
                       const Asker& asker,
                       const catalog::Kind& kind,
                       const merge::Op& op) {
    const bool is_new = op.kind == merge::OpKind::Create;
    const auto values =
        is_new ? op.fields : store.replica.load(kind, op.record).value_or(FieldValues{});
    const std::string own = text_in(values, kind, kind.title);
    const RecordId customer = store.replica.customer_of(kind, op.record, values);
    if (customer == op.record || customer.is_none())
        return own.empty() ? title_of(store, asker, op.record) : own;
    return title_of(store, asker, customer) + (own.empty() ? "" : " " + own);
}

/// The case or proposal an item went to, as far as it lies here.
std::optional<FieldValues> matter_of(Store& store,
                                     const catalog::Kind& kind,
                                     std::uint64_t number) {
    Query query{.kind = &kind};
    query.where = {{catalog::find_field(kind, "number")->tag, static_cast<std::int64_t>(number)}};
    const auto found = store.replica.select(query);
    if (found.empty()) return std::nullopt;
    return store.replica.load(kind, found.front());
}

std::string waiting_words(const TrayItem& item, Lang lang) {
    const bool zh = lang == Lang::Zh;
    const std::string number = std::to_string(item.verdict.matter);
    switch (item.verdict.kind) {
        case merge::VerdictKind::Case:
            return fill(Text{"与他人的修改冲突，等待裁决（冲突 {}）",
                             "clashes with another change and waits for a ruling (conflict {})"}
                            .in(lang),
                        std::array{number});
        case merge::VerdictKind::Late:
            return zh ? "写入时您已无此权限，已成为提议 " + number +
                            "，由新负责人或信息员决定，无需操作"
                      : "written when your right had ended: proposal " + number +
                            " is decided by the new owner or a clerk, nothing to do";
        default:
            return zh ? "受控字段，已成为提议 " + number + "，等待信息员核实，无需操作"
                      : "controlled field: proposal " + number +
                            " waits for a clerk, nothing to do";
    }
}

/// "提议 1 已采纳，韩梅 2026-03-02 09:10：已核对营业执照".
std::string settled_words(Store& store, const Asker& asker, const TrayItem& item) {
    const bool is_case = item.verdict.kind == merge::VerdictKind::Case;
    const auto& kind = is_case ? kCase : kProposal;
    const bool zh = asker.lang == Lang::Zh;
    std::string line =
        std::string(kind.label.in(asker.lang)) + " " + std::to_string(item.verdict.matter) + " ";
    const auto matter = matter_of(store, kind, item.verdict.matter);
    if (!matter) return line + (zh ? "已有结果" : "is settled");
    const auto* state = catalog::find_field(kind, "state");
    line += catalog::display(*state, text_in(*matter, *state), asker.lang);
    const auto by = record_in(*matter, kind, is_case ? "resolved_by" : "verified_by");
    const auto at = number_in(*matter, kind, is_case ? "resolved_at" : "verified_at");
    if (!by.is_none())
        line += (zh ? "，" : ", ") + title_of(store, asker, by) + " " + office_minute(Instant{at});
    if (const auto reason = text_in(*matter, kind, "reason"); !reason.empty())
        line += (zh ? "：" : ": ") + reason;
    return line;
}

}  // namespace

std::string subject_of(Store& store, const Asker& asker, const merge::Op& op) {
    const auto* kind = catalog::find_kind(op.record_kind);
    return kind == nullptr ? "" : subject_of(store, asker, *kind, op);
}

std::string outcome_of(Store& store, const TrayItem& item) {
    if (item.settled_at.ms == 0 || item.verdict.matter == 0) return {};
    const auto& kind = item.verdict.kind == merge::VerdictKind::Case ? kCase : kProposal;
    const auto matter = matter_of(store, kind, item.verdict.matter);
    return matter ? text_in(*matter, kind, "state") : "";
}

std::string op_words(Store& store, const Asker& asker, const merge::Op& op) {
    const auto* kind = catalog::find_kind(op.record_kind);
    if (kind == nullptr)
        return std::string(Text{"（已封存的内容）", "(sealed content)"}.in(asker.lang));
    const bool zh = asker.lang == Lang::Zh;
    std::string text(op_word(*kind, op).in(asker.lang));
    text += (zh ? "" : " ") + std::string(kind->label.in(asker.lang)) + " " +
            subject_of(store, asker, *kind, op);
    if (op.kind != merge::OpKind::Set || op.fields.empty()) return text;
    text += zh ? "：" : ": ";
    bool first = true;
    for (const auto& [tag, value] : op.fields) {
        const auto* field = catalog::find_field(*kind, tag);
        if (field == nullptr) continue;
        text += first ? "" : zh ? "，" : ", ";
        first = false;
        text += std::string(field->label.in(asker.lang)) + " " + shown(store, asker, *field, value);
    }
    return text;
}

action::Json op_document(const merge::Op& op) {
    const auto* kind = catalog::find_kind(op.record_kind);
    action::Json document{{"op", op_name(op)},
                          {"kind", kind == nullptr ? "?" : kind->name},
                          {"record", to_text(op.record)}};
    if (!op.event.empty()) document["event"] = op.event;
    if (kind != nullptr) document["values"] = cli::values_document(*kind, op.fields);
    return document;
}

std::string tray_words(Store& store, const Asker& asker, const TrayItem& item) {
    if (!item.verdict.reason.empty())
        return catalog::describe(access::error_of(item.verdict.reason, item.verdict.args),
                                 asker.lang);
    if (item.settled_at.ms != 0 && item.verdict.matter != 0)
        return settled_words(store, asker, item);
    return waiting_words(item, asker.lang);
}

}  // namespace dossier::client
