#include "common/sheet/importer.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/doubt.hpp"
#include "common/merge/derived_id.hpp"
#include "common/merge/overlay.hpp"
#include "common/sheet/faults.hpp"
#include "common/sheet/matched.hpp"
#include "common/sheet/row_values.hpp"

namespace dossier::sheet {
namespace {

using catalog::field;
using catalog::kContact;
using catalog::Kind;

class Import {
  public:
    Import(const Mapping& mapping,
           const Options& options,
           Host& host,
           crypto::Ids& ids,
           Instant now,
           const std::function<void(const RowReport&)>& note)
        : mapping_(mapping),
          options_(options),
          host_(host),
          ids_(ids),
          note_(note),
          reader_(mapping, options.clear_with, host, now),
          family_(host) {}

    Counts run(tabular::Source& source) {
        while (auto row = source.next()) {
            report_ = {.row = source.number(), .fate = Fate::Refused};
            if (*row) {
                take(reader_.read(**row));
            } else {
                report_.error = row->error();
            }
            tell();
        }
        counts_.cut_short = source.cut_short();
        return counts_;
    }

  private:
    const Kind& kind() const { return *mapping_.kind; }

    void take(RowValues values) {
        told_ = std::move(values.told);
        left_ = std::move(values.left);
        blank_ = std::move(values.blank);
        ops_.clear();
        if (values.refused) return refuse(std::move(*values.refused));
        const auto match = matched(values.record.values);
        if (!match.one && match.unclear.size() > 1)
            return refuse(
                {"", Error{&kSeveralMatches,
                           {std::to_string(match.unclear.size()), called(kind(), match.unclear)}}});
        if (!match.one && !match.unclear.empty())
            return refuse(
                {"", Error{&kUnclearMatch,
                           {called(kind(), values.record.values), called(kind(), match.unclear)}}});
        if (match.one) {
            take_known(*match.one, values);
        } else {
            take_fresh(values);
        }
    }

    Match matched(const FieldValues& values) {
        const auto* parent = catalog::find_field(kind(), kind().parent);
        const Value* above = parent == nullptr ? nullptr : find(values, parent->tag);
        if (above != nullptr)
            return match_among(kind(), values, family_.of(kind(), as_record(*above)));
        std::vector<Known> known;
        for (const RecordId& id : host_.candidates(kind(), values))
            known.push_back({id, host_.load(kind(), id)});
        auto match = match_among(kind(), values, known);
        tell_same_doubtful(values, known, match);
        return match;
    }

    /// A code whose check fails makes no two records one, but a person should see who has it, too.
    void tell_same_doubtful(const FieldValues& values,
                            const std::vector<Known>& known,
                            const Match& match) {
        for (const auto& [tag, value] : values) {
            const auto& of = *catalog::find_field(kind(), tag);
            if (!of.unique || !catalog::doubt(of, value)) continue;
            std::vector<Known> others;
            for (const Known& each : known) {
                const Value* theirs = find(each.values, tag);
                const bool same = theirs != nullptr && *theirs == value;
                if (same && !(match.one && match.one->id == each.id)) others.push_back(each);
            }
            if (others.empty()) continue;
            told_.push_back(
                {std::string(of.label.zh),
                 Error{&kSameDoubtful,
                       {std::string(of.label.zh), *as_text(value), called(kind(), others)}}});
        }
    }

    void refuse(Trouble trouble) {
        report_.fate = Fate::Refused;
        report_.field = std::move(trouble.field);
        report_.error = std::move(trouble.error);
        // A row that is refused is named whole.
        told_.clear();
        left_.clear();
        blank_.clear();
    }

    void leave(std::string column, Error error) {
        left_.push_back({std::move(column), std::move(error)});
    }

    void create(const Kind& of, const RecordId& id, FieldValues fields) {
        merge::Op op{.kind = merge::OpKind::Create,
                     .record_kind = of.tag,
                     .record = id,
                     .fields = std::move(fields)};
        const merge::Op said = op;
        std::erase_if(op.fields, [&](const FieldValue& each) { return !is_taken(said, each.tag); });
        ops_.push_back(std::move(op));
    }

    /// Whether the door takes this field of his; its cell is left out and named where not.
    bool is_taken(const merge::Op& op, std::uint16_t tag) {
        const Kind& of = *catalog::find_kind(op.record_kind);
        const auto* field = catalog::find_field(of, tag);
        auto may = host_.may_say(op, *field);
        if (!may) leave(heading_of(of, *field), std::move(may.error()));
        return may.has_value();
    }

    [[nodiscard]] std::string heading_of(const Kind& of, const catalog::Field& field) const {
        const auto column = std::find_if(
            mapping_.columns.begin(), mapping_.columns.end(),
            [&](const auto& each) { return each.kind == &of && each.field == &field; });
        return column == mapping_.columns.end() ? std::string(field.label.zh) : column->heading;
    }

    /// Without the groups the door takes from nobody like him, whose cells are named.
    std::vector<merge::Op> takable(std::vector<merge::Op> sets) {
        std::erase_if(sets, [&](const merge::Op& set) {
            bool taken = true;
            for (std::size_t at = 0; at < set.fields.size(); ++at) {
                const bool changes = set.fields[at] != set.base[at];
                if (changes && !is_taken(set, set.fields[at].tag)) taken = false;
            }
            return !taken;
        });
        return sets;
    }

    void take_fresh(const RowValues& values) {
        report_.fate = Fate::New;
        report_.record = merge::id_of_new(
            kind(), values.record.values, ids_,
            [&](const Kind& of, const RecordId& id) { return host_.load(of, id); });
        create(kind(), report_.record, values.record.values);
        bool first = true;
        for (std::size_t at = 0; at < values.contacts.size(); ++at) {
            if (values.contacts[at].values.empty()) continue;
            if (add_contact(report_.record, values.contacts[at].values, at, first)) first = false;
        }
        submit();
    }

    void take_known(const Known& held, const RowValues& values) {
        report_.record = held.id;
        const bool made = host_.was_made(held.id);
        const auto& [given, cleared] = values.record;
        const auto left = take_sets(takable(changes(kind(), held, given, cleared)), given, made);
        // What this file made is called as the file calls it: a dry run has no number for it.
        const auto name = called(kind(), made ? given : held.values);
        for (std::size_t at = 0; at < values.contacts.size(); ++at) {
            if (!values.contacts[at].is_nothing()) take_contact(held.id, values.contacts[at], at);
        }
        if (ops_.empty()) {
            report_.fate = Fate::Duplicate;
            report_.error =
                left.empty() ? Error{&kHeld, {name}} : Error{&kHeldOtherwise, {name, labels(left)}};
            return;
        }
        report_.fate = Fate::Changed;
        if (!left.empty()) leave("", Error{&kHeldOtherwise, {name, labels(left)}});
        submit();
    }

    /// Takes what the row may change: everything on update; of a record this file made what it
    /// lacks; else nothing. Gives what is left, so that all of it is named.
    std::vector<merge::Op> take_sets(std::vector<merge::Op> sets,
                                     const FieldValues& given,
                                     bool made) {
        std::vector<merge::Op> left;
        for (auto& set : sets) {
            const bool may = options_.update || (made && fills_gap(set, given));
            (may ? ops_ : left).push_back(std::move(set));
        }
        return left;
    }

    /// A contact of a row whose customer is there.
    void take_contact(const RecordId& customer, const Said& contact, std::size_t at) {
        const auto& [given, cleared] = contact;
        auto match = match_among(kContact, given, family_.of(kContact, customer));
        const auto name = called(kContact, given);
        const auto heading = heading_of_contact(mapping_, at);
        const bool made = host_.was_made(customer);
        if (match.one) {
            const auto left =
                take_sets(takable(changes(kContact, *match.one, given, cleared)), given, made);
            if (!left.empty())
                leave(name,
                      Error{&kHeldOtherwise, {called(kContact, match.one->values), labels(left)}});
        } else if (!match.unclear.empty()) {
            leave(heading, Error{&kContactUnclear, {name, called(kContact, match.unclear)}});
        } else if (!options_.update && !made) {
            leave(heading, Error{&kContactLeft, {said(given)}});
        } else {
            add_contact(customer, given, at, false);
        }
    }

    /// Whether it could be added.
    bool add_contact(const RecordId& customer, FieldValues contact, std::size_t at, bool first) {
        if (find(contact, field(kContact, "name").tag) == nullptr) {
            leave(heading_of_contact(mapping_, at), Error{&kNamelessContact, {said(contact)}});
            return false;
        }
        assign(contact, field(kContact, "customer_id").tag, customer);
        if (first) assign(contact, field(kContact, "is_primary").tag, std::int64_t{1});
        create(kContact, ids_.make<RecordId>(), std::move(contact));
        return true;
    }

    void submit() {
        const auto ops = ops_;
        if (auto done = host_.submit(
                {.reason = options_.reason, .source = "import", .ops = std::move(ops_)});
            !done) {
            family_.forget();
            return refuse({"", std::move(done.error())});
        }
        for (const auto& op : ops) remember(op);
    }

    void remember(const merge::Op& op) {
        if (op.kind == merge::OpKind::Create) host_.made(op.record);
        const Kind& of = *catalog::find_kind(op.record_kind);
        const auto* parent = catalog::find_field(of, of.parent);
        const Value* above = parent == nullptr ? nullptr : find(op.fields, parent->tag);
        if (op.kind == merge::OpKind::Create && above != nullptr) {
            family_.put(of, as_record(*above), op.record, op.fields);
        } else if (op.kind == merge::OpKind::Set) {
            family_.forget();
        }
    }

    std::string labels(const std::vector<merge::Op>& sets) const {
        std::string names;
        for (const auto& op : sets) {
            const Kind& of = *catalog::find_kind(op.record_kind);
            for (std::size_t at = 0; at < op.fields.size(); ++at) {
                if (op.fields[at] == op.base[at]) continue;
                names += (names.empty() ? "" : "、") +
                         std::string(catalog::find_field(of, op.fields[at].tag)->label.zh);
            }
        }
        return names;
    }

    /// Everything the row says of its contact, so that nothing of it is lost unsaid.
    static std::string said(const FieldValues& contact) {
        std::string words;
        for (const auto& [tag, value] : contact) {
            const auto& of = *catalog::find_field(kContact, tag);
            words += (words.empty() ? "" : " ") + catalog::display(of, value, Lang::Zh);
        }
        return words;
    }

    void tell() {
        switch (report_.fate) {
            case Fate::New:
                ++counts_.fresh;
                break;
            case Fate::Changed:
                ++counts_.changed;
                break;
            case Fate::Duplicate:
                ++counts_.duplicate;
                break;
            default:
                ++counts_.refused;
                break;
        }
        if (report_.fate != Fate::New) note_(report_);
        for (auto& [column, error] : told_)
            note_({report_.row, Fate::Told, std::move(column), std::move(error), report_.record});
        told_.clear();
        for (auto& [column, error] : blank_) {
            if (host_.is_new_word(column + '\n' + error.args.back()))
                note_(
                    {report_.row, Fate::Told, std::move(column), std::move(error), report_.record});
        }
        blank_.clear();
        counts_.partly += left_.size();
        for (auto& [column, error] : left_)
            note_({report_.row, Fate::Partly, std::move(column), std::move(error), report_.record});
        left_.clear();
    }

    const Mapping& mapping_;
    const Options& options_;
    Host& host_;
    crypto::Ids& ids_;
    const std::function<void(const RowReport&)>& note_;
    RowReader reader_;
    Family family_;
    Counts counts_;
    RowReport report_;
    std::vector<merge::Op> ops_;
    std::vector<Trouble> told_;
    std::vector<Trouble> left_;
    std::vector<Trouble> blank_;
};

}  // namespace

Counts run_import(tabular::Source& source,
                  const Mapping& mapping,
                  const Options& options,
                  Host& host,
                  crypto::Ids& ids,
                  Instant now,
                  const std::function<void(const RowReport&)>& note) {
    return Import(mapping, options, host, ids, now, note).run(source);
}

Text fate_text(Fate fate) {
    switch (fate) {
        case Fate::New:
            return {"新增", "new"};
        case Fate::Changed:
            return {"更新", "changed"};
        case Fate::Duplicate:
            return {"重复", "duplicate"};
        case Fate::Partly:
            return {"部分未导入", "partly"};
        case Fate::Told:
            return {"说明", "note"};
        default:
            return {"未接受", "refused"};
    }
}

}  // namespace dossier::sheet
