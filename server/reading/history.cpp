#include "server/reading/history.hpp"

#include <algorithm>

#include "server/reading/heard.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

/// What the viewer may see of an entry: values of facets shown to him, and of the asked group.
class Lens {
  public:
    Lens(Office& office, const Asker& asker, const Place& place, const catalog::Field* only)
        : kind_(*catalog::find_kind(place.kind)) {
        const auto held = office.store().load(place.kind, place.record).value_or(FieldValues{});
        for (const auto* of : catalog::all_fields(kind_)) {
            if (catalog::facet_of(kind_, *of) == Facet::Directory &&
                !is_in_directory_of(office, asker, place, held, of->tag))
                withheld_.push_back(of->tag);
        }
        for (const Facet facet : catalog::facets_of(kind_)) {
            if (sight_of(office, asker, place, held, facet).in_clear()) facets_.push_back(facet);
        }
        if (only != nullptr) {
            for (const auto* member : catalog::group_of(kind_, *only))
                group_.push_back(member->tag);
        }
    }

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

}  // namespace

Result<std::vector<JournalEntry>> history_of(Office& office,
                                             const Asker& asker,
                                             const Place& place,
                                             const catalog::Field* only) {
    if (const auto visible = read_record(office, asker, place, "history"); !visible)
        return tl::unexpected(visible.error());
    const Lens lens(office, asker, place, only);
    const auto& kind = *catalog::find_kind(place.kind);
    const auto held = office.store().load(place.kind, place.record).value_or(FieldValues{});
    std::vector<JournalEntry> lines;
    for (auto& entry : office.store().history(place.record, {})) {
        if (!lens.shows(entry)) continue;
        for (FieldValues* values : {&entry.base, &entry.before, &entry.value})
            *values = as_heard(office, asker, kind, held, lens.through(*values));
        lines.push_back(std::move(entry));
    }
    return lines;
}

}  // namespace dossier::server
