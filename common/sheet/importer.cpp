#include "common/sheet/importer.hpp"

#include <unordered_map>

#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/reading.hpp"
#include "common/sheet/faults.hpp"

namespace dossier::sheet {
namespace {

using catalog::Field;

/// The values of one row, by record it goes to.
struct RowValues {
    FieldValues record;
    FieldValues contact;
};

struct Trouble {
    std::string field;
    Error error;
};

class Import {
  public:
    Import(
        const Mapping& mapping, const Options& options, Host& host, crypto::Ids& ids, Instant now)
        : mapping_(mapping), options_(options), host_(host), ids_(ids), now_(now) {}

    RowReport take(const tabular::Row& row) {
        RowReport report{.row = row.number};
        notes_.clear();
        auto values = read(row);
        for (const Trouble& each : notes_) report.notes.push_back({each.field, each.error});
        if (!values) return refuse(report, values.error());
        const auto matches = host_.same(*mapping_.kind, values->record);
        if (matches.size() > 1) {
            std::string names;
            for (const RecordId& id : matches) names += (names.empty() ? "" : " ") + to_text(id);
            return refuse(report,
                          {"", Error{&kSeveralMatches, {std::to_string(matches.size()), names}}});
        }
        if (!matches.empty()) return known(report, matches.front(), *values);
        return fresh(report, *values);
    }

  private:
    static RowReport refuse(RowReport report, Trouble trouble) {
        report.fate = Fate::Refused;
        report.field = std::move(trouble.field);
        report.error = std::move(trouble.error);
        return report;
    }

    tl::expected<void, Trouble> read_cell(const catalog::Kind& kind,
                                          const Field& field,
                                          const std::string& heading,
                                          const std::string& text,
                                          FieldValues& into) {
        if (field.type == catalog::Type::Ref) {
            const auto record = host_.resolve(field, text);
            if (!record)
                return tl::unexpected(Trouble{heading, Error{&kUnknownReference, {heading, text}}});
            assign(into, field.tag, *record);
            return {};
        }
        auto notes = catalog::read_into(kind, field, text, into, now_);
        if (!notes) return tl::unexpected(Trouble{heading, std::move(notes.error())});
        for (Error& note : *notes) notes_.push_back({heading, std::move(note)});
        std::erase_if(into, [](const FieldValue& each) { return is_empty(each.value); });
        return {};
    }

    tl::expected<RowValues, Trouble> read(const tabular::Row& row) {
        RowValues values;
        for (const Column& column : mapping_.columns) {
            const std::string& text = row.cells[column.at];
            if (text.empty()) continue;
            auto& into = column.kind == mapping_.kind ? values.record : values.contact;
            if (auto done = read_cell(*column.kind, *column.field, column.heading, text, into);
                !done)
                return tl::unexpected(std::move(done.error()));
        }
        for (const auto& [field, text] : mapping_.constants) {
            if (find(values.record, field->tag) != nullptr) continue;
            auto done =
                read_cell(*mapping_.kind, *field, std::string(field->name), text, values.record);
            if (!done) return tl::unexpected(std::move(done.error()));
        }
        return values;
    }

    [[nodiscard]] merge::Changeset changeset(std::vector<merge::Op> ops) const {
        return {.reason = options_.reason, .source = "import", .ops = std::move(ops)};
    }

    RowReport fresh(RowReport report, const RowValues& values) {
        report.record = ids_.make<RecordId>();
        std::vector<merge::Op> ops{{.kind = merge::OpKind::Create,
                                    .record_kind = mapping_.kind->tag,
                                    .record = report.record,
                                    .fields = values.record}};
        static constexpr auto& kContactName = catalog::field(catalog::kContact, "name");
        if (find(values.contact, kContactName.tag) != nullptr) {
            FieldValues contact = values.contact;
            assign(contact, catalog::field(catalog::kContact, "customer_id").tag, report.record);
            assign(contact, catalog::field(catalog::kContact, "is_primary").tag, std::int64_t{1});
            ops.push_back({.kind = merge::OpKind::Create,
                           .record_kind = catalog::kContact.tag,
                           .record = ids_.make<RecordId>(),
                           .fields = contact});
        }
        if (auto done = host_.submit(changeset(std::move(ops))); !done)
            return refuse(report, {"", std::move(done.error())});
        return report;
    }

    /// One Set an altered group, with what is there now as base.
    RowReport known(RowReport report, const RecordId& record, const RowValues& values) {
        report.record = record;
        report.fate = Fate::Duplicate;
        if (!options_.update) return report;
        const FieldValues now_held = host_.load(*mapping_.kind, record);
        std::vector<merge::Op> ops;
        for (const auto& [tag, value] : values.record) {
            const Value* held = find(now_held, tag);
            if (held != nullptr && *held == value) continue;
            add_change(ops, record, now_held, values.record, tag);
        }
        if (ops.empty()) return report;
        if (auto done = host_.submit(changeset(std::move(ops))); !done)
            return refuse(report, {"", std::move(done.error())});
        report.fate = Fate::Changed;
        return report;
    }

    void add_change(std::vector<merge::Op>& ops,
                    const RecordId& record,
                    const FieldValues& held,
                    const FieldValues& wanted,
                    std::uint16_t tag) {
        const auto group =
            catalog::group_of(*mapping_.kind, *catalog::find_field(*mapping_.kind, tag));
        merge::Op op{
            .kind = merge::OpKind::Set, .record_kind = mapping_.kind->tag, .record = record};
        for (const Field* member : group) {
            const Value* was = find(held, member->tag);
            const Value* is = find(wanted, member->tag);
            op.base.push_back({member->tag, was == nullptr ? Value{} : *was});
            op.fields.push_back({member->tag, is != nullptr    ? *is
                                              : was == nullptr ? Value{}
                                                               : *was});
        }
        for (const auto& other : ops) {
            if (other.fields.front().tag == op.fields.front().tag)
                return;  // its group is in already
        }
        ops.push_back(std::move(op));
    }

    const Mapping& mapping_;
    const Options& options_;
    Host& host_;
    crypto::Ids& ids_;
    Instant now_;
    std::vector<Trouble> notes_;  ///< of the row that is being read
};

void count(Counts& counts, Fate fate) {
    switch (fate) {
        case Fate::New:
            ++counts.fresh;
            break;
        case Fate::Changed:
            ++counts.changed;
            break;
        case Fate::Duplicate:
            ++counts.duplicate;
            break;
        case Fate::Refused:
            ++counts.refused;
            break;
    }
}

}  // namespace

Counts run_import(tabular::Source& source,
                  const Mapping& mapping,
                  const Options& options,
                  Host& host,
                  crypto::Ids& ids,
                  Instant now,
                  const std::function<void(const RowReport&)>& note) {
    Import import(mapping, options, host, ids, now);
    Counts counts;
    while (auto row = source.next()) {
        RowReport report{.row = source.number(), .fate = Fate::Refused};
        if (*row) {
            report = import.take(**row);
        } else {
            report.error = row->error();
        }
        count(counts, report.fate);
        if (report.fate != Fate::New || !report.notes.empty()) note(report);
    }
    counts.cut_short = source.cut_short();
    return counts;
}

Text fate_text(Fate fate) {
    switch (fate) {
        case Fate::New:
            return {"新增", "new"};
        case Fate::Changed:
            return {"更新", "changed"};
        case Fate::Duplicate:
            return {"重复", "duplicate"};
        default:
            return {"未接受", "refused"};
    }
}

}  // namespace dossier::sheet
