// `dossierd import`: a table of customers, CSV or XLSX, a few hundred rows a unit of work.
#include "common/cli/import_report.hpp"
#include "common/cli/import_source.hpp"
#include "common/sheet/faults.hpp"

#include "server/cli/file_commands.hpp"
#include "server/cli/import_host.hpp"

namespace dossier::server {
namespace {

constexpr std::size_t kRowsAUnit = 500;

/// The next rows of a table, as a table of its own.
class Part final : public tabular::Source {
  public:
    Part(tabular::Source& whole, std::size_t rows)
        : Source(whole.info(), {}, ShortRows::Refused), whole_(whole), left_(rows) {
        add({.number = 0, .cells = whole.header()});
    }
    [[nodiscard]] bool was_last() const { return was_last_; }

  protected:
    void refill() override {
        auto row = left_ == 0 ? std::nullopt : whole_.next();
        was_last_ = was_last_ || (left_ > 0 && !row);
        if (!row) return end();
        --left_;
        if (*row) return add(std::move(**row));
        if (whole_.cut_short()) return cut(whole_.number(), std::move(row->error()));
        add_bad(whole_.number(), std::move(row->error()));
    }

  private:
    tabular::Source& whole_;
    std::size_t left_;
    bool was_last_ = false;
};

/// What an import has done so far.
struct Tally {
    sheet::Counts counts;
    std::size_t posted = 0;
    std::vector<sheet::RowReport> notes;

    void add(const sheet::Counts& more) {
        counts.fresh += more.fresh;
        counts.changed += more.changed;
        counts.duplicate += more.duplicate;
        counts.refused += more.refused;
        counts.partly += more.partly;
        counts.cut_short = counts.cut_short || more.cut_short;
    }
};

struct Plan {
    sheet::Opened opened;
    std::vector<sheet::RowReport> remarks;  ///< on the file
    sheet::Options options;
    bool dry_run = false;
};

Result<Plan> planned(Context& context) {
    const auto& args = context.args;
    auto kind = kind_named(args.has("--kind") ? args.text("--kind") : "customer");
    if (!kind) return pass(kind);
    sheet::Rules rules;
    if (args.has("--map")) {
        auto read = sheet::read_rules(context.file(args.text("--map")));
        if (!read) return pass(read);
        rules = std::move(*read);
    }
    for (const auto& heading : args.all("--skip")) rules.columns[heading] = "";
    const auto path = context.file(args.text("FILE"));
    auto opened = cli::open_source(path, **kind, rules,
                                   {.encoding = args.text("--encoding"),
                                    .sheet = args.text("--sheet"),
                                    .header_row = args.text("--header-row")});
    if (!opened) return pass(opened);
    Plan plan{.opened = std::move(*opened)};
    plan.remarks = cli::remarks_on(plan.opened);
    plan.options = {.update = args.has("--update"),
                    .clear_with = args.text("--clear-with"),
                    .reason = path.substr(path.rfind('/') + 1)};
    plan.dry_run = args.has("--dry-run");
    return plan;
}

void run_part(Context& context, Plan& plan, tabular::Source& rows, ImportHost& host, Tally& tally) {
    tally.add(sheet::run_import(
        rows, plan.opened.mapping, plan.options, host, context.office.ids(), context.office.now(),
        [&](const sheet::RowReport& report) { tally.notes.push_back(report); }));
}

/// All rows in one unit that is undone: the very same way as in earnest.
void rehearse(Context& context, Plan& plan, Tally& tally) {
    context.place.in_unit([&] {
        auto& store = context.office.store();
        store.mark();
        ImportHost host(context);
        run_part(context, plan, *plan.opened.source, host, tally);
        tally.posted = host.posted();
        store.rollback_to_mark();
        context.office.people().forget();
    });
}

void carry_out(Context& context, Plan& plan, Tally& tally) {
    std::unique_ptr<ImportHost> host;
    context.place.in_unit([&] { host = std::make_unique<ImportHost>(context); });
    bool more = true;
    while (more) {
        Part part(*plan.opened.source, kRowsAUnit);
        context.place.in_unit([&] {
            context.office.people().forget();
            run_part(context, plan, part, *host, tally);
        });
        more = !part.was_last() && !tally.counts.cut_short;
    }
    tally.posted = host->posted();
}

cli::Json tally_document(Context& context, const Plan& plan, const Tally& tally) {
    cli::Json document{{"dry_run", plan.dry_run},
                       {"new", tally.counts.fresh},
                       {"posted", tally.posted},
                       {"changed", tally.counts.changed},
                       {"duplicate", tally.counts.duplicate},
                       {"refused", tally.counts.refused},
                       {"partly", tally.counts.partly},
                       {"complete", !tally.counts.cut_short},
                       {"ignored_columns", plan.opened.mapping.ignored},
                       {"source", cli::source_document(plan.opened)},
                       {"notes", cli::rows_document(plan.remarks, context.lang())},
                       {"rows", cli::rows_document(tally.notes, context.lang())}};
    return document;
}

void print_tally(Context& context, const Plan& plan, const Tally& tally, std::int64_t took_ms) {
    auto& console = context.console;
    cli::note_rows(console, tally.notes);
    if (tally.counts.cut_short)
        console.note({"文件在中途有误，其后的行未读",
                      "the file is broken midway; rows after it were not read"});
    const Text heading = plan.dry_run
                             ? Text{"试运行，未写入任何内容：", "dry run, nothing was written: "}
                             : Text{"已导入：", "imported: "};
    if (tally.counts.partly > 0)
        console.note({"{} 处未导入，已列出；其所在的行已导入",
                      "{} cells or contacts were left out and listed; their rows were taken"},
                     {std::to_string(tally.counts.partly)});
    console.line({"{}新增 {}（其中入库 {}），更新 {}，重复 {}，未接受 {}；用时 {} 秒",
                  "{}{} new ({} posted), {} changed, {} duplicate, {} refused; {} s"},
                 {std::string(console.in(heading)), std::to_string(tally.counts.fresh),
                  std::to_string(tally.posted), std::to_string(tally.counts.changed),
                  std::to_string(tally.counts.duplicate), std::to_string(tally.counts.refused),
                  std::to_string(took_ms / 1000) + "." + std::to_string(took_ms % 1000 / 100)});
}

}  // namespace

Result<int> import_file(Context& context) {
    auto plan = planned(context);
    if (!plan) return pass(plan);
    cli::note_rows(context.console, plan->remarks);
    Tally tally;
    const Instant start = context.office.now();
    if (plan->dry_run) {
        rehearse(context, *plan, tally);
    } else {
        carry_out(context, *plan, tally);
    }
    const auto took_ms = context.office.now().ms - start.ms;
    if (context.args.has("--report")) {
        const auto path = context.file(context.args.text("--report"));
        auto lines = plan->remarks;
        lines.insert(lines.end(), tally.notes.begin(), tally.notes.end());
        if (auto written = cli::write_report(path, lines, context.lang()); !written)
            return pass(written);
    }
    print_tally(context, *plan, tally, took_ms);
    context.console.document(tally_document(context, *plan, tally));
    const auto& counts = tally.counts;
    const bool whole = counts.refused == 0 && counts.partly == 0 && !counts.cut_short;
    return whole ? 0 : exit_code(ErrorCode::Partial);
}

}  // namespace dossier::server
