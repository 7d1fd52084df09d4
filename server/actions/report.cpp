// report list, report run: every report there is, by its row alone. No report is named here.
#include <array>

#include "common/base/told.hpp"
#include "common/report/reports.hpp"

#include "server/actions/ledger.hpp"
#include "server/actions/tables.hpp"
#include "server/reading/find.hpp"
#include "server/reports/run.hpp"

namespace dossier::server {
namespace {

using report::Cell;
using report::Unit;

constexpr std::array<std::string_view, 4> kGrainWords{"day", "month", "quarter", "year"};
constexpr std::array<std::string_view, 9> kUnitWords{"words", "person", "record", "count", "days",
                                                     "date",  "share",  "tenths", "money"};

// ---- list -----------------------------------------------------------------------------------

Result<int> report_list(Context& context) {
    action::Table table({say(context, {"代码", "Code"}), say(context, {"报表", "Report"}),
                         say(context, {"本期", "This period"}), say(context, {"通常", "Usually"}),
                         say(context, {"说明", "What it says"})});
    auto document = action::Json::array();
    const auto today = report::day_of(context.office.now());
    for (const auto* each : reports_for(context.office, context.asker())) {
        const auto period = to_text(report::period_around(today, each->usual));
        const auto usually = report::schedule_words(each->schedule, context.lang());
        table.row({std::string(each->code), say(context, each->label), period, usually,
                   say(context, each->help)});
        document.push_back({{"code", each->code},
                            {"label", say(context, each->label)},
                            {"help", say(context, each->help)},
                            {"period", period},
                            {"grain", kGrainWords[static_cast<std::size_t>(each->usual)]},
                            {"schedule", usually}});
    }
    context.answer.table(std::move(table));
    context.answer.document(std::move(document));
    return 0;
}

// ---- run ------------------------------------------------------------------------------------

constexpr Text kOthers{"其他（无权限）{} 项", "{} others (not among your rights)"};
/// Where there is nothing to divide, or nothing yet.
constexpr std::string_view kNone = "–";

/// With so many digits behind the point.
std::string with_point(std::int64_t number, std::size_t digits) {
    auto text = std::to_string(number < 0 ? -number : number);
    if (text.size() <= digits) text.insert(0, digits + 1 - text.size(), '0');
    text.insert(text.size() - digits, ".");
    return (number < 0 ? "-" : "") + text;
}

std::string number_words(std::int64_t number, Unit unit) {
    if (unit == Unit::Money) return with_point(number, 2);
    if (unit == Unit::Share) return with_point(number, 2) + "%";
    if (unit == Unit::Tenths) return with_point(number, 1);
    return std::to_string(number);
}

/// A cell as people read it, and as data.
struct Told {
    std::string words;
    action::Json data;
};

struct Teller {
    Context& context;
    Unit unit;

    Told operator()(std::monostate) const { return {std::string(kNone), {}}; }
    Told operator()(std::int64_t number) const { return {number_words(number, unit), number}; }
    Told operator()(const Text& text) const { return {say(context, text), say(context, text)}; }
    Told operator()(const std::string& words) const { return {words, words}; }
    Told operator()(Instant at) const { return {office_date(at), office_date(at)}; }
    Told operator()(const UserId& user) const {
        const auto name = person_name(context.office, context.asker(), user);
        return {name, {{"id", to_text(user)}, {"name", name}}};
    }
    Told operator()(const RecordId& record) const {
        const auto title = title_of(context.office, context.asker(), record);
        return {title, {{"id", to_text(record)}, {"title", title}}};
    }
    Told operator()(const report::Others& others) const {
        const std::array args{std::to_string(others.count)};
        return {fill(context.answer.in(kOthers), args), {{"others", others.count}}};
    }
};

action::Json columns_document(Context& context, const report::Section& section) {
    auto columns = action::Json::array();
    for (const auto& column : section.columns)
        columns.push_back({{"key", column.key},
                           {"label", say(context, column.label)},
                           {"unit", kUnitWords[static_cast<std::size_t>(column.unit)]}});
    return columns;
}

action::Json tell_section(Context& context,
                          const report::Section& section,
                          const report::Rows& rows) {
    std::vector<std::string> header;
    for (const auto& column : section.columns) header.push_back(say(context, column.label));
    action::Table table(std::move(header));
    auto list = action::Json::array();
    for (const auto& row : rows) {
        std::vector<std::string> words;
        action::Json document;
        for (std::size_t at = 0; at < row.size(); ++at) {
            const auto& column = section.columns[at];
            auto told = std::visit(Teller{context, column.unit}, row[at]);
            words.push_back(std::move(told.words));
            document[std::string(column.key)] = std::move(told.data);
        }
        table.row(std::move(words));
        list.push_back(std::move(document));
    }
    context.answer.line({"{}（{}）", "{} ({})"},
                        {say(context, section.label), std::to_string(rows.size())});
    context.answer.table(std::move(table));
    return {{"key", section.key},
            {"label", say(context, section.label)},
            {"columns", columns_document(context, section)},
            {"rows", std::move(list)}};
}

/// Errors: report.period, cli.usage, those of find_user.
Status read_inputs(Context& context, ReportAsked& asked) {
    const auto& inputs = context.inputs;
    if (inputs.has("period")) {
        auto period = report::period_from(inputs.text("period"));
        if (!period) return pass(period);
        asked.period = *period;
    }
    if (inputs.has("as-of")) {
        const auto date = civil_date_from(inputs.text("as-of"));
        asked.as_of = date ? report::day_from(*date) : std::nullopt;
        if (!asked.as_of)
            return fail(action::kWrongUsage, named_input("as-of") + " " + inputs.text("as-of"));
    }
    if (!inputs.has("person")) return {};
    auto person = find_user(context.office, inputs.text("person"));
    if (!person) return pass(person);
    asked.person = *person;
    return {};
}

Result<int> report_run(Context& context) {
    const auto found = report::find_report(context.inputs.text("code"));
    if (!found) return tl::unexpected(found.error());
    ReportAsked asked{.report = **found};
    if (auto read = read_inputs(context, asked); !read) return pass(read);
    const auto made = run_report(context.office, context.asker(), asked, context.place.give_way);
    if (!made) return tl::unexpected(made.error());
    const auto& [question, tables] = *made;
    context.answer.line({"{} {}：{}，截至 {}", "{} {}: {}, as things stood at {}"},
                        {std::string(asked.report.code), say(context, asked.report.label),
                         to_text(question.period), office_minute(question.at)});
    auto sections = action::Json::array();
    for (std::size_t at = 0; at < tables.size(); ++at)
        sections.push_back(tell_section(context, asked.report.sections[at], tables[at]));
    context.answer.document({{"report", asked.report.code},
                             {"label", say(context, asked.report.label)},
                             {"period", to_text(question.period)},
                             {"at", iso_utc(question.at)},
                             {"sections", std::move(sections)}});
    return 0;
}

constexpr std::array kRun{
    Input{"CODE",
          "",
          {"代码，见 {do:report.list}", "its code, see {do:report.list}"},
          Give::Required},
    Input{"period",
          "PERIOD",
          {"期间：2026-03、2026Q1、2026；默认本期", "2026-03, 2026Q1 or 2026; the current one"}},
    Input{"as-of", "DATE", {"截至该日 24 时；默认现在", "as things stood at its end; now"}},
    Input{"person", "LOGIN", {"只看此人", "of this person alone"}},
};

constexpr std::array kReportActions{
    Action{"report list",
           {"列出可运行的报表", "list the reports you may run"},
           "dossierd report list --as zhangw",
           {},
           Actor::Named,
           Runs::InUnit,
           report_list,
           Does::Reads},
    Action{"report run",
           {"运行一个报表", "run a report"},
           "dossierd report run RP-14 --period 2026Q1 --as zhangw",
           kRun,
           Actor::Named,
           Runs::InUnit,
           report_run,
           Does::Reads},
};

}  // namespace

std::span<const Action> report_actions() {
    return kReportActions;
}

}  // namespace dossier::server
