// The audit log: reading it, and proving that nobody changed it.
#include <array>

#include "common/access/rules.hpp"
#include "common/cli/table.hpp"

#include "server/accounts/devices.hpp"
#include "server/cli/find.hpp"
#include "server/cli/tables.hpp"
#include "server/store/audit_chain.hpp"

namespace dossier::server {
namespace {

inline constexpr Fault kChainBroken{
    "audit.chain_broken",
    ErrorCode::Corrupt,
    {"审计记录自第 {} 条起不再相连", "the audit log does not hold together from line {} on"},
    {"有人改动或删除了记录：保留现有文件，与备份对照",
     "somebody changed or removed lines: keep the files and compare with a backup"}};

constexpr std::size_t kPage = 1000;

constexpr std::array kList{
    Arg{"--after", "N", {"从第几条之后", "after this line"}},
    Arg{"--limit", "N", {"最多几条，默认最后 50 条", "at most this many, by default the last 50"}},
};

/// Laptops are the administrator's own business: which one it was stands for him, too.
bool names_device(const AuditLine& line, bool all) {
    return all || line.entity == "device";
}

/// Allow: everything; Mask: that something happened, not to whom or why; else the error.
Result<bool> reads_all(Context& context) {
    const auto decision = access::decide(context.viewer(), access::Operation::ReadAudit, {},
                                         Facet::Main, {.now = context.office.now()});
    if (auto permitted = access::permit(decision, context.globals.purpose); !permitted)
        return pass(permitted);
    return decision.answer == access::Answer::Allow;
}

/// Number of the last line.
std::uint64_t last_line(Store& store) {
    std::uint64_t last = 0;
    for (auto page = store.audit(last, kPage); !page.empty(); page = store.audit(last, kPage))
        last = page.back().seq;
    return last;
}

cli::Json line_document(Context& context, const AuditLine& line, bool all) {
    cli::Json document{{"seq", line.seq},
                       {"at", iso_utc(line.at)},
                       {"action", line.action},
                       {"entity", line.entity},
                       {"result", line.result}};
    if (names_device(line, all)) document["device"] = device_name(context, line.device);
    if (!all) return document;
    document["user"] = person_name(context, line.user);
    document["user_id"] = to_text(line.user);
    document["record"] = to_text(line.record);
    document["fields"] = line.fields;
    document["purpose"] = line.purpose;
    document["detail"] = line.detail;
    document["hash"] = to_hex(line.hash);
    return document;
}

Result<int> audit_list(Context& context) {
    const auto all = reads_all(context);
    if (!all) return tl::unexpected(all.error());
    const auto limit = context.args.number("--limit", 50);
    if (!limit) return tl::unexpected(limit.error());
    auto& store = context.office.store();
    const auto last = last_line(store);
    const auto after = context.args.number("--after", last > *limit ? last - *limit : 0);
    if (!after) return tl::unexpected(after.error());
    auto& console = context.console;
    const auto say = [&](const Text& text) { return std::string(console.in(text)); };
    cli::Table table({"#", say({"时间", "When"}), say({"人员", "Who"}), say({"终端", "Device"}),
                      say({"动作", "Action"}), say({"对象", "About"}), say({"结果", "Result"}),
                      say({"目的", "Purpose"})});
    auto list = cli::Json::array();
    for (const AuditLine& line : store.audit(*after, *limit)) {
        list.push_back(line_document(context, line, *all));
        table.row({std::to_string(line.seq), office_minute(line.at),
                   *all ? person_name(context, line.user) : "-",
                   names_device(line, *all) ? device_name(context, line.device) : "-", line.action,
                   line.entity + (*all && !line.record.is_none() ? " " + to_text(line.record) : ""),
                   line.result, *all ? line.purpose : "-"});
    }
    context.office.note_read(context.actor, "audit", {}, context.globals.purpose, true);
    if (!console.json) table.print(console.out);
    console.document(list);
    return 0;
}

Result<int> audit_verify(Context& context) {
    auto& store = context.office.store();
    Digest head{};
    std::uint64_t lines = 0;
    for (auto page = store.audit(0, kPage); !page.empty(); page = store.audit(lines, kPage)) {
        for (const AuditLine& line : page) {
            if (line.seq != lines + 1 || line.prev != head || audit_hash(line) != line.hash)
                return fail(kChainBroken, std::to_string(lines + 1));
            head = line.hash;
            ++lines;
        }
    }
    if (head != store.audit_head()) return fail(kChainBroken, std::to_string(lines + 1));
    context.console.line(
        {"审计记录 {} 条，前后相连，末条 {}", "{} audit lines hold together; the last is {}"},
        {std::to_string(lines), to_hex(head).substr(0, 16)});
    context.console.document({{"lines", lines}, {"head", to_hex(head)}});
    return 0;
}

constexpr std::array kCommands{
    Command{"audit list",
            {"列出审计记录", "list lines of the audit log"},
            "dossierd audit list --as sunli --purpose 月度审核",
            kList,
            Actor::Administrator,
            Runs::InUnit,
            audit_list},
    Command{"audit verify",
            {"核对审计记录未被改动", "prove that no line was changed"},
            "dossierd audit verify",
            {},
            Actor::Nobody,
            Runs::InUnit,
            audit_verify},
};

}  // namespace

std::span<const Command> audit_commands() {
    return kCommands;
}

}  // namespace dossier::server
