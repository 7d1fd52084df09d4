#include "server/actions/records.hpp"

#include "common/action/derive.hpp"
#include "common/base/told.hpp"
#include "common/catalog/describe.hpp"
#include "common/catalog/doubt.hpp"
#include "common/merge/refusals.hpp"

#include "server/actions/files.hpp"
#include "server/actions/history.hpp"
#include "server/actions/names.hpp"
#include "server/actions/submit.hpp"
#include "server/actions/typed.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"
#include "server/reading/quality.hpp"
#include "server/reading/records.hpp"
#include "server/reading/standing.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

using catalog::Kind;

/// What the record above is called, where it was said; none where it was not.
Result<RecordId> said_above(Context& context) {
    const Kind* parent = action::above(*context.action.about);
    if (parent == nullptr || !context.inputs.has(parent->name)) return RecordId{};
    return find_record(context.office, context.asker(), *parent, context.inputs.text(parent->name));
}

// ---- add ------------------------------------------------------------------------------------

/// What the office filled in and what became of it: a new record may be a proposal.
void tell_added(Context& context, const Kind& kind, const RecordId& id) {
    const auto title = title_of(context.office, context.asker(), id);
    context.answer.line({"已建立{}：{}", "added {}: {}"},
                        {std::string(context.answer.in(kind.label)), title});
    context.answer.document({{"id", to_text(id)}, {"kind", kind.name}, {"title", title}});
}

// ---- edit -----------------------------------------------------------------------------------

/// Names whoever else has a value that only one record should have, as far as it may be seen.
void tell_holders(Context& context,
                  const Kind& kind,
                  const RecordId& record,
                  const FieldValues& values) {
    for (const auto& [tag, value] : values) {
        const auto* of = catalog::find_field(kind, tag);
        if (!of->unique || is_empty(value) || catalog::doubt(*of, value)) continue;
        for (const RecordId& other : context.office.store().find(kind.tag, tag, value)) {
            const auto held = context.office.store().load(kind.tag, other);
            const auto place = context.office.store().place(other);
            const bool seen = other != record && held && place && !is_gone(*held) &&
                              sight_of(context.office, context.asker(), *place, *held,
                                       catalog::facet_of(kind, *of))
                                  .in_clear();
            if (seen)
                context.answer.note({"提示：{} 与“{}”相同（{do:dup.scan} 可查）",
                                     "note: {} is also that of \"{}\" (see {do:dup.scan})"},
                                    {std::string(context.answer.in(of->label)),
                                     title_of(context.office, context.asker(), other)});
        }
    }
}

/// A line for each value that was said, with its verdict.
void tell_verdicts(Context& context,
                   const Kind& kind,
                   const std::vector<merge::Op>& ops,
                   const std::vector<merge::Verdict>& verdicts,
                   const FieldValues& said) {
    auto list = action::Json::array();
    for (std::size_t i = 0; i < ops.size(); ++i) {
        const merge::Verdict& verdict = verdicts[i];
        const std::string number = verdict.matter == 0 ? "" : " " + std::to_string(verdict.matter);
        for (const auto& entry : ops[i].fields) {
            // A group is set as a whole; what was not said of it keeps its value.
            if (find(said, entry.tag) == nullptr) continue;
            const auto* of = catalog::find_field(kind, entry.tag);
            context.answer.line(
                {"{}：{}{}", "{}: {}{}"},
                {std::string(context.answer.in(of->label)),
                 std::string(context.answer.in(verdict_name(verdict.kind))), number});
            list.push_back({{"field", of->name},
                            {"verdict", verdict_word(verdict.kind)},
                            {"number", verdict.matter}});
        }
    }
    context.answer.document(list);
}

// ---- show -----------------------------------------------------------------------------------

void tell_values(Context& context, const Kind& kind, const Visible& visible) {
    std::vector<std::pair<std::string, std::string>> facts;
    for (const auto& [tag, value] : visible.values) {
        const auto* of = catalog::find_field(kind, tag);
        if (of != nullptr)
            facts.emplace_back(
                of->label.in(context.lang()),
                cli::shown(*of, value, context.lang(), titles(context), visible.values));
    }
    context.answer.facts(std::move(facts));
}

/// What else the file holds, as far as it may be read: [{"kind":…,"id":…,"values":{…}}, …].
action::Json children(Context& context, const RecordId& customer, action::Table& table) {
    auto list = action::Json::array();
    for (const Place& place : context.office.store().file_of(customer)) {
        if (place.record == customer) continue;
        const auto* kind = catalog::find_kind(place.kind);
        const auto held = context.office.store().load(place.kind, place.record);
        if (kind == nullptr || !held || is_gone(*held)) continue;
        const auto visible = read_record(context.office, context.asker(), place, "view");
        if (!visible) continue;
        list.push_back({{"kind", std::string(kind->name)},
                        {"id", to_text(place.record)},
                        {"values", cli::values_document(*kind, visible->values)}});
        const auto* title = catalog::find_field(*kind, kind->title);
        const Value* value = title == nullptr ? nullptr : find(visible->values, title->tag);
        const bool told = title == nullptr || shows(*visible, catalog::facet_of(*kind, *title));
        table.row({std::string(kind->label.in(context.lang())),
                   value != nullptr ? cli::shown(*title, *value, context.lang(), titles(context))
                   : told           ? "-"
                                    : std::string(kHidden)});
    }
    return list;
}

void tell_withheld(Context& context, const Visible& visible, action::Json& document) {
    document["withheld"] = action::Json::array();
    for (const auto& [facet, decision, why] : visible.withheld) {
        document["withheld"].push_back({{"facet", std::string(facet_label(facet).en)},
                                        {"rule", std::string(decision.rule)},
                                        {"id", std::string(why.id())},
                                        {"why", catalog::describe(why, context.lang())}});
        context.answer.note({"未显示{}：{}", "{} not shown: {}"},
                            {std::string(context.answer.in(facet_label(facet))),
                             catalog::describe(why, context.lang())});
    }
}

/// Where it stands, who must act by when, what the asker may do.
void tell_standing(Context& context, const Named& about, action::Json& document) {
    auto told = standing_of(context.office, context.asker(), about.place, about.values,
                            [](std::string_view name) { return find_action(name) != nullptr; });
    for (const auto& line : told.lines) context.answer.plain(line);
    document["workflows"] = std::move(told.document);
}

/// What the file lacks, and what of it was not looked at for too long.
void tell_quality(Context& context, const Named& about, action::Json& document) {
    auto told =
        quality_of(context.office, context.asker(), about.place, about.values, context.lang());
    for (const auto& line : told.lines) context.answer.plain(line);
    document["quality"] = std::move(told.document);
}

// ---- rows -----------------------------------------------------------------------------------

Run function_of(action::Verb verb) {
    using action::Verb;
    switch (verb) {
        case Verb::Add:
            return add_record;
        case Verb::Edit:
            return edit_record;
        case Verb::Show:
            return show_record;
        case Verb::List:
            return list_of_kind;
        case Verb::Remove:
            return remove_record;
        case Verb::History:
            return show_history;
        case Verb::Import:
            return import_file;
        case Verb::Export:
            return export_file;
    }
    return nullptr;
}

}  // namespace

Result<Named> named(Context& context) {
    const Kind& kind = *context.action.about;
    const auto above = said_above(context);
    if (!above) return tl::unexpected(above.error());
    const auto file = above->is_none() ? std::nullopt : context.office.store().place(*above);
    auto id = find_record(context.office, context.asker(), kind,
                          context.inputs.text(action::record_key(kind)),
                          file ? file->customer : RecordId{});
    if (!id) return pass(id);
    const auto place = context.office.store().place(*id);
    if (!place) return fail(merge::kUnknownRecord);
    return Named{*place, context.office.store().load(kind.tag, *id).value_or(FieldValues{})};
}

Result<int> add_record(Context& context) {
    const Kind& kind = *context.action.about;
    const auto above = said_above(context);
    if (!above) return tl::unexpected(above.error());
    const auto file = above->is_none() ? std::nullopt : context.office.store().place(*above);
    auto values = typed_values(context, kind, {}, file ? file->customer : RecordId{});
    if (!values) return pass(values);
    if (!above->is_none()) assign(*values, catalog::find_field(kind, kind.parent)->tag, *above);
    const auto id = context.office.id_of_new(context.actor, kind, *values);
    auto done = submit(context, {{.kind = merge::OpKind::Create,
                                  .record_kind = kind.tag,
                                  .record = id,
                                  .fields = std::move(*values)}});
    if (!done) return pass(done);
    tell_added(context, kind, id);
    return 0;
}

Result<int> edit_record(Context& context) {
    const Kind& kind = *context.action.about;
    const auto about = named(context);
    if (!about) return tl::unexpected(about.error());
    const auto values = typed_values(context, kind, about->values, about->place.customer);
    if (!values) return tl::unexpected(values.error());
    if (values->empty()) {
        context.answer.note(action::kNothingChanged);
        context.answer.document(action::Json::array());
        return 0;
    }
    auto ops = set_ops(kind, about->place.record, about->values, *values);
    for (merge::Op& op : ops) {
        const auto* of = catalog::find_field(kind, op.fields.front().tag);
        const auto state =
            context.office.store().facet(about->place.record, catalog::facet_of(kind, *of));
        if (state) op.base_fv = state->fv;
    }
    const auto verdicts = submit(context, ops);
    if (!verdicts) return tl::unexpected(verdicts.error());
    tell_verdicts(context, kind, ops, *verdicts, *values);
    tell_holders(context, kind, about->place.record, *values);
    return 0;
}

Result<int> show_record(Context& context) {
    const Kind& kind = *context.action.about;
    const auto about = named(context);
    if (!about) return tl::unexpected(about.error());
    const auto visible = read_record(context.office, context.asker(), about->place, "view");
    if (!visible) return tl::unexpected(visible.error());
    action::Json document{{"id", to_text(about->place.record)},
                          {"values", cli::values_document(kind, visible->values)}};
    tell_withheld(context, *visible, document);
    tell_values(context, kind, *visible);
    if (shows(*visible, catalog::facets_of(kind).front())) tell_standing(context, *about, document);
    if (catalog::is_file(kind)) tell_quality(context, *about, document);
    if (catalog::is_file(kind)) {
        auto& answer = context.answer;
        action::Table table({std::string(answer.in({"档案内容", "Part of the file"})),
                             std::string(answer.in({"名称", "Title"}))});
        document["records"] = children(context, about->place.record, table);
        if (!table.is_empty()) {
            answer.plain("");
            answer.table(std::move(table));
        }
    }
    context.answer.document(std::move(document));
    return 0;
}

Result<int> remove_record(Context& context) {
    const Kind& kind = *context.action.about;
    const auto about = named(context);
    if (!about) return tl::unexpected(about.error());
    const auto title = title_of(context.office, context.asker(), about->place.record);
    const auto state =
        context.office.store().facet(about->place.record, catalog::facets_of(kind).front());
    auto done = submit(context, {{.kind = merge::OpKind::Remove,
                                  .record_kind = kind.tag,
                                  .record = about->place.record,
                                  .base_fv = state ? state->fv : Fv{}}});
    if (!done) return pass(done);
    const auto& verdict = done->front();
    context.answer.line({"{} {}：{}{}", "{} {}: {}{}"},
                        {std::string(context.answer.in(kind.label)), title,
                         std::string(context.answer.in(verdict_name(verdict.kind))),
                         verdict.matter == 0 ? "" : " " + std::to_string(verdict.matter)});
    context.answer.document({{"id", to_text(about->place.record)},
                             {"verdict", verdict_word(verdict.kind)},
                             {"number", verdict.matter}});
    return 0;
}

Result<int> show_history(Context& context) {
    const auto about = named(context);
    if (!about) return tl::unexpected(about.error());
    return answer_history(context, about->place, context.inputs.text("field"));
}

Does does(action::Verb verb) {
    using action::Verb;
    const bool reads = verb == Verb::Show || verb == Verb::List || verb == Verb::History;
    return reads ? Does::Reads : Does::Changes;
}

const std::vector<Action>& record_actions(std::span<const Action* const> own) {
    static const auto kAll = [&] {
        std::vector<Action> all;
        for (const auto& [row, kind, verb] : action::derived_actions("dossierd")) {
            const bool is_own = std::ranges::any_of(
                own, [&, words = row.words](const Action* each) { return each->words == words; });
            if (is_own) continue;
            const bool files = verb == action::Verb::Import || verb == action::Verb::Export;
            all.push_back({{row},
                           Actor::Named,
                           files ? Runs::OnStore : Runs::InUnit,
                           function_of(verb),
                           does(verb),
                           kind});
        }
        return all;
    }();
    return kAll;
}

}  // namespace dossier::server
