#include "tests/matrix/commands.hpp"

#include <fstream>

namespace dossier::test {
namespace {

/// A register that names one customer this office does not have.
std::string register_of_one(const std::string& folder) {
    const auto path = folder + "/erased.txt";
    std::ofstream(path) << "01990000-0000-7000-8000-000000000001 customer\n";
    return path;
}

std::string password_of(const std::string& folder) {
    const auto path = folder + "/password.txt";
    std::ofstream(path) << "lake seven paper moon\n";
    return path;
}

std::string letter_of(const std::string& folder) {
    const auto path = folder + "/letter.txt";
    std::ofstream(path) << "请更正传真号码。\n";
    return path;
}

std::string table_of_one(const std::string& folder) {
    const auto path = folder + "/one.csv";
    std::ofstream(path) << "客户名称,总机\n宁波港机器材有限公司,0574-81112222\n";
    return path;
}

}  // namespace

std::map<std::string, Typed, std::less<>> typed_commands(const Matters& m,
                                                         const std::string& folder) {
    const Typed nothing;
    const Typed customer{{"CUSTOMER", {m.customer}}};
    const Typed reason{{"NUMBER", {m.held}}, {"--reason", {"重复录入"}}};
    const auto number = [](const std::string& of) { return Typed{{"NUMBER", {of}}}; };
    const auto code = [](const std::string& of) { return Typed{{"CODE", {of}}}; };
    return {
        {"status", nothing},
        {"verify", nothing},
        {"backup create", {{"FOLDER", {folder + "/backup"}}}},
        {"user add",
         {{"LOGIN", {"y"}}, {"--name", {"新人"}}, {"--department", {"YQ"}}, {"--region", {"HD"}}}},
        {"user list", nothing},
        {"user show", {{"LOGIN", {"ann"}}}},
        {"user disable", {{"LOGIN", {"ben"}}}},
        {"user password", {{"LOGIN", {"ben"}}, {"--password-file", {password_of(folder)}}}},
        {"user reset-link", {{"LOGIN", {"ben"}}}},
        {"user reset-2fa", {{"LOGIN", {"ben"}}}},
        {"user agreements", nothing},
        {"role assign", {{"--user", {"ben"}}, {"--role", {"info_clerk"}}}},
        {"role revoke", {{"--user", {"ben"}}, {"--role", {"salesperson"}}}},
        {"role list", nothing},
        {"region add", {{"CODE", {"HN"}}, {"NAME", {"华南"}}}},
        {"region list", nothing},
        {"region rename", {{"CODE", {"HD"}}, {"NAME", {"华东大区"}}}},
        {"department add", {{"CODE", {"XS"}}, {"NAME", {"销售部"}}}},
        {"department list", nothing},
        {"department rename", {{"CODE", {"YQ"}}, {"NAME", {"仪器部"}}}},
        {"invite create", {{"--user", {"ben"}}}},
        {"device list", nothing},
        {"device approve", code(m.pending_device)},
        {"device revoke", code(m.active_device)},
        {"device show", code(m.active_device)},
        {"device suspend", code(m.active_device)},
        {"device resume", code(m.suspended_device)},
        {"device lost", code(m.active_device)},
        {"device wipe", code(m.active_device)},
        {"device recover", {{"CODE", {m.active_device}}, {"FOLDER", {folder}}}},
        {"device ledger", code(m.active_device)},
        {"held list", nothing},
        {"held show", number(m.held)},
        {"held admit", number(m.held)},
        {"held dismiss", reason},
        {"job list", nothing},
        {"job run", {{"NAME", {"expire_grants"}}}},
        {"config show", nothing},
        {"config set", {{"KEY", {"offline.max_days"}}, {"VALUE", {"6"}}}},
        {"key show", nothing},
        {"key rotate", nothing},
        {"key retire", nothing},
        {"session list", nothing},
        {"session show", number(m.session)},
        {"late", nothing},
        {"customer show", customer},
        {"customer list", nothing},
        {"customer history", customer},
        {"customer transfer", {{"CUSTOMER", {m.customer}}, {"--to", {"ben"}}}},
        {"customer entrust", {{"CUSTOMER", {m.customer}}, {"--to", {"ben"}}}},
        {"customer card", {{"CUSTOMER", {m.customer}}}},
        {"customer edit", {{"CUSTOMER", {m.customer}}, {"--set", {"传真=0571-88990012"}}}},
        {"customer post", {{"CUSTOMER", {m.unposted}}}},
        {"customer erase", {{"CUSTOMER", {m.customer}}, {"--reason", {"客户书面要求"}}}},
        {"contact erase",
         {{"CUSTOMER", {m.customer}}, {"CONTACT", {m.removed}}, {"--reason", {"本人书面要求"}}}},
        {"erased list", nothing},
        {"erased apply", {{"FILE", {register_of_one(folder)}}, {"--reason", {"恢复后再抹除"}}}},
        {"removed list", customer},
        {"removed restore", {{"ID", {m.removed}}, {"--reason", {"误删"}}}},
        {"attach list", customer},
        {"attach add", {{"DOCUMENT", {letter_of(folder)}}, {"--customer", {m.customer}}}},
        {"attach get", {{"ID", {m.attachment}}, {"FILE", {"content"}}}},
        {"attach current", {{"ID", {m.attachment}}}},
        {"grant add", {{"--user", {"cai"}}, {"--customer", {m.customer}}}},
        {"grant revoke", {{"GRANT", {m.grant}}}},
        {"grant list", nothing},
        {"access explain", {{"--user", {"ann"}}, {"--customer", {m.customer}}}},
        {"access as-of", {{"DATE", {"2026-03-02"}}, {"--user", {"ann"}}}},
        {"secrecy residue", nothing},
        {"usage show", nothing},
        {"usage unused", nothing},
        {"case list", nothing},
        {"case show", number(m.open_case)},
        {"case rule", {{"NUMBER", {m.open_case}}, {"--take", {"1"}}}},
        {"case undo", number(m.ruled_case)},
        {"case batch", {{"--rule", {"current"}}, {"--dry-run", {""}}}},
        {"proposal list", nothing},
        {"proposal show", number(m.proposal)},
        {"proposal accept", number(m.proposal)},
        {"proposal refuse", number(m.proposal)},
        {"dup scan", nothing},
        {"dup list", nothing},
        {"dup show", number(m.pair)},
        {"dup propose", number(m.pair)},
        {"dup not-dup", number(m.pair)},
        {"dup related", number(m.pair)},
        {"dup merge", {{"ABSORBED", {m.twin}}, {"SURVIVOR", {m.customer}}}},
        {"dup unmerge", number(m.merge)},
        {"dup merges", nothing},
        {"task finish", {{"TASK", {"没有的待办"}}}},
        {"task cancel", {{"TASK", {"没有的待办"}}}},
        {"doc-request fulfil", {{"DOC_REQUEST", {"没有的催办单"}}}},
        {"doc-request withdraw", {{"DOC_REQUEST", {"没有的催办单"}}, {"--reason", {"不再需要"}}}},
        {"import", {{"FILE", {table_of_one(folder)}}}},
        {"export", {{"KIND", {"customer"}}, {"FILE", {folder + "/out.csv"}}}},
        {"report list", nothing},
        {"report run", {{"CODE", {"RP-14"}}}},
        {"audit list", nothing},
        {"audit verify", nothing},
        {"audit anchor", nothing},
        {"clock show", nothing},
        {"clock accept", {{"--reason", {"时钟已校准"}}}},
    };
}

}  // namespace dossier::test
