// What open pages hear.
#include <doctest/doctest.h>

#include "tests/unit/server/web/browser.hpp"

namespace dossier::test {
namespace {

/// A page that listens.
struct Listening {
    Listening(ConsoleOffice& office, const Browser& browser) : peer(office.port()) {
        peer.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost:" +
                  std::to_string(office.port()) + "\r\nCookie: " + browser.cookie + "\r\n\r\n");
    }
    /// Waits until it has heard it; false when the stream ends first.
    bool hears(const std::string& what) {
        while (peer.held().find(what) == std::string::npos) {
            if (!peer.receive()) return false;
        }
        return true;
    }

    Peer peer;
};

}  // namespace

TEST_SUITE("server/web/events") {
    TEST_CASE("a page hears at once how much waits, and of changes its person may know of") {
        ConsoleOffice office;
        Browser ann(office);
        Browser cai(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        REQUIRE(cai.sign_in("cai") == "ok");
        Browser admin(office);
        REQUIRE(admin.sign_in("admin") == "ok");
        Listening here(office, ann);
        Listening far(office, cai);
        CHECK(here.hears("event: counts"));
        CHECK(far.hears("event: counts"));
        const auto secret =
            Browser::json(ann.post("/api/v1/customer/add", {{"name", "明润医药"}}))["data"]["id"]
                .get<std::string>();
        CHECK(here.hears("\"id\":\"" + secret + "\""));
        // Of the next thing that both may know of he hears; of the one before he never did.
        const auto region = Browser::json(
            admin.post("/api/v1/region/add", {{"code", "XN"}, {"name", "西南"}}))["data"]["id"];
        CHECK(far.hears(region.get<std::string>()));
        CHECK(far.peer.held().find(secret) == std::string::npos);
    }
    TEST_CASE("a page is told when its session is over, and its stream ends") {
        ConsoleOffice office;
        Browser ann(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        Listening page(office, ann);
        REQUIRE(page.hears("event: counts"));
        CHECK(ann.ask("DELETE", "/api/v1/session", "").status == 200);
        CHECK(page.hears("event: over"));
        page.peer.rest();
    }
    TEST_CASE("a page that is only open keeps nobody signed in") {
        ConsoleOffice office;
        Browser ann(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        Listening page(office, ann);
        REQUIRE(page.hears("event: counts"));
        office.advance(std::chrono::minutes(40));
        CHECK(page.hears("event: over"));
        CHECK(Browser::fate(ann.get("/api/v1/session")) == "session.over");
    }
}

}  // namespace dossier::test
