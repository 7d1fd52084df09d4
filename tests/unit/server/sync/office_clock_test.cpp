// An office whose machine's clock is set back: what was over stays over, nothing is removed, and no
// laptop is blamed.
#include <doctest/doctest.h>

#include "common/access/faults.hpp"
#include "common/catalog/canonical.hpp"

#include "protocol/invite_code.hpp"

#include "server/accounts/accept_clock.hpp"
#include "server/jobs/clock_watch.hpp"
#include "server/reading/view.hpp"
#include "tests/unit/server/sync/device_at_office.hpp"

namespace dossier::test {
namespace {

using std::chrono::hours;
constexpr auto& kGrant = catalog::kAccessGrant;
constexpr hours kYear{24 * 365};

template <class T>
const T& first(const Result<server::Session::Messages>& answers) {
    REQUIRE(answers.has_value());
    const auto at = std::ranges::find_if(
        *answers, [](const protocol::Message& each) { return std::holds_alternative<T>(each); });
    REQUIRE(at != answers->end());
    return std::get<T>(*at);
}

bool was_told(const protocol::Welcome& welcome, protocol::Command command) {
    return std::ranges::find(welcome.commands, static_cast<std::uint8_t>(command)) !=
           welcome.commands.end();
}

RecordId grant_to(PeopledOffice& office, const UserId& to, const RecordId& of, hours length) {
    const auto quoted = [](std::string_view name, const std::string& element) {
        return catalog::from_elements(*catalog::find_field(kGrant, name), {'"' + element + '"'});
    };
    const Instant now = office.office.now();
    return office.make(kGrant, values_of(kGrant, {{"grantee_user_id", to.as<RecordTag>()},
                                                  {"scope_kind", words("customer")},
                                                  {"scope_ids", quoted("scope_ids", to_text(of))},
                                                  {"max_level", std::int64_t{1}},
                                                  {"ops", quoted("ops", "view")},
                                                  {"purpose", words("临时协助")},
                                                  {"from_at", now.ms},
                                                  {"to_at", now.plus(length).ms}}));
}

bool may_view(PeopledOffice& office, const UserId& user, const RecordId& customer) {
    server::Unit unit(*office.store);
    office.office.people().forget();
    const server::Place place{catalog::kCustomer.tag, customer, customer};
    const auto values = *office.store->load(catalog::kCustomer.tag, customer);
    return server::may_view(office.office, {.who = user}, place, values, catalog::Facet::Main)
               .answer == access::Answer::Allow;
}

/// A machine's clock that people set while time passes as it does.
class MachineClock final : public Clock {
  public:
    explicit MachineClock(Instant start) : shown(start) {}
    [[nodiscard]] Instant now() const override { return shown; }
    [[nodiscard]] std::int64_t ticks_ms() const override { return ticks; }
    void pass(std::chrono::milliseconds span) {
        shown = shown.plus(span);
        ticks += span.count();
    }

    Instant shown;
    std::int64_t ticks = 5;
};

}  // namespace

TEST_SUITE("server/sync/office_clock") {
    TEST_CASE("a clock set back revives no grant, no invite and ends no role") {
        for (const hours back : {hours(3), hours(24 * 9), kYear}) {
            CAPTURE(back.count());
            PeopledOffice office;
            const auto acme = office.customer(office.ann, "杭州明润医药有限公司");
            grant_to(office, office.cai, acme, hours(2));
            CHECK(may_view(office, office.cai, acme));
            office.clock.advance(hours(2));
            CHECK_FALSE(may_view(office, office.cai, acme));
            const Instant latest = office.office.now();
            office.clock.set(latest.plus(-back));
            CHECK(office.office.now() == latest);
            CHECK(office.office.clock().is_in_doubt());
            CHECK_FALSE(may_view(office, office.cai, acme));
            CHECK(may_view(office, office.ann, acme));
            // Time goes on by ticks: what was given meanwhile ends as well.
            grant_to(office, office.cai, acme, hours(2));
            CHECK(may_view(office, office.cai, acme));
            office.clock.advance(hours(2));
            CHECK(office.office.now() == latest.plus(hours(2)));
            CHECK_FALSE(may_view(office, office.cai, acme));
        }
    }
    TEST_CASE(
        "an invite that is over stays over, and one given by a clock that ran ahead is void") {
        PeopledOffice office;
        server::OfficeKeys keys = [&] {
            const server::Unit unit(*office.store);
            return std::move(*server::load_office_keys(*office.store));
        }();
        server::Invites invites(office.office, keys);
        const auto spend = [&](const std::string& code) {
            const auto invite = protocol::decode_invite(code);
            std::array<std::uint8_t, 32> key{};
            office.random.fill(key);
            server::Unit unit(*office.store);
            return fault_of(invites.spend({invite->invite, invite->secret, "本机", "1"}, key));
        };
        const auto invite = [&] {
            server::Unit unit(*office.store);
            const auto code = invites.create({}, office.ann, "office:7443", hours(72));
            unit.commit();
            return *code;
        };
        const Instant right = office.clock.now();
        const std::string old = invite();
        CHECK(spend(old) == "ok");
        office.clock.advance(hours(72));
        CHECK(spend(old) == "enrol.expired");
        office.clock.set(right);
        CHECK(spend(old) == "enrol.expired");
        office.clock.set(right.plus(kYear));
        const std::string ahead = invite();
        CHECK(spend(ahead) == "ok");
        office.clock.set(right.plus(hours(73)));
        {
            server::Unit unit(*office.store);
            REQUIRE(server::accept_clock(office.office, {}, "曾走快一年").has_value());
            unit.commit();
        }
        CHECK(office.office.now() == right.plus(hours(73)));
        CHECK(spend(ahead) == "enrol.expired");
    }
    TEST_CASE("the time of a former run is known from the books") {
        PeopledOffice office;
        office.customer(office.ann, "杭州明润医药有限公司");
        const Instant last = office.office.now();
        SetClock earlier(last.plus(-kYear));
        const Instant known = server::high_water_at_start(*office.store);
        CHECK(known == last);
        const server::Office next(*office.store, earlier, office.random, known);
        CHECK(next.now() == last);
        CHECK(office.store->audit_end().seq > 0);
    }
    TEST_CASE("an office where nothing happens knows what has passed all the same") {
        PeopledOffice office;
        server::ClockWatch watch(office.office);
        for (int minute = 0; minute < 60; ++minute) {
            office.clock.advance(server::kClockLooked);
            server::Unit unit(*office.store);
            CHECK(watch.look().empty());
            unit.commit();
        }
        CHECK(server::high_water_at_start(*office.store) >=
              office.office.now().plus(-std::chrono::minutes(10)));
    }
    TEST_CASE("the watch tells once that the clock fell behind, is right again, or leapt") {
        PeopledOffice office;
        MachineClock machine(office.clock.now());
        server::Office again(*office.store, machine, office.random);
        server::ClockWatch watch(again);
        const auto look = [&] {
            machine.pass(server::kClockLooked);
            server::Unit unit(*office.store);
            std::string all;
            for (const auto& news : watch.look()) all += std::string(news.what) + " ";
            unit.commit();
            return all;
        };
        CHECK(look().empty());
        machine.shown = machine.shown.plus(-hours(30));
        CHECK(look() == "behind ");
        CHECK(look().empty());
        machine.shown = machine.shown.plus(hours(30));
        CHECK(look() == "right ");
        CHECK(look().empty());
        machine.shown = machine.shown.plus(hours(30));
        CHECK(look() == "ahead ");
        CHECK(look().empty());
    }
    TEST_CASE("on a clock that is behind a laptop keeps its customers and is not blamed") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润医药有限公司");
        DeviceAtOffice laptop(office, office.ann);
        REQUIRE(laptop.say(laptop.hello()).has_value());
        laptop.stream();
        REQUIRE(laptop.say(protocol::Bye{0, 0, true}).has_value());
        // Three days pass while the office is closed; its clock comes up a year early.
        const Instant last = office.office.now();
        const Instant truth = last.plus(hours(72));
        office.clock.set(last.plus(-kYear));
        laptop.clock_off_ms = truth.ms - office.clock.now().ms;
        laptop.connect();
        auto op = laptop.visit(acme);
        const Instant went = truth.plus(-hours(5));
        assign(op.fields, catalog::find_field(kVisit, "started_at")->tag, went.ms);
        laptop.write(op);
        auto hello = laptop.hello();
        hello.cursors = {{{3, office.ann.as<RecordTag>()}, {1}}};
        const auto greeted = laptop.say(hello);
        const auto& welcome = first<protocol::Welcome>(greeted);
        CHECK(was_told(welcome, protocol::Command::OfficeClock));
        CHECK_FALSE(was_told(welcome, protocol::Command::ConfirmClock));
        CHECK(welcome.server_now_ms == last.ms);
        CHECK(welcome.lease_until_ms > last.ms);
        const auto pushed = laptop.say(protocol::Push{laptop.outbox, true});
        CHECK(laptop.verdicts(pushed).front().kind == merge::VerdictKind::Applied);
        CHECK(office.value(kVisit, op.record, "started_at") == Value(went.ms));
        CHECK(first<protocol::Policy>(pushed).lost.empty());
        CHECK_FALSE(first<protocol::Policy>(pushed).held.empty());
        server::Unit unit(*office.store);
        for (const auto& line : office.store->audit(0, 10'000)) CHECK(line.action != "clock");
    }
    TEST_CASE("a laptop that is off is told so when the office's clock is right") {
        PeopledOffice office;
        DeviceAtOffice laptop(office, office.ann);
        laptop.clock_off_ms = std::chrono::milliseconds(hours(72)).count();
        const auto greeted = laptop.say(laptop.hello());
        CHECK(was_told(first<protocol::Welcome>(greeted), protocol::Command::ConfirmClock));
        CHECK_FALSE(was_told(first<protocol::Welcome>(greeted), protocol::Command::OfficeClock));
    }
    TEST_CASE("after a clock that ran ahead is accepted back, what ended stays ended") {
        PeopledOffice office;
        const auto acme = office.customer(office.ann, "杭州明润医药有限公司");
        const Instant truth = office.clock.now();
        office.clock.set(truth.plus(kYear * 4));
        // Meanwhile a role is given, one is taken, a grant is given for an hour.
        const auto dora = office.user("dora", office.east, "salesperson");
        const auto role = office.make(
            catalog::kRoleAssignment,
            values_of(catalog::kRoleAssignment, {{"user_id", office.ben.as<RecordTag>()},
                                                 {"role", words("info_clerk")},
                                                 {"from_at", office.office.now().ms}}));
        const auto grant = grant_to(office, office.cai, acme, hours(1));
        const auto ended = grant_to(office, office.cai, acme, hours(50));
        REQUIRE(office.set({}, kGrant, ended, "to_at", office.office.now().ms).has_value());
        DeviceAtOffice laptop(office, office.ann);
        REQUIRE(laptop.say(laptop.hello()).has_value());
        laptop.stream();
        REQUIRE(laptop.say(protocol::Bye{0, 0, true}).has_value());
        office.clock.set(truth);
        CHECK(office.office.now() >= truth.plus(kYear * 4));
        const auto accept = [&](const UserId& who) {
            server::Unit unit(*office.store);
            auto done = server::accept_clock(office.office, who, "曾误设为2030年");
            if (done) unit.commit();
            return done;
        };
        CHECK(fault_of(accept(office.ann)) == "access.denied");
        CHECK(accept(office.admin).has_value());
        CHECK(office.office.now() == truth);
        CHECK_FALSE(office.office.clock().is_in_doubt());
        CHECK(fault_of(accept(office.admin)) == "clock.not_behind");
        CHECK(server::high_water_at_start(*office.store) == truth);
        CHECK(office.value(catalog::kRoleAssignment, role, "from_at") == Value(truth.ms));
        CHECK(office.value(kGrant, grant, "from_at") == Value(truth.ms));
        CHECK(office.value(kGrant, grant, "to_at") == Value(truth.plus(hours(1)).ms));
        CHECK(office.value(kGrant, ended, "to_at") == Value(truth.ms));
        // A laptop that was told the former time goes on as of now.
        laptop.connect();
        laptop.write(laptop.visit(acme));
        REQUIRE(laptop.say(laptop.hello()).has_value());
        const auto pushed = laptop.say(protocol::Push{laptop.outbox, true});
        CHECK(laptop.verdicts(pushed).front().kind == merge::VerdictKind::Applied);
        server::Unit unit(*office.store);
        CHECK(office.store->device(laptop.row.device)->clock_floor <= truth);
        CHECK_FALSE(dora.is_none());
    }
}

}  // namespace dossier::test
