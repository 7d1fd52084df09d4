// `dossierd import`: a table of records, CSV or XLSX.
#include "common/cli/import_report.hpp"
#include "common/cli/import_source.hpp"
#include "common/sheet/faults.hpp"

#include "server/actions/file_place.hpp"
#include "server/actions/files.hpp"
#include "server/actions/import_rows.hpp"

namespace dossier::server {
namespace {

struct Plan {
    const catalog::Kind* kind = nullptr;
    sheet::Opened opened;
    std::vector<sheet::RowReport> remarks;  ///< on the file
    sheet::Options options;
    bool dry_run = false;
};

Result<Plan> planned(Context& context) {
    const auto& inputs = context.inputs;
    auto kind = kind_asked(context);
    if (!kind) return pass(kind);
    sheet::Rules rules;
    if (inputs.has("map")) {
        auto read = sheet::read_rules(context.file(inputs.text("map")));
        if (!read) return pass(read);
        rules = std::move(*read);
    }
    const auto path = context.file(inputs.text("file"));
    auto opened = cli::open_source(
        path, **kind, std::move(rules),
        {.encoding = inputs.text("encoding"),
         .sheet = inputs.text("sheet"),
         .header_row = inputs.text("header-row"),
         .skip = inputs.all("skip"),
         .layout = inputs.has("form") ? sheet::Layout::Form : sheet::Layout::List});
    if (!opened) return pass(opened);
    Plan plan{.kind = *kind, .opened = std::move(*opened)};
    plan.remarks = cli::remarks_on(plan.opened);
    plan.options = {.update = inputs.has("update"),
                    .clear_with = inputs.text("clear-with"),
                    .reason = path.substr(path.rfind('/') + 1)};
    plan.dry_run = inputs.has("dry-run");
    return plan;
}

action::Json tally_document(Context& context,
                            const Plan& plan,
                            const ImportTally& tally,
                            const cli::RowNotes& notes) {
    action::Json document{{"dry_run", plan.dry_run},
                          {"new", tally.counts.fresh},
                          {"batch", tally.batch},
                          {"changed", tally.counts.changed},
                          {"duplicate", tally.counts.duplicate},
                          {"refused", tally.counts.refused},
                          {"partly", tally.counts.partly},
                          {"complete", !tally.counts.cut_short && !tally.stopped},
                          {"last_row", tally.last_row},
                          {"ignored_columns", plan.opened.mapping.ignored},
                          {"source", cli::source_document(plan.opened)},
                          {"notes", cli::rows_document(plan.remarks, context.lang())},
                          {"rows", cli::rows_document(notes.kept(), context.lang())},
                          {"rows_left_out", notes.left_out()}};
    return document;
}

/// How far it came, where that is not the end of the file.
void tell_progress(action::Answer& answer, const ImportTally& tally, const cli::RowNotes& notes) {
    if (tally.earlier_row > 0)
        answer.note({"此文件上次导入到第 {} 行时中断，已有的行没有重复写入",
                     "this file was cut at row {} last time; rows that are there were not doubled"},
                    {std::to_string(tally.earlier_row)});
    cli::note_rows(answer, notes.kept());
    if (notes.left_out() > 0)
        answer.note({"另有 {} 行只在 {in:report} 里", "{} more rows are in {in:report} only"},
                    {std::to_string(notes.left_out())});
    if (tally.stopped)
        answer.note({"导入在第 {} 行后停止；再次导入同一文件即可继续，不会重复写入",
                     "the import stopped after row {}; import the file again to go on, nothing is "
                     "doubled"},
                    {std::to_string(tally.last_row)});
    if (tally.counts.cut_short)
        answer.note({"文件在中途有误，其后的行未读",
                     "the file is broken midway; rows after it were not read"});
}

void print_tally(Context& context, const Plan& plan, const ImportTally& tally, std::int64_t ms) {
    auto& answer = context.answer;
    const Text heading = plan.dry_run
                             ? Text{"试运行，未写入任何内容：", "dry run, nothing was written: "}
                             : Text{"已导入：", "imported: "};
    if (tally.counts.partly > 0)
        answer.note(
            {"{} 处不导入，已列出；所在行的其余部分照常导入",
             "{} cells or contacts are left out and listed; the rest of their rows is taken"},
            {std::to_string(tally.counts.partly)});
    answer.line({"{}新增 {}，更新 {}，重复 {}，未接受 {}；用时 {} 秒",
                 "{}{} new, {} changed, {} duplicate, {} refused; {} s"},
                {std::string(answer.in(heading)), std::to_string(tally.counts.fresh),
                 std::to_string(tally.counts.changed), std::to_string(tally.counts.duplicate),
                 std::to_string(tally.counts.refused),
                 std::to_string(ms / 1000) + "." + std::to_string(ms % 1000 / 100)});
}

/// What becomes of the new files.
void tell_batch(Context& context, const ImportTally& tally, bool are_files, bool dry_run) {
    auto& answer = context.answer;
    if (tally.batch_refused)
        answer.note({"批次没有送审：{}", "the batch was not put to approval: {}"},
                    {describe(*tally.batch_refused, context.lang())});
    if (!tally.batch.empty())
        answer.note({"批次“{}”已送客户服务部经理审批，批准后入库",
                     "the batch \"{}\" waits for the service manager; its files are posted once he "
                     "signed"},
                    {tally.batch});
    const bool are_drafts = are_files && tally.batch.empty() && tally.counts.fresh > 0;
    if (are_drafts && !dry_run)
        answer.note({"新档案是草稿；带 {in:batch} 导入的作为一个批次送审入库",
                     "the new files are drafts; with {in:batch} they are put to approval as one"});
}

}  // namespace

Result<int> import_file(Context& context) {
    const FilePlace alone(context.place.import_place);
    auto plan = planned(context);
    if (!plan) return pass(plan);
    cli::note_rows(context.answer, plan->remarks);
    const auto report =
        context.inputs.has("report") ? context.file(context.inputs.text("report")) : std::string();
    auto notes = cli::RowNotes::open(report, context.lang());
    if (!notes) return pass(notes);
    for (const auto& remark : plan->remarks) {
        if (auto written = notes->remark(remark); !written) return pass(written);
    }
    const Instant start = context.office.now();
    auto tally = import_rows(context,
                             {.path = context.file(context.inputs.text("file")),
                              .source = *plan->opened.source,
                              .mapping = plan->opened.mapping,
                              .options = plan->options,
                              .batch = context.inputs.text("batch"),
                              .dry_run = plan->dry_run},
                             *notes);
    if (!tally) return pass(tally);
    if (auto written = notes->finish(); !written) return pass(written);
    if (!plan->dry_run) context.place.in_unit([&] { context.office.store().tend_lists(); });
    tell_progress(context.answer, *tally, *notes);
    print_tally(context, *plan, *tally, context.office.now().ms - start.ms);
    tell_batch(context, *tally, catalog::is_file(*plan->kind), plan->dry_run);
    context.answer.document(tally_document(context, *plan, *tally, *notes));
    const auto& counts = tally->counts;
    const bool whole =
        counts.refused == 0 && counts.partly == 0 && !counts.cut_short && !tally->stopped;
    return whole ? 0 : exit_code(ErrorCode::Partial);
}

}  // namespace dossier::server
