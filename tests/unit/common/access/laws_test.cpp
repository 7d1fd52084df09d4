// What every decision promises, whoever asks and whatever is asked for.
#include <algorithm>

#include "common/access/faults.hpp"
#include "common/access/rules.hpp"

#include "tests/unit/common/access/cast.hpp"

using namespace dossier;
using namespace dossier::access;
using namespace dossier::access::test;
using catalog::Belongs;
using catalog::Facet;
using dossier::test::holds;

namespace {

/// One random question, asked again of a changed viewer.
struct Asked {
    Viewer viewer;
    Subject subject;
    Operation operation;
    Facet facet;
    bool offline;

    explicit Asked(Draw& draw)
        : viewer(any_viewer(draw)),
          subject(any_subject(draw)),
          operation(any_operation(draw)),
          facet(any_facet(draw)),
          offline(draw.once_in(3)) {}

    [[nodiscard]] Decision decided() const {
        return decide(viewer, operation, subject, facet, {kNow, offline});
    }
    /// The same question about a random field of the record's kind.
    [[nodiscard]] Answer written(std::size_t number) const {
        const auto* kind = catalog::find_kind(subject.kind);
        if (kind == nullptr) return Answer::Deny;
        const auto& field = kind->fields[number % kind->fields.size()];
        return decide_write(viewer, subject, field, {kNow, offline}).answer;
    }
    [[nodiscard]] bool of_customer() const {
        const auto* kind = catalog::find_kind(subject.kind);
        return kind != nullptr && kind->belongs == Belongs::Customer;
    }
};

bool is_open(Answer answer) {
    return answer != Answer::Deny && answer != Answer::NeedsApproval;
}

template <class Change>
void never_worse(Change change) {
    holds(
        [change](Draw& draw) {
            Asked asked(draw);
            const auto field = draw.between<std::size_t>(0, 200);
            const auto before = asked.decided().answer;
            const auto written = asked.written(field);
            change(draw, asked.viewer);
            RC_ASSERT(asked.decided().answer <= before);
            RC_ASSERT(asked.written(field) <= written);
        },
        100'000);
}

}  // namespace

TEST_SUITE("common/access/laws") {
    TEST_CASE("another role never makes an answer worse") {
        never_worse([](Draw& draw, Viewer& viewer) { viewer.roles.push_back(any_held(draw)); });
    }
    TEST_CASE("another grant never makes an answer worse") {
        never_worse([](Draw& draw, Viewer& viewer) { viewer.grants.push_back(any_grant(draw)); });
    }
    TEST_CASE("a higher clearance never makes an answer worse") {
        never_worse([](Draw&, Viewer& viewer) { ++viewer.clearance; });
    }
    TEST_CASE("what may lie on a laptop may be read at the office at least as fully") {
        holds(
            [](Draw& draw) {
                Asked asked(draw);
                asked.operation = draw.element(Operation::View, Operation::LookUp);
                asked.offline = true;
                const auto offline = asked.decided().answer;
                asked.offline = false;
                RC_ASSERT(asked.decided().answer <= offline);
            },
            30'000);
    }
    TEST_CASE("an inactive, unsigned or suspended person may do nothing") {
        holds([](Draw& draw) {
            Asked asked(draw);
            const auto why = draw.between(0, 3);
            if (why == 0) asked.viewer.active = false;
            if (why == 1) asked.viewer.agreement_signed = false;
            if (why == 2) asked.viewer.suspended = true;
            RC_ASSERT(asked.decided().answer == Answer::Deny);
            RC_ASSERT(asked.written(draw.between<std::size_t>(0, 200)) == Answer::Deny);
        });
    }
    TEST_CASE("who only administers the system reads and writes no customer content") {
        holds([](Draw& draw) {
            Asked asked(draw);
            asked.viewer.roles = {{Role::SystemAdmin, Reach::All, {}},
                                  {Role::ExternalAgency, Reach::All, {}}};
            RC_PRE(asked.of_customer());
            // What he is asked for he is told.
            RC_PRE(std::ranges::find(asked.subject.asked, asked.viewer.user) ==
                   asked.subject.asked.end());
            RC_PRE(asked.operation != Operation::Administer &&
                   asked.operation != Operation::ReadAudit);
            RC_ASSERT(asked.decided().answer == Answer::Deny);
            RC_ASSERT(asked.written(draw.between<std::size_t>(0, 200)) == Answer::Deny);
        });
    }
    TEST_CASE("L3 is read only by its circle and the three who always belong to it") {
        holds([](Draw& draw) {
            Asked asked(draw);
            RC_PRE(asked.of_customer());
            RC_PRE(asked.subject.file_state != "destroyed");
            asked.subject.level = 3;
            asked.operation = draw.element(Operation::View, Operation::LookUp, Operation::Export);
            const auto& circle = asked.subject.circle;
            const bool named =
                std::find(circle.begin(), circle.end(), asked.viewer.user) != circle.end();
            const bool always = std::ranges::any_of(asked.viewer.roles, [](const Held& held) {
                return facts(held.role).clearance == 3;
            });
            const auto decided = asked.decided();
            if (!is_open(decided.answer)) return;
            RC_ASSERT(named || always);
            RC_ASSERT(decided.purpose_needed || decided.answer == Answer::Mask);
            RC_ASSERT(!asked.offline);
        });
    }
    TEST_CASE(
        "of a destroyed file nothing remains but the directory entry, for those who keep it") {
        holds([](Draw& draw) {
            Asked asked(draw);
            RC_PRE(asked.of_customer());
            asked.subject.file_state = "destroyed";
            RC_PRE(asked.operation != Operation::Administer &&
                   asked.operation != Operation::ReadAudit);
            const auto decided = asked.decided();
            RC_ASSERT(!is_open(decided.answer) || decided.rule == kGone.id);
        });
    }
    TEST_CASE("every decision names a rule that can be explained in both languages") {
        holds([](Draw& draw) {
            const auto decided = Asked(draw).decided();
            RC_ASSERT(std::ranges::find(rules(), decided.rule, &Rule::id) != rules().end());
            RC_ASSERT(explain(decided, Lang::Zh) != explain(decided, Lang::En));
            RC_ASSERT(permit(decided, "客户回访核对").has_value() == is_open(decided.answer));
        });
    }
}
