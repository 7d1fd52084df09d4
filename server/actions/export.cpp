// `dossierd export`: the records of one kind, facet by facet as far as the acting person may both
// see and export them, masked where he sees them masked.
#include "common/catalog/canonical.hpp"
#include "common/catalog/describe.hpp"
#include "common/query/words.hpp"
#include "common/sheet/copy_mark.hpp"
#include "common/sheet/form.hpp"
#include "common/tabular/turned.hpp"
#include "common/tabular/writer.hpp"

#include "server/actions/files.hpp"
#include "server/actions/view.hpp"
#include "server/reading/copies.hpp"
#include "server/reading/records.hpp"

namespace dossier::server {
namespace {

using Fields = std::vector<const catalog::Field*>;

/// What is written of each record.
Fields fields_of(const catalog::Kind& kind, bool as_form) {
    if (as_form) return sheet::form_fields(kind);
    Fields all;
    for (const catalog::Field& of : kind.fields) all.push_back(&of);
    return all;
}

std::vector<std::string> cells_of(Context& context,
                                  const Fields& fields,
                                  const FieldValues& values,
                                  const std::string& mark) {
    std::vector<std::string> cells;
    for (const catalog::Field* of : fields) {
        const Value* value = find(values, of->tag);
        cells.push_back(value == nullptr || is_empty(*value)
                            ? std::string()
                            : cli::shown(*of, *value, context.lang(), titles(context)));
    }
    cells.push_back(mark);  // on every line
    return cells;
}

/// Pages are read inside units of work and written outside them: a slow disk keeps nobody waiting.
Status write_all(Context& context,
                 const Fields& fields,
                 Copies& copies,
                 const std::string& mark,
                 tabular::TableWriter& writer) {
    for (bool more = true; more && context.place.is_wanted();) {
        std::vector<std::vector<std::string>> rows;
        context.place.in_unit([&] {
            context.office.people().forget();
            const auto page = copies.page();
            more = page.has_value();
            if (!page) return;
            for (const FieldValues& values : *page)
                rows.push_back(cells_of(context, fields, values, mark));
        });
        for (const auto& row : rows) {
            if (auto written = writer.row(row); !written) return written;
        }
    }
    return {};
}

std::vector<tabular::Column> columns_of(const Fields& fields, Lang lang) {
    auto columns = sheet::columns_of(fields, lang);
    columns.push_back({std::string(sheet::kCopyMark.in(lang))});
    return columns;
}

/// Nothing of any record: who may name the kind may have it.
Result<int> blank_form(Context& context, const catalog::Kind& kind) {
    const auto path = context.file(context.inputs.text("file"));
    if (auto written = sheet::write_blank_form(path, kind, context.lang()); !written)
        return pass(written);
    context.answer.line({"空白表单已写到 {}", "the blank form was written to {}"}, {path});
    context.answer.document({{"file", path}, {"written", 0}, {"left_out", 0}});
    return 0;
}

std::string mark_of(Context& context) {
    std::string mark;
    context.place.in_unit([&] { mark = copy_mark(context); });
    return mark;
}

/// Errors: those of query::filters_from.
Status read_filters(Context& context, query::Query& query) {
    const auto& typed = context.inputs.all("where");
    if (typed.empty()) return {};
    Status done;
    context.place.in_unit([&] {
        auto where = query::filters_from(
            *query.kind, typed,
            [&](const catalog::Field& field, std::string_view text) {
                return read_reference(context.office, context.asker(), field, text);
            },
            context.office.now());
        if (where) query.where = std::move(*where);
        if (!where) done = tl::unexpected(where.error());
    });
    return done;
}

}  // namespace

Result<int> export_file(Context& context) {
    const auto kind = kind_asked(context);
    if (!kind) return tl::unexpected(kind.error());
    if (context.inputs.has("blank")) return blank_form(context, **kind);
    query::Query query{.kind = *kind};
    if (auto read = read_filters(context, query); !read) return pass(read);
    Status may;
    context.place.in_unit([&] {
        context.office.people().forget();
        may = may_copy(context.office, context.asker(), **kind);
    });
    if (!may) return pass(may);
    const auto path = context.file(context.inputs.text("file"));
    const bool as_form = context.inputs.has("form");
    const auto fields = fields_of(**kind, as_form);
    auto columns = columns_of(fields, context.lang());
    auto writer = as_form ? tabular::create_turned(path, std::move(columns), context.lang())
                          : tabular::create_table(path, std::move(columns));
    if (!writer) return pass(writer);
    Copies copies(context.office, context.asker(), query);
    const auto written = write_all(context, fields, copies, mark_of(context), **writer);
    Status given;
    // Also of a copy that the disk cut short: what was written is out.
    context.place.in_unit([&] { given = copies.conclude(); });
    if (!written) return tl::unexpected(written.error());
    if (!given) return pass(given);
    if (auto finished = (*writer)->finish(); !finished) return pass(finished);
    if (copies.first_refusal())
        context.answer.note({"无权导出的部分已略去（整条略去 {} 条）：{}",
                             "parts that may not be exported were left out ({} whole records): {}"},
                            {std::to_string(copies.left_out()),
                             catalog::describe(*copies.first_refusal(), context.lang())});
    context.answer.line({"已导出 {} 条到 {}", "{} records were written to {}"},
                        {std::to_string(copies.given()), path});
    context.answer.document(
        {{"file", path}, {"written", copies.given()}, {"left_out", copies.left_out()}});
    return copies.left_out() == 0 ? 0 : exit_code(ErrorCode::Partial);
}

}  // namespace dossier::server
