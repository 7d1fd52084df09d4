#include "server/cli/history.hpp"

#include <algorithm>

#include "common/sheet/faults.hpp"

#include "server/cli/find.hpp"
#include "server/cli/names.hpp"
#include "server/cli/view.hpp"

namespace dossier::server {
namespace {

/// What the viewer may see of an entry: values of facets shown to him, and of the asked group.
class Lens {
  public:
    Lens(Context& context, const Place& place, const catalog::Field* only)
        : kind_(*catalog::find_kind(place.kind)) {
        const auto held =
            context.office.store().load(place.kind, place.record).value_or(FieldValues{});
        for (const auto* of : catalog::all_fields(kind_)) {
            if (catalog::facet_of(kind_, *of) == Facet::Directory &&
                !is_in_directory_of(context, place, held, of->tag))
                withheld_.push_back(of->tag);
        }
        for (const Facet facet : catalog::facets_of(kind_)) {
            if (sight_of(context, place, held, facet).in_clear()) facets_.push_back(facet);
        }
        if (only != nullptr) {
            for (const auto* member : catalog::group_of(kind_, *only))
                group_.push_back(member->tag);
        }
    }

    [[nodiscard]] const catalog::Kind& kind() const { return kind_; }
    [[nodiscard]] bool shows_all() const { return group_.empty(); }
    [[nodiscard]] FieldValues through(const FieldValues& values) const {
        FieldValues kept;
        for (const auto& [tag, value] : values) {
            if (shows(tag)) kept.push_back({tag, value});
        }
        return kept;
    }
    [[nodiscard]] bool shows(const JournalEntry& entry) const {
        if (entry.group != 0) return shows(entry.group);
        return group_.empty() || !through(entry.value).empty();
    }

  private:
    [[nodiscard]] bool shows(std::uint16_t tag) const {
        const auto* of = catalog::find_field(kind_, tag);
        const bool withheld = std::find(withheld_.begin(), withheld_.end(), tag) != withheld_.end();
        if (of == nullptr || withheld) return false;
        const bool asked =
            group_.empty() || std::find(group_.begin(), group_.end(), tag) != group_.end();
        const auto facet = catalog::facet_of(kind_, *of);
        return asked && std::find(facets_.begin(), facets_.end(), facet) != facets_.end();
    }

    const catalog::Kind& kind_;
    std::vector<Facet> facets_;
    std::vector<std::uint16_t> group_;
    std::vector<std::uint16_t> withheld_;  ///< of the directory
};

std::string subject_of(Context& context, const Lens& lens, const JournalEntry& entry) {
    const std::string event(entry.event.empty() ? "" : event_name(entry.event).in(context.lang()));
    if (entry.group != 0) {
        const auto* of = catalog::find_field(lens.kind(), entry.group);
        return std::string(of->label.in(context.lang())) + event;
    }
    if (!event.empty()) return event;
    const Text words = entry.op == merge::OpKind::Create ? Text{"（建档）", "(created)"}
                                                         : Text{"（删除）", "(removed)"};
    return std::string(words.in(context.lang()));
}

std::string verdict_of(Context& context, const JournalEntry& entry) {
    std::string words(verdict_name(entry.verdict).in(context.lang()));
    if (entry.matter != 0) words += " " + std::to_string(entry.matter);
    return words;
}

cli::Json entry_document(Context& context, const Lens& lens, const JournalEntry& entry) {
    const auto& kind = lens.kind();
    const auto* of = catalog::find_field(kind, entry.group);
    return {{"at", iso_utc(entry.stamp.at)},
            {"received_at", iso_utc(entry.received_at)},
            {"by", person_name(context, entry.stamp.author)},
            {"by_id", to_text(entry.stamp.author)},
            {"device", device_name(context, entry.stamp.device)},
            {"field", entry.group == 0 ? "" : std::string(of->name)},
            {"event", entry.event},
            {"base", cli::values_document(kind, lens.through(entry.base))},
            {"before", cli::values_document(kind, lens.through(entry.before))},
            {"value", cli::values_document(kind, lens.through(entry.value))},
            {"won", entry.won},
            {"verdict", std::string(verdict_word(entry.verdict))},
            {"matter", entry.matter},
            {"source", entry.source},
            {"reason", entry.reason}};
}

std::vector<std::string> entry_cells(Context& context,
                                     const Lens& lens,
                                     const JournalEntry& entry) {
    const auto shown = [&](const FieldValues& values) {
        const auto kept = lens.through(values);
        // A new record would fill the screen: --field shows one value, --json all.
        if (entry.op == merge::OpKind::Create && lens.shows_all() && !kept.empty())
            return fill(context.console.in({"{} 项", "{} fields"}),
                        std::vector{std::to_string(kept.size())});
        return cli::shown_group(lens.kind(), kept, context.lang(), titles(context));
    };
    const Text won = entry.won ? Text{"是", "yes"} : Text{"否", "no"};
    return {office_minute(entry.stamp.at),
            person_name(context, entry.stamp.author),
            device_name(context, entry.stamp.device),
            subject_of(context, lens, entry),
            shown(entry.base) + " → " + shown(entry.value),
            std::string(won.in(context.lang())),
            verdict_of(context, entry),
            entry.reason};
}

}  // namespace

Result<int> print_history(Context& context, const Place& place, std::string_view field) {
    const auto* only =
        field.empty() ? nullptr : catalog::find_heading(*catalog::find_kind(place.kind), field);
    if (only == nullptr && !field.empty()) return fail(sheet::kUnknownField, std::string(field));
    const auto visible = read_record(context, place, "history");
    if (!visible) return tl::unexpected(visible.error());
    const Lens lens(context, place, only);
    auto& console = context.console;
    const auto say = [&](const Text& text) { return std::string(console.in(text)); };
    cli::Table table({say({"时间", "When"}), say({"人员", "Who"}), say({"终端", "Device"}),
                      say({"字段", "Field"}), say({"原值 → 新值", "Base → value"}),
                      say({"生效", "Won"}), say({"回执", "Verdict"}), say({"理由", "Reason"})});
    auto list = cli::Json::array();
    for (const auto& entry : context.office.store().history(place.record, {})) {
        if (!lens.shows(entry)) continue;
        list.push_back(entry_document(context, lens, entry));
        table.row(entry_cells(context, lens, entry));
    }
    if (!console.json) table.print(console.out);
    console.document(list);
    return 0;
}

}  // namespace dossier::server
