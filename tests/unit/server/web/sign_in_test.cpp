// Who gets in, how, and for how long.
#include "server/accounts/sign_in.hpp"

#include <doctest/doctest.h>

#include "server/accounts/one_time_code.hpp"
#include "tests/unit/server/web/browser.hpp"

namespace dossier::test {
namespace {

using namespace std::chrono_literals;
using action::Json;

/// The code a phone would show for this secret now.
std::string code_now(ConsoleOffice& office, const Bytes& secret) {
    for (int code = 0; code < 1'000'000; ++code) {
        auto digits = std::to_string(code);
        digits.insert(0, 6 - digits.size(), '0');
        if (server::step_of_code(secret, digits, office.people.clock.now(), 0)) return digits;
    }
    return {};
}

/// A second factor for him; its secret and recovery codes.
std::pair<Bytes, std::vector<std::string>> give_factor(ConsoleOffice& office, const UserId& user) {
    Bytes secret;
    std::vector<std::string> codes;
    office.inside([&](server::Office& desk) {
        server::Passwords passwords(desk);
        secret = passwords.offer_factor(user);
        return 0;
    });
    const auto code = code_now(office, secret);
    office.inside([&](server::Office& desk) {
        codes = server::Passwords(desk).confirm_factor(user, code, 0).value();
        return 0;
    });
    office.advance(2min);
    return {secret, codes};
}

}  // namespace

TEST_SUITE("server/web/sign_in") {
    TEST_CASE("a password opens a session; which part of a wrong one was wrong nobody is told") {
        ConsoleOffice office;
        Browser ann(office);
        const auto wrong = ann.ask("POST", "/api/v1/session",
                                   R"({"user":"ann","password":"lake seven paper sun"})");
        const auto nobody = ann.ask("POST", "/api/v1/session",
                                    R"({"user":"nobody","password":"lake seven paper sun"})");
        CHECK(wrong.status == 401);
        CHECK(wrong.body == nobody.body);
        CHECK(Browser::fate(wrong) == "session.wrong");
        CHECK(Browser::fate(ann.get("/api/v1/customer/list")) == "session.over");
        CHECK(ann.sign_in("ann") == "ok");
        CHECK(ann.session["user"] == "ann");
        CHECK(ann.session["role"] == "salesperson");
        CHECK(Browser::fate(ann.get("/api/v1/customer/list")) == "ok");
        CHECK(office.audited("sign_in") == std::vector<std::string>{"denied password 127.0.0.1",
                                                                    "denied password 127.0.0.1",
                                                                    "ok 1 127.0.0.1"});
    }
    TEST_CASE("the browser's secret is told to no script and goes to no other site") {
        ConsoleOffice office;
        Browser ann(office);
        const auto answer = ann.ask("POST", "/api/v1/session",
                                    Json{{"user", "ann"}, {"password", kGoodPassword}}.dump());
        const auto cookie = answer.header("set-cookie");
        CHECK(cookie.find("HttpOnly") != std::string::npos);
        CHECK(cookie.find("SameSite=Strict") != std::string::npos);
        const auto secret = cookie.substr(cookie.find('=') + 1, 64);
        CHECK(answer.body.find(secret) == std::string::npos);
    }
    TEST_CASE("who is bound does not come in without promising secrecy; others are asked") {
        ConsoleOffice office;
        office.inside([&](server::Office& desk) {
            for (const auto& user : {office.people.ann, office.people.admin})
                desk.store().save_agreement({user, 0, desk.now()});
            return 0;
        });
        Browser admin(office);
        CHECK(admin.sign_in("admin") == "session.needs_agreement");
        CHECK(admin.session["refusal"]["required"] == true);
        CHECK(admin.sign_in("admin", kGoodPassword, {{"agreement", false}}) ==
              "session.needs_agreement");
        CHECK(admin.sign_in("admin", kGoodPassword, {{"agreement", true}}) == "ok");
        CHECK(admin.sign_in("admin") == "ok");
        Browser ann(office);
        CHECK(ann.sign_in("ann") == "session.needs_agreement");
        CHECK(ann.session["refusal"]["required"] == false);
        CHECK(ann.sign_in("ann", kGoodPassword, {{"agreement", false}}) == "ok");
        CHECK(ann.sign_in("ann") == "session.needs_agreement");
        CHECK(office.audited("agree").size() == 5);
    }
    TEST_CASE("a code of the phone is asked for, and is good once") {
        ConsoleOffice office;
        const auto [secret, codes] = give_factor(office, office.people.ann);
        Browser ann(office);
        CHECK(ann.sign_in("ann") == "session.needs_code");
        CHECK(ann.sign_in("ann", kGoodPassword, {{"code", "000000x"}}) == "session.wrong");
        const auto code = code_now(office, secret);
        CHECK(ann.sign_in("ann", "lake seven paper sun", {{"code", code}}) == "session.wrong");
        CHECK(ann.sign_in("ann", kGoodPassword, {{"code", code}}) == "ok");
        CHECK(Browser(office).sign_in("ann", kGoodPassword, {{"code", code}}) == "session.wrong");
        office.advance(1min);
        CHECK(ann.sign_in("ann", kGoodPassword, {{"code", code_now(office, secret)}}) == "ok");
    }
    TEST_CASE("a recovery code stands in for the phone, once") {
        ConsoleOffice office;
        const auto [secret, codes] = give_factor(office, office.people.ann);
        REQUIRE(codes.size() == server::kRecoveryCodes);
        Browser ann(office);
        CHECK(ann.sign_in("ann", kGoodPassword, {{"code", codes[3]}}) == "ok");
        CHECK(ann.session["recovery_codes"] == 9);
        CHECK(ann.sign_in("ann", kGoodPassword, {{"code", codes[3]}}) == "session.wrong");
        CHECK(ann.sign_in("ann", kGoodPassword, {{"code", codes[4]}}) == "ok");
    }
    TEST_CASE("with a clearance of 2 nothing is done before a second factor is set") {
        ConsoleOffice office;
        REQUIRE(office.people
                    .set({}, catalog::kUser, office.people.ann.as<RecordTag>(), "clearance",
                         std::int64_t{2})
                    .has_value());
        office.people.user("mia", office.people.east, "service_manager");
        office.inside([&](server::Office& desk) {
            const auto mia = *desk.people().user_by_login("mia");
            const auto ann = desk.store().credential(office.people.ann)->password;
            server::Passwords(desk).set(mia, ann, mia);
            server::promise(desk, mia);
            return 0;
        });
        const auto mia_id =
            office.inside([](server::Office& desk) { return *desk.people().user_by_login("mia"); });
        REQUIRE(office.people
                    .set({}, catalog::kUser, mia_id.as<RecordTag>(), "clearance", std::int64_t{2})
                    .has_value());
        Browser mia(office);
        REQUIRE(mia.sign_in("mia") == "ok");
        CHECK(mia.session["needs"] == "second_factor");
        CHECK(Browser::fate(mia.get("/api/v1/customer/list")) == "session.needs_second_factor");
        const auto offered = Browser::json(mia.post("/api/v1/session/second-factor"));
        CHECK(offered["qr"].get<std::string>().starts_with("<svg"));
        CHECK(Browser::fate(mia.ask("PUT", "/api/v1/session/second-factor", R"({"code":"1"})")) ==
              "session.wrong_code");
        const auto secret = office.inside(
            [&](server::Office& desk) { return desk.store().credential(mia_id)->offered_factor; });
        const auto set = mia.ask("PUT", "/api/v1/session/second-factor",
                                 Json{{"code", code_now(office, secret)}}.dump());
        CHECK(Browser::json(set)["recovery"].size() == 10);
        CHECK(Browser::fate(mia.get("/api/v1/customer/list")) == "ok");
        // Another one is set by who has the present one.
        CHECK(Browser::fate(mia.post("/api/v1/session/second-factor")) == "session.needs_code");
    }
    TEST_CASE("a password somebody else set is changed before anything else") {
        ConsoleOffice office;
        office.inside([&](server::Office& desk) {
            const auto same = desk.store().credential(office.people.ann)->password;
            server::Passwords(desk).set(office.people.ann, same, office.people.admin);
            return 0;
        });
        Browser ann(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        CHECK(ann.session["needs"] == "password");
        CHECK(Browser::fate(ann.get("/api/v1/customer/list")) == "session.needs_password");
        const auto change = [&](std::string_view old, std::string_view fresh) {
            return Browser::fate(
                ann.post("/api/v1/session/password", {{"old", old}, {"new", fresh}}));
        };
        CHECK(change("lake seven paper sun", "green river stone tea") == "session.wrong");
        CHECK(change(kGoodPassword, "short") == "password.short");
        CHECK(change(kGoodPassword, "password123!") == "password.common");
        CHECK(change(kGoodPassword, "green river stone tea") == "ok");
        CHECK(Browser::fate(ann.get("/api/v1/customer/list")) == "ok");
        CHECK(Browser(office).sign_in("ann") == "session.wrong");
        CHECK(Browser(office).sign_in("ann", "green river stone tea") == "ok");
    }
    TEST_CASE("failures make the next try wait longer, and waiting counts nothing") {
        ConsoleOffice office;
        Browser ann(office);
        int refused = 0;
        while (ann.sign_in("ann", "lake seven paper sun") == "session.wrong") ++refused;
        CHECK(refused == 3);
        CHECK(ann.session["refusal"]["seconds"] == 1);
        CHECK(ann.sign_in("ann") == "session.wait");
        office.advance(1s);
        CHECK(ann.sign_in("ann", "lake seven paper sun") == "session.wrong");
        CHECK(ann.sign_in("ann") == "session.wait");
        CHECK(ann.session["refusal"]["seconds"] == 2);
        office.advance(2s);
        CHECK(ann.sign_in("ann") == "ok");
        CHECK(ann.sign_in("ann", "lake seven paper sun") == "session.wrong");
        CHECK(ann.sign_in("ann") == "ok");
    }
    TEST_CASE("a stranger who tries somebody's name keeps him out nowhere he has been") {
        ConsoleOffice office;
        Browser ann(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        for (int round = 0; round < 30; ++round) {
            Browser stranger(office, "127.0.0." + std::to_string(2 + round % 20));
            stranger.sign_in("ann", "lake seven paper sun");
            office.advance(1s);
        }
        CHECK(Browser(office, "127.0.0.30").sign_in("ann") == "session.wait");
        CHECK(ann.sign_in("ann") == "ok");
        // And for good nowhere: the wait has an end.
        office.advance(server::kWaitMax);
        CHECK(Browser(office, "127.0.0.31").sign_in("ann") == "ok");
    }
    TEST_CASE("many tries at once are many") {
        ConsoleOffice office;
        std::vector<std::thread> all;
        std::atomic<int> tried{0};
        for (int each = 0; each < 8; ++each)
            all.emplace_back([&] {
                if (Browser(office).sign_in("ben", "lake seven paper sun") == "session.wrong")
                    ++tried;
            });
        for (auto& each : all) each.join();
        CHECK(tried == 3);
    }
    TEST_CASE(
        "a session ends after twelve hours, after half an hour unused, and when it is ended") {
        ConsoleOffice office;
        Browser ann(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        for (int hour = 0; hour < 11; ++hour) {
            office.advance(29min);
            CHECK(Browser::fate(ann.get("/api/v1/session")) == "ok");
            office.advance(29min);
            CHECK(Browser::fate(ann.get("/api/v1/session")) == "ok");
        }
        office.advance(29min);
        CHECK(Browser::fate(ann.get("/api/v1/session")) == "ok");
        office.advance(29min);
        CHECK(Browser::fate(ann.get("/api/v1/session")) == "ok");
        office.advance(25min);
        CHECK(Browser::fate(ann.get("/api/v1/session")) == "session.over");
        REQUIRE(ann.sign_in("ann") == "ok");
        office.advance(32min);
        CHECK(Browser::fate(ann.get("/api/v1/session")) == "session.over");
        REQUIRE(ann.sign_in("ann") == "ok");
        CHECK(ann.ask("DELETE", "/api/v1/session", "").status == 200);
        // The same secret again, after it was given up.
        CHECK(Browser::fate(ann.get("/api/v1/session")) == "session.over");
        CHECK(Browser::fate(ann.get("/api/v1/customer/list")) == "session.over");
        CHECK(office.audited("sign_out") ==
              std::vector<std::string>{"ok 1 over", "ok 2 over", "ok 3 asked"});
    }
    TEST_CASE("sessions outlive the program that began them") {
        ConsoleOffice office;
        Browser ann(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        office.restart();
        CHECK(Browser::fate(ann.get("/api/v1/customer/list")) == "ok");
    }
    TEST_CASE("one's own sessions are listed and ended by oneself alone") {
        ConsoleOffice office;
        Browser ann(office);
        Browser other(office);
        Browser ben(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        REQUIRE(other.sign_in("ann") == "ok");
        REQUIRE(ben.sign_in("ben") == "ok");
        CHECK(Browser::json(ann.get("/api/v1/sessions")).size() == 2);
        const auto end = [](Browser& who, const Json& session) {
            return Browser::fate(who.ask("DELETE", "/api/v1/sessions/" + session["id"].dump(), ""));
        };
        CHECK(end(ben, ann.session) == "session.no_such");
        CHECK(end(ben, {{"id", 987'654}}) == "session.no_such");
        CHECK(Browser::fate(ann.get("/api/v1/session")) == "ok");
        CHECK(end(ann, other.session) == "ok");
        CHECK(Browser::fate(other.get("/api/v1/session")) == "session.over");
        CHECK(Browser::fate(ann.get("/api/v1/session")) == "ok");
    }
    TEST_CASE("who is disabled is signed in nowhere") {
        ConsoleOffice office;
        Browser ann(office);
        Browser admin(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        REQUIRE(admin.sign_in("admin") == "ok");
        CHECK(Browser::fate(admin.post("/api/v1/user/ann/disable")) == "ok");
        office.advance(24h);
        CHECK(Browser::fate(ann.get("/api/v1/customer/list")) == "session.over");
        CHECK(ann.sign_in("ann") == "session.wrong");
    }
    TEST_CASE("a link sets a password once, within a day, and ends what was begun") {
        ConsoleOffice office;
        Browser ann(office);
        Browser admin(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        REQUIRE(admin.sign_in("admin") == "ok");
        CHECK(Browser::fate(ann.post("/api/v1/user/ben/reset-link")) == "access.denied");
        const auto link = [&] {
            return Browser::json(admin.post("/api/v1/user/ann/reset-link"))["data"]["token"];
        };
        const auto reset = [&](const Json& token, std::string_view fresh) {
            return Browser::fate(
                Browser(office).post("/api/v1/session/reset", {{"token", token}, {"new", fresh}}));
        };
        const auto first = link();
        const auto second = link();
        CHECK(reset(first, "green river stone tea") == "session.link");
        CHECK(reset("", "green river stone tea") == "session.link");
        CHECK(reset(second, "ann") == "password.short");
        CHECK(reset(second, "green river stone tea") == "ok");
        CHECK(reset(second, "green river stone tee") == "session.link");
        CHECK(Browser::fate(ann.get("/api/v1/session")) == "session.over");
        CHECK(ann.sign_in("ann", "green river stone tea") == "ok");
        const auto late = link();
        office.advance(25h);
        CHECK(reset(late, "green river stone tee") == "session.link");
    }
    TEST_CASE("an administrator sets others' passwords, not his own without the former one") {
        ConsoleOffice office;
        Browser admin(office);
        Browser ann(office);
        REQUIRE(admin.sign_in("admin") == "ok");
        REQUIRE(ann.sign_in("ann") == "ok");
        const auto set = [](Browser& by, const std::string& login) {
            return Browser::fate(by.post("/api/v1/user/" + login + "/password",
                                         {{"password", "green river stone tea"}}));
        };
        CHECK(set(ann, "ben") == "access.denied");
        CHECK(set(ann, "ann") == "access.denied");
        CHECK(set(admin, "admin") == "password.own");
        CHECK(set(admin, "ann") == "ok");
        CHECK(Browser::fate(ann.get("/api/v1/session")) == "session.over");
        CHECK(ann.sign_in("ann", "green river stone tea") == "ok");
        CHECK(ann.session["needs"] == "password");
    }
}

}  // namespace dossier::test
