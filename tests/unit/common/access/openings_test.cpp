// What a store is told to look for against what `decide` says of each record.
#include "common/access/openings.hpp"

#include <algorithm>

#include "common/access/rules.hpp"

#include "tests/unit/common/access/cast.hpp"

using namespace dossier;
using namespace dossier::access;
using namespace dossier::access::test;
using catalog::Facet;
using catalog::Kind;
using dossier::test::holds;

namespace {

bool is_shown(const Decision& decision) {
    return decision.answer == Answer::Allow;
}
bool is_shown_or_masked(const Decision& decision) {
    return decision.answer <= Answer::Mask;
}
bool is_shown_at_once(const Decision& decision) {
    return is_shown(decision) && !decision.purpose_needed;
}
bool takes_a_purpose(const Decision& decision) {
    return is_shown(decision) && decision.purpose_needed;
}

/// A kind whose lists are narrowed: of customers, or directly of a person.
const Kind& any_narrowed(Draw& draw) {
    while (true) {
        const auto kinds = catalog::kinds();
        const Kind& kind = *kinds[draw.between<std::size_t>(0, kinds.size())];
        if (openings({}, kind, Facet::Main, kNow, is_shown)) return kind;
    }
}

/// As the office reads one from its store: with a state that the catalog knows.
Subject any_stored(Draw& draw, const Kind& kind) {
    Subject subject = any_subject(draw);
    subject.kind = kind.tag;
    const bool of_customer = kind.belongs == catalog::Belongs::Customer;
    subject.customer = of_customer ? kMingrun : RecordId{};
    // Only kinds that ask something of somebody name whom.
    subject.asked = kind.asks.empty() ? std::vector<UserId>{} : any_users(draw);
    if (!of_customer) subject.file_state = "active";
    const auto& states = catalog::field(catalog::kCustomer, "file_state").choices;
    if (of_customer && draw.coin())
        subject.file_state = states[draw.between<std::size_t>(0, states.size())].code;
    if (subject.file_state.empty()) subject.file_state = "active";
    return subject;
}

struct Drawn {
    const Kind& kind;
    Viewer viewer;
    Subject subject;
    Facet facet;

    explicit Drawn(Draw& draw)
        : kind(any_narrowed(draw)),
          viewer(any_viewer(draw)),
          subject(any_stored(draw, kind)),
          facet(any_facet(draw)) {}

    [[nodiscard]] bool counts(const Counts& which) const {
        return which(decide(viewer, Operation::View, subject, facet, {.now = kNow}));
    }
    [[nodiscard]] bool lies_open(const Counts& which) const {
        const auto all = openings(viewer, kind, facet, kNow, which);
        return std::ranges::any_of(
            *all, [&](const Opening& opening) { return lies_in(opening, viewer, subject); });
    }
};

}  // namespace

TEST_SUITE("common/access/openings") {
    TEST_CASE("openings hold exactly what decide shows, and what it shows without a purpose") {
        int shown = 0;
        holds(
            [&shown](Draw& draw) {
                const Drawn drawn(draw);
                for (const Counts& which : {Counts(is_shown), Counts(is_shown_at_once)}) {
                    RC_ASSERT(drawn.lies_open(which) == drawn.counts(which));
                    shown += drawn.counts(which) ? 1 : 0;
                }
            },
            4'000);
        CHECK(shown > 800);  // the law is not held by openings that are empty
    }
    TEST_CASE("whatever counts lies in an opening, be it that others do not") {
        holds(
            [](Draw& draw) {
                const Drawn drawn(draw);
                for (const Counts& which : {Counts(takes_a_purpose), Counts(is_shown_or_masked)})
                    RC_ASSERT(drawn.lies_open(which) || !drawn.counts(which));
            },
            4'000);
    }
    TEST_CASE("nobody who is stopped has an opening") {
        auto ann = person(kAnn, Role::Salesperson);
        CHECK_FALSE(openings(ann, catalog::kCustomer, Facet::Main, kNow, is_shown)->empty());
        ann.suspended = true;
        CHECK(openings(ann, catalog::kCustomer, Facet::Main, kNow, is_shown)->empty());
    }
    TEST_CASE("a salesperson's customers are opened by a tie, the directory by none") {
        const auto ann = person(kAnn, Role::Salesperson);
        const auto tied = [&](Facet facet) {
            const auto all = openings(ann, catalog::kCustomer, facet, kNow, is_shown);
            return std::ranges::all_of(*all, [](const Opening& each) { return each.ties != 0; });
        };
        CHECK(tied(Facet::Main));
        CHECK_FALSE(tied(Facet::Directory));
    }
    TEST_CASE("who sees what the office keeps about itself hangs on more than ties") {
        const auto eve = person(kEve, Role::SystemAdmin);
        for (const Kind* kind :
             {&catalog::kUser, &catalog::kDevice, &catalog::kRegion, &catalog::kWorkLogLine})
            CHECK_FALSE(openings(eve, *kind, Facet::Main, kNow, is_shown).has_value());
    }
}
