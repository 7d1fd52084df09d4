#include "server/people/extent.hpp"

#include <algorithm>

#include "common/catalog/customer.hpp"
#include "common/catalog/states.hpp"

namespace dossier::server {
namespace {

using access::Opening;
using access::Tie;
using catalog::field;
using catalog::kCustomer;
using query::Filter;
using query::Test;
using query::Way;

constexpr int kLevelMax = 3;
/// Who is above more people or places than this is taken to be above all of them.
constexpr std::size_t kNamedMax = 500;

using Ids = std::optional<std::vector<RecordId>>;

Filter is(const catalog::Field& of, const RecordId& id) {
    return {&of, Test::Equal, {id}};
}

/// No condition where they are too many to name.
void limit(std::vector<Filter>& filters, const catalog::Field& of, const Ids& ids) {
    if (!ids) return;
    filters.push_back({&of, Test::OneOf, {ids->begin(), ids->end()}});
}

/// Asks for one of no people or places.
bool is_nobodys(const std::vector<Filter>& filters) {
    return std::ranges::any_of(filters, [](const Filter& filter) {
        return filter.test == Test::OneOf && filter.values.empty();
    });
}

class Writer {
  public:
    Writer(People& people, const access::Viewer& viewer, const catalog::Kind& kind)
        : people_(people), viewer_(viewer), kind_(kind) {}

    /// Adds the ways that an opening is; none for what the store cannot have.
    void add(const Opening& opening, query::Extent& extent) {
        Way way;
        tie(opening, way);
        const bool of_files = has(opening.ties, Tie::File) || has(opening.ties, Tie::Circle);
        if (is_nobodys(way.file) || is_nobodys(way.own) || (of_files && way.files.empty())) return;
        limit_level(opening, way);
        if (kind_.belongs != catalog::Belongs::Customer) {
            extent.push_back(std::move(way));
            return;
        }
        const auto& merged = *catalog::find_field(kCustomer, catalog::kMergedInto);
        if (std::ranges::find(opening.states, catalog::FileState::kVoid) != opening.states.end()) {
            // What is left of a merged file counts as void, whatever it says.
            Way left = way;
            left.file.push_back({&merged, Test::Filled, {}});
            extent.push_back(std::move(left));
        } else {
            way.file.push_back({&merged, Test::Empty, {}});
        }
        limit_state(opening, way);
        extent.push_back(std::move(way));
    }

  private:
    void tie(const Opening& opening, Way& way) {
        static constexpr auto& kOwner = field(kCustomer, "owner_user_id");
        static constexpr auto& kService = field(kCustomer, "service_user_id");
        static constexpr auto& kRegion = field(kCustomer, "region_id");
        static constexpr auto& kDepartment = field(kCustomer, "department_id");
        const auto me = viewer_.user.as<RecordTag>();
        const bool of_customer = kind_.belongs == catalog::Belongs::Customer;
        if (has(opening.ties, Tie::Owner)) way.file.push_back(is(kOwner, me));
        if (has(opening.ties, Tie::Service)) way.file.push_back(is(kService, me));
        if (has(opening.ties, Tie::Creator))
            way.own.push_back(is(*catalog::find_field(kind_, catalog::kCreatedBy), me));
        if (has(opening.ties, Tie::Person)) way.own.push_back(is(parent(), me));
        if (has(opening.ties, Tie::Asked))
            way.own.push_back(is(*catalog::find_field(kind_, kind_.asks), me));
        if (has(opening.ties, Tie::Superior))
            limit(of_customer ? way.file : way.own, of_customer ? kOwner : parent(),
                  people_.people_below(viewer_.user, kNamedMax));
        if (has(opening.ties, Tie::Region))
            limit(way.file, kRegion, all_below(opening.places, [&](const RecordId& region) {
                      return people_.regions_below(region, kNamedMax);
                  }));
        if (has(opening.ties, Tie::Department))
            limit(way.file, kDepartment, all_below(opening.places, [&](const RecordId& department) {
                      return people_.departments_below(department, kNamedMax);
                  }));
        if (has(opening.ties, Tie::File)) way.files = opening.places;
        if (has(opening.ties, Tie::Circle)) way.files = in_circle(opening);
    }
    /// Files he is in the circle of; of those that something else opens by name, too.
    std::vector<RecordId> in_circle(const Opening& opening) {
        auto files = people_.files_known_to(viewer_.user);
        if (has(opening.ties, Tie::File))
            std::erase_if(files, [&](const RecordId& file) {
                return std::ranges::find(opening.places, file) == opening.places.end();
            });
        return files;
    }
    [[nodiscard]] const catalog::Field& parent() const {
        return *catalog::find_field(kind_, kind_.parent);
    }
    template <class Below>
    static Ids all_below(const std::vector<RecordId>& places, Below below) {
        std::vector<RecordId> all;
        for (const RecordId& place : places) {
            const Ids these = below(place);
            if (!these) return std::nullopt;
            all.insert(all.end(), these->begin(), these->end());
        }
        std::ranges::sort(all);
        const auto doubled = std::ranges::unique(all);
        all.erase(doubled.begin(), doubled.end());
        return all.size() > kNamedMax ? std::nullopt : Ids(std::move(all));
    }
    /// A record's level is the higher of its own and its customer's: neither may be above the
    /// highest that is open. A customer without one is of level 1, anything else of level 0.
    void limit_level(const Opening& opening, Way& way) const {
        const auto is_open = [&](int level) {
            return (opening.levels >> unsigned(level) & 1U) != 0;
        };
        int highest = kLevelMax;
        while (highest > 0 && !is_open(highest)) --highest;
        Filter closed{nullptr, Test::NoneOf, {}};
        for (int level = 0; level <= kLevelMax; ++level) {
            const bool is_own = catalog::is_file(kind_);
            if (is_own ? !is_open(level) : level > highest)
                closed.values.emplace_back(std::int64_t{level});
        }
        if (closed.values.empty()) return;
        closed.field = catalog::find_field(kind_, catalog::kSecrecyLevel);
        way.own.push_back(closed);
        if (catalog::is_file(kind_) || kind_.belongs != catalog::Belongs::Customer) return;
        closed.field = catalog::find_field(kCustomer, catalog::kSecrecyLevel);
        way.file.push_back(closed);
    }
    /// A file that says nothing of its state is active.
    static void limit_state(const Opening& opening, Way& way) {
        static constexpr auto& kState = field(kCustomer, "file_state");
        const auto is_open = [&](std::string_view state) {
            return std::ranges::find(opening.states, state) != opening.states.end();
        };
        const bool active = is_open(catalog::FileState::kActive);
        Filter filter{&kState, active ? Test::NoneOf : Test::OneOf, {}};
        for (const auto& choice : kState.choices) {
            if (is_open(choice.code) != active)
                filter.values.emplace_back(std::string(choice.code));
        }
        if (!filter.values.empty()) way.file.push_back(std::move(filter));
    }

    People& people_;
    const access::Viewer& viewer_;
    const catalog::Kind& kind_;
};

}  // namespace

query::Extent extent_of(People& people,
                        const access::Viewer& viewer,
                        const catalog::Kind& kind,
                        const std::vector<Opening>& openings) {
    query::Extent extent;
    Writer writer(people, viewer, kind);
    for (const Opening& opening : openings) writer.add(opening, extent);
    return extent;
}

}  // namespace dossier::server
