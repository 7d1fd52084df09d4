#include "client/cli/tray_words.hpp"

#include "common/access/find_fault.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/describe.hpp"
#include "common/catalog/review.hpp"

#include "client/cli/words.hpp"

namespace dossier::client {
namespace {

using catalog::kCase;
using catalog::kProposal;

/// The case or proposal an item went to, as far as it lies here.
std::optional<FieldValues> matter_of(Context& context,
                                     const catalog::Kind& kind,
                                     std::uint64_t number) {
    Query query{.kind = &kind};
    query.where = {{catalog::find_field(kind, "number")->tag, static_cast<std::int64_t>(number)}};
    const auto found = context.store->replica.select(query);
    if (found.empty()) return std::nullopt;
    return context.store->replica.load(kind, found.front());
}

std::string waiting_words(const TrayItem& item, Lang lang) {
    const bool zh = lang == Lang::Zh;
    const std::string number = std::to_string(item.verdict.matter);
    switch (item.verdict.kind) {
        case merge::VerdictKind::Case:
            return zh ? "与他人的修改冲突，等待裁决。查看：dossier case show " + number
                      : "clashes with another change and waits for a ruling. See: dossier case "
                        "show " +
                            number;
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
std::string settled_words(Context& context, const TrayItem& item) {
    const bool is_case = item.verdict.kind == merge::VerdictKind::Case;
    const auto& kind = is_case ? kCase : kProposal;
    const bool zh = context.console.lang == Lang::Zh;
    std::string line = std::string(context.console.in(kind.label)) + " " +
                       std::to_string(item.verdict.matter) + " ";
    const auto matter = matter_of(context, kind, item.verdict.matter);
    if (!matter) return line + (zh ? "已有结果" : "is settled");
    const auto* state = catalog::find_field(kind, "state");
    line += catalog::display(*state, text_in(*matter, *state), context.console.lang);
    const auto by = record_in(*matter, kind, is_case ? "resolved_by" : "verified_by");
    const auto at = number_in(*matter, kind, is_case ? "resolved_at" : "verified_at");
    if (!by.is_none())
        line += (zh ? "，" : ", ") + title_of(context, by) + " " + office_minute(Instant{at});
    if (const auto reason = text_in(*matter, kind, "reason"); !reason.empty())
        line += (zh ? "：" : ": ") + reason;
    return line;
}

}  // namespace

std::string tray_words(Context& context, const TrayItem& item) {
    if (!item.verdict.reason.empty())
        return catalog::describe(access::error_of(item.verdict.reason, item.verdict.args),
                                 context.console.lang);
    if (item.settled_at.ms != 0 && item.verdict.matter != 0) return settled_words(context, item);
    return waiting_words(item, context.console.lang);
}

}  // namespace dossier::client
