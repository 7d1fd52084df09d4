// RP-17: how files are used, and which nobody uses.
#include "server/reading/usage.hpp"

#include <algorithm>
#include <array>

#include "common/action/answer.hpp"
#include "common/base/told.hpp"

#include "server/actions/ledger.hpp"
#include "server/actions/names.hpp"
#include "server/actions/tables.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

inline constexpr Fault kUsageDay{"usage.day",
                                 ErrorCode::Usage,
                                 {"“{}”不是日期", "\"{}\" is no date"},
                                 {"写成 2026-03-01", "write it as 2026-03-01"}};

constexpr std::array kUsage{
    Input{"by",
          "file|department|month",
          {"按档案、部门或月份，默认按档案", "by file, department or month; by default file"}},
    Input{"from", "DATE", {"从哪天，默认本年初", "first day, by default the first of the year"}},
    Input{"to", "DATE", {"到哪天，默认今天", "last day, by default today"}},
};

Result<std::string> day_of(Context& context, std::string_view input, std::string otherwise) {
    if (!context.inputs.has(input)) return otherwise;
    const auto& typed = context.inputs.text(input);
    const auto day = instant_from(typed + " 00:00");
    if (!day) return fail(kUsageDay, typed);
    return office_date(*day);
}

Result<UseAsked> asked_in(Context& context) {
    const auto today = office_date(context.office.now());
    UseAsked asked;
    auto first = day_of(context, "from", today.substr(0, 4) + "-01-01");
    if (!first) return pass(first);
    auto last = day_of(context, "to", today);
    if (!last) return pass(last);
    asked.first_day = std::move(*first);
    asked.last_day = std::move(*last);
    if (!context.inputs.has("by")) return asked;
    constexpr std::array<std::string_view, 3> kWords{"file", "department", "month"};
    const auto at = std::ranges::find(kWords, context.inputs.text("by"));
    if (at == kWords.end()) return fail(action::kWrongUsage, named_input("by"));
    asked.by = static_cast<UseBy>(at - kWords.begin());
    return asked;
}

std::string name_of(Context& context, const UseRow& row) {
    if (!row.month.empty()) return row.month;
    if (row.of.is_none()) return say(context, {"未定部门", "no department"});
    return title_of(context.office, context.asker(), row.of);
}

Result<int> usage(Context& context) {
    const auto asked = asked_in(context);
    if (!asked) return tl::unexpected(asked.error());
    const auto rows = use_of_files(context.office, context.asker(), *asked, context.place.give_way);
    if (!rows) return tl::unexpected(rows.error());
    action::Table table({say(context, {"对象", "What"}), say(context, {"查阅次数", "Views"}),
                         say(context, {"人数", "People"}), say(context, {"授权", "Grants"}),
                         say(context, {"档案数", "Files"})});
    auto list = action::Json::array();
    for (const UseRow& row : *rows) {
        table.row({name_of(context, row), std::to_string(row.views), std::to_string(row.people),
                   std::to_string(row.grants), std::to_string(row.files)});
        list.push_back({{"of", row.of.is_none() ? row.month : to_text(row.of)},
                        {"name", name_of(context, row)},
                        {"views", row.views},
                        {"people", row.people},
                        {"grants", row.grants},
                        {"files", row.files}});
    }
    context.answer.table(std::move(table));
    context.answer.document(list);
    return 0;
}

Result<int> unused(Context& context) {
    const auto files = unused_files(context.office, context.asker(), context.place.give_way);
    if (!files) return tl::unexpected(files.error());
    action::Table table({say(context, {"十二个月未查阅的档案", "Not read for twelve months"})});
    auto list = action::Json::array();
    for (const RecordId& file : *files) {
        const auto name = title_of(context.office, context.asker(), file);
        table.row({name});
        list.push_back({{"id", to_text(file)}, {"name", name}});
    }
    context.answer.table(std::move(table));
    context.answer.document(list);
    return 0;
}

constexpr std::array kUsageActions{
    Action{"usage show",
           {"档案利用统计（RP-17）", "how files are used (RP-17)"},
           "dossierd usage show --by month --as hanm",
           kUsage,
           Actor::Named,
           Runs::InUnit,
           usage,
           Does::Reads},
    Action{"usage unused",
           {"十二个月无人查阅的档案", "files nobody has read for twelve months"},
           "dossierd usage unused --as hanm",
           {},
           Actor::Named,
           Runs::InUnit,
           unused,
           Does::Reads},
};

}  // namespace

std::span<const Action> usage_actions() {
    return kUsageActions;
}

}  // namespace dossier::server
