// The audit log: reading it, and proving that nobody changed it.
#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>

#include "common/action/answer.hpp"
#include "common/base/input_file.hpp"

#include "server/accounts/audit_anchor.hpp"
#include "server/accounts/devices.hpp"
#include "server/actions/audit_words.hpp"
#include "server/actions/tables.hpp"
#include "server/reading/audit_lines.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

/// As many as people are shown of a head.
constexpr std::size_t kHeadDigitsMin = 16;

constexpr std::array kAuditList{
    Input{"after", "N", {"从第几条之后", "after this line"}},
    Input{"limit", "N", {"最多几条，默认最后 50 条", "at most this many, by default the last 50"}},
};

/// Laptops are the administrator's own business: which one it was stands for him, too.
bool names_device(const AuditLine& line, bool all) {
    return all || is_of_device(line);
}

action::Json line_document(Context& context, const AuditLine& line, bool all) {
    action::Json document{{"seq", line.seq},
                          {"at", iso_utc(line.at)},
                          {"action", line.action},
                          {"entity", line.entity},
                          {"result", line.result}};
    if (names_device(line, all)) document["device"] = device_name(context.office, line.device);
    if (!all) return document;
    document["user"] = person_name(context.office, context.asker(), line.user);
    document["user_id"] = to_text(line.user);
    document["record"] = to_text(line.record);
    document["fields"] = line.fields;
    document["purpose"] = line.purpose;
    document["detail"] = line.detail;
    document["hash"] = to_hex(line.hash);
    return document;
}

Result<int> audit_list(Context& context) {
    if (const auto may = reads_whole_audit(context.office, context.asker()); !may)
        return tl::unexpected(may.error());
    const auto limit = context.inputs.number("limit", 50);
    if (!limit) return tl::unexpected(limit.error());
    const auto after = context.inputs.number("after", 0);
    if (!after) return tl::unexpected(after.error());
    const auto read =
        read_audit(context.office, context.asker(),
                   context.inputs.has("after") ? std::optional(*after) : std::nullopt, *limit);
    if (!read) return tl::unexpected(read.error());
    const bool all = read->whole;
    auto& answer = context.answer;
    const auto say = [&](const Text& text) { return std::string(answer.in(text)); };
    action::Table table({"#", say({"时间", "When"}), say({"人员", "Who"}), say({"终端", "Device"}),
                         say({"动作", "Action"}), say({"对象", "About"}), say({"结果", "Result"}),
                         say({"目的", "Purpose"})});
    const auto word = [&](const std::optional<Text>& words, const std::string& code) {
        return words ? say(*words) : code;
    };
    const auto about = [&](const AuditLine& line, bool names) {
        return audit_entity_words(line, context.lang()) +
               (names && !line.record.is_none() ? " " + to_text(line.record) : "");
    };
    auto list = action::Json::array();
    for (const AuditLine& line : read->lines) {
        list.push_back(line_document(context, line, all));
        table.row({std::to_string(line.seq), office_minute(line.at),
                   all ? person_name(context.office, context.asker(), line.user) : "-",
                   names_device(line, all) ? device_name(context.office, line.device) : "-",
                   word(audit_action_words(line.action), line.action), about(line, all),
                   word(audit_result_words(line.result), line.result), all ? line.purpose : "-"});
    }
    answer.table(std::move(table));
    answer.document(list);
    return 0;
}

/// What an audit is held against: a head, by its first digits, or anchors.
struct Against {
    std::vector<std::string> heads;
    std::vector<Anchor> anchors;
};

Status add_line(std::string_view text, Against& against) {
    if (const auto anchor = anchor_from(text)) {
        against.anchors.push_back(*anchor);
        return {};
    }
    std::string head(text);
    for (char& each : head)
        each = static_cast<char>(std::tolower(static_cast<unsigned char>(each)));
    const bool is_hex = head.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!is_hex || head.size() < kHeadDigitsMin || head.size() > 2 * Digest{}.size())
        return fail(kNotAnAnchor, text);
    against.heads.push_back(std::move(head));
    return {};
}

Status add_file(const std::string& name, Against& against) {
    if (!is_ordinary_file(name)) return fail(kNotAnAnchor, name);
    std::ifstream file(name);
    if (!file) return fail(kNotAnAnchor, name);
    for (std::string line; std::getline(file, line);) {
        while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())) != 0)
            line.pop_back();
        if (line.empty() || line.front() == '#') continue;
        if (auto added = add_line(line, against); !added) return added;
    }
    return {};
}

Result<Against> read_against(Context& context) {
    Against against;
    for (const auto& given : context.inputs.all("against")) {
        if (add_line(given, against)) continue;
        if (auto added = add_file(context.file(given), against); !added) return pass(added);
    }
    // The last one this office made needs no telling.
    if (const auto last = last_anchor(context.office.store())) against.anchors.push_back(*last);
    std::ranges::sort(against.anchors, {}, [](const Anchor& anchor) { return anchor.end.seq; });
    return against;
}

Status hold_against(Context& context, const AuditWalk& walk, const Against& against) {
    std::uint64_t good = 0;
    for (const Anchor& anchor : against.anchors) {
        auto held = check_anchor(context.office, walk, anchor, good);
        if (!held) return pass(held);
        if (*held == Anchored::Held) good = anchor.end.seq;
        if (*held == Anchored::SetBack)
            context.answer.note(
                {"第 {} 条的锚（{}）早于一次恢复，不在现有数据中，属正常",
                 "the anchor of line {} ({}) is of before a restore: not among these data, as is "
                 "right"},
                {std::to_string(anchor.end.seq), office_minute(anchor.at)});
    }
    return {};
}

Result<int> audit_verify(Context& context) {
    auto against = read_against(context);
    if (!against) return pass(against);
    std::vector<std::string> open = against->heads;
    auto walk = walk_audit(context.office.store(), [&](const AuditLine& line) {
        if (open.empty()) return;
        const std::string hash = to_hex(line.hash);
        std::erase_if(open, [&](const std::string& head) { return hash.starts_with(head); });
    });
    if (!walk) return pass(walk);
    const std::string lines = std::to_string(walk->end.seq);
    if (!open.empty()) return fail(kHeadUnknown, lines, open.front());
    if (auto held = hold_against(context, *walk, *against); !held) return pass(held);
    const std::size_t count = against->heads.size() + against->anchors.size();
    context.answer.line(
        {"审计记录 {} 条，前后相连，末条 {}", "{} audit lines hold together; the last is {}"},
        {lines, to_hex(walk->end.hash).substr(0, kHeadDigitsMin)});
    if (count > 0)
        context.answer.line({"与 {} 个锚或末条相符", "they agree with {} anchors or heads"},
                            {std::to_string(count)});
    context.answer.document(
        {{"lines", walk->end.seq}, {"head", to_hex(walk->end.hash)}, {"against", count}});
    return 0;
}

Result<int> audit_anchor(Context& context) {
    if (auto allowed = may_administer(context.office, context.actor); !allowed)
        return pass(allowed);
    const Anchor anchor = make_anchor(context.office);
    context.answer.plain(to_text(anchor));
    context.answer.note(
        {"以上是审计第 {} 条的锚：存到本机以外的地方，以后在 {do:audit.verify} 时写出它来核对",
         "the anchor of line {} of the audit: keep it where this machine cannot change it, and "
         "give it to {do:audit.verify} later, which holds it against the audit"},
        {std::to_string(anchor.end.seq)});
    context.answer.document({{"anchor", to_text(anchor)},
                             {"lines", anchor.end.seq},
                             {"head", to_hex(anchor.end.hash)}});
    return 0;
}

constexpr std::array kAuditVerify{
    Input{"against",
          "ANCHOR",
          {"锚、锚的文件或末条（至少 16 位），可重复",
           "an anchor, a file of them, or a head (16 digits at least); may be repeated"},
          Give::Many},
};

constexpr std::array kAuditActions{
    Action{"audit list",
           {"列出审计记录", "list lines of the audit log"},
           "dossierd audit list --as sunli --purpose 月度审核",
           kAuditList,
           Actor::Administrator,
           Runs::InUnit,
           audit_list,
           Does::Reads},
    Action{"audit verify",
           {"核对审计记录未被改动", "prove that no line was changed"},
           "dossierd audit verify --against /safe/anchors.txt",
           kAuditVerify,
           Actor::Nobody,
           Runs::InUnit,
           audit_verify,
           Does::Reads},
    Action{
        "audit anchor",
        {"打印审计末条的锚，存到别处备查", "print an anchor of the audit's end, to keep elsewhere"},
        "dossierd audit anchor",
        {},
        Actor::Administrator,
        Runs::InUnit,
        audit_anchor},
};

}  // namespace

std::span<const Action> audit_actions() {
    return kAuditActions;
}

}  // namespace dossier::server
