// `dossierd export`: the records of one kind, facet by facet as far as the acting person may both
// see and export them, masked where he sees them masked.
#include <algorithm>
#include <utility>

#include "common/access/faults.hpp"
#include "common/access/matrix.hpp"
#include "common/access/rules.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/describe.hpp"
#include "common/catalog/organisation.hpp"
#include "common/query/words.hpp"
#include "common/sheet/copy_mark.hpp"
#include "common/tabular/writer.hpp"

#include "server/actions/files.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"
#include "server/reading/records.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

constexpr std::size_t kPage = 200;

class Export {
  public:
    Export(Context& context, const query::Query& query, std::string mark)
        : context_(context), query_(query), kind_(*query.kind), mark_(std::move(mark)) {}

    /// Reads one page of records; false after the last. Inside a unit of work.
    bool page() {
        const auto ids = context_.office.store().list(kind_.tag, after_, kPage);
        for (const RecordId& id : ids) {
            after_ = id;
            record(id);
        }
        return !ids.empty();
    }
    /// Writes what was read; outside units of work: a slow disk keeps nobody else waiting.
    Status write(tabular::TableWriter& writer) {
        for (const auto& row : std::exchange(rows_, {})) {
            if (auto done = writer.row(row); !done) return done;
        }
        return {};
    }

    std::size_t written = 0;
    std::size_t left_out = 0;  ///< of the records the acting person may know of
    std::optional<Error> first_refusal;

  private:
    /// What may leave of one facet: Allow, Mask, or why not.
    Result<access::Answer> may_leave(const Place& place,
                                     const FieldValues& values,
                                     Facet facet,
                                     const Sight& sight) {
        const auto& [seen, permitted] = sight;
        if (!permitted) return tl::unexpected(permitted.error());
        // Conflicts and proposals quote the file they are about: they leave only as it may.
        if (place.customer.is_none()) return seen.answer;
        const auto subject = context_.office.people().subject(place, values);
        const auto copied = access::decide(context_.viewer(), access::Operation::Export, subject,
                                           facet, {.now = context_.office.now()});
        if (auto leaves = access::permit(copied, context_.purpose); !leaves) return pass(leaves);
        return seen.answer;
    }

    void record(const RecordId& id) {
        const auto place = context_.office.store().place(id);
        const auto values = context_.office.store().load(kind_.tag, id);
        if (!place || !values || is_gone(*values)) return;
        FieldValues leaving;
        bool leaves = false;
        std::optional<Error> refusal;
        bool is_known = false;
        for (const Facet facet : catalog::facets_of(kind_)) {
            const auto sight = sight_of(context_.office, context_.asker(), *place, *values, facet);
            is_known = is_known || sight.decision.answer != access::Answer::Deny;
            const auto answer = may_leave(*place, *values, facet, sight);
            if (!answer) {
                if (!refusal) refusal = answer.error();
                continue;
            }
            leaves = true;
            add(leaving, *values, facet, *answer);
        }
        // What he may not even look up is not there: neither counted nor a reason.
        if (!is_known) return;
        // Judged by what leaves: a hidden value is found by nobody.
        if (!query_.where.empty() && !query::matches(query_, leaving)) return;
        if (refusal && !first_refusal) first_refusal = std::move(refusal);
        ++(leaves ? written : left_out);
        if (leaves) row(leaving);
    }

    void add(FieldValues& leaving, const FieldValues& values, Facet facet, access::Answer answer) {
        for (auto& [tag, value] : catalog::facet_values(kind_, facet, values)) {
            const auto& of = *catalog::find_field(kind_, tag);
            assign(leaving, tag,
                   answer == access::Answer::Mask ? catalog::masked(of, value) : value);
        }
    }

    void row(const FieldValues& values) {
        std::vector<std::string> cells;
        for (const catalog::Field& of : kind_.fields) {
            const Value* value = find(values, of.tag);
            cells.push_back(value == nullptr || is_empty(*value)
                                ? std::string()
                                : cli::shown(of, *value, context_.lang(), titles(context_)));
        }
        cells.push_back(mark_);
        rows_.push_back(std::move(cells));
    }

    Context& context_;
    const query::Query& query_;
    const catalog::Kind& kind_;
    RecordId after_;
    std::string mark_;  ///< on every line
    std::vector<std::vector<std::string>> rows_;
};

std::vector<tabular::Column> columns_of(const catalog::Kind& kind, Lang lang) {
    std::vector<tabular::Column> columns;
    for (const catalog::Field& of : kind.fields) {
        const bool is_number = of.type == catalog::Type::Int;
        columns.push_back({std::string(of.label.in(lang)),
                           is_number ? tabular::CellType::Number : tabular::CellType::Text});
    }
    columns.push_back({std::string(sheet::kCopyMark.in(lang))});
    return columns;
}

std::string mark_of(Context& context) {
    std::string by;
    context.place.in_unit([&] {
        const auto user =
            context.office.store().load(catalog::kUser.tag, context.actor.as<RecordTag>());
        if (user)
            by = text_in(*user, catalog::kUser, "name") + " " +
                 text_in(*user, catalog::kUser, "employee_no");
    });
    return sheet::copy_mark(
        {.by = by, .place = {}, .at = context.office.now(), .purpose = context.purpose},
        context.lang());
}

/// Whether any file could ever leave by this person. Who may export nothing is told so whatever
/// files there are, and even when there are none.
bool exports_files(const access::Viewer& viewer) {
    return !viewer.grants.empty() ||
           std::any_of(viewer.roles.begin(), viewer.roles.end(), [](const access::Held& held) {
               return access::cell_of(held.role, access::Operation::Export) != access::Cell::No;
           });
}

/// Errors: those of query::filters_from.
Status read_filters(Context& context, query::Query& query) {
    const auto& typed = context.inputs.all("where");
    if (typed.empty()) return {};
    Status done;
    context.place.in_unit([&] {
        auto where = query::filters_from(
            *query.kind, typed, [&](const catalog::Field& field, std::string_view text) {
                return read_reference(context.office, context.asker(), field, text);
            });
        if (where) query.where = std::move(*where);
        if (!where) done = tl::unexpected(where.error());
    });
    return done;
}

}  // namespace

Result<int> export_file(Context& context) {
    const auto kind = kind_asked(context);
    if (!kind) return tl::unexpected(kind.error());
    query::Query query{.kind = *kind};
    if (auto read = read_filters(context, query); !read) return pass(read);
    if ((*kind)->belongs == catalog::Belongs::Customer) {
        bool may = false;
        context.place.in_unit([&] {
            context.office.people().forget();
            may = exports_files(context.viewer());
            if (!may)
                note_read(context.office, context.asker(), "export", {(*kind)->tag, {}, {}}, false);
        });
        if (!may) return fail(access::kFaultDenied);
    }
    const auto path = context.file(context.inputs.text("file"));
    auto writer = tabular::create_table(path, columns_of(**kind, context.lang()));
    if (!writer) return pass(writer);
    Export out(context, query, mark_of(context));
    for (bool more = true; more && context.place.is_wanted();) {
        context.place.in_unit([&] {
            context.office.people().forget();
            more = out.page();
        });
        if (auto written = out.write(**writer); !written) return pass(written);
    }
    context.place.in_unit([&] {
        note_read(context.office, context.asker(), "export", {(*kind)->tag, {}, {}},
                  out.written > 0);
    });
    if (out.written == 0 && out.first_refusal) return tl::unexpected(*out.first_refusal);
    if (auto finished = (*writer)->finish(); !finished) return pass(finished);
    if (out.first_refusal)
        context.answer.note(
            {"无权导出的部分已略去（整条略去 {} 条）：{}",
             "parts that may not be exported were left out ({} whole records): {}"},
            {std::to_string(out.left_out), catalog::describe(*out.first_refusal, context.lang())});
    context.answer.line({"已导出 {} 条到 {}", "{} records were written to {}"},
                        {std::to_string(out.written), path});
    context.answer.document({{"file", path}, {"written", out.written}, {"left_out", out.left_out}});
    return out.left_out == 0 ? 0 : exit_code(ErrorCode::Partial);
}

}  // namespace dossier::server
