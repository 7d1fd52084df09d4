// The laptop's page over HTTP: who is let in, what a locked laptop still says, what an action is
// asked and answered.
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <unistd.h>

#include "common/vault/slots.hpp"

#include "client/actions/home.hpp"
#include "tests/unit/client/web/laptop_at_work.hpp"

namespace dossier::test {
namespace {

constexpr const char* kPassphrase = "湖上七只纸做的月亮";

/// The store opens by `kPassphrase`, too.
void give_passphrase(LaptopAtWork& laptop) {
    auto next = client::passphrase_of(kPassphrase);
    REQUIRE(next);
    REQUIRE(vault::add_slot(client::paths_in(laptop.desk.dir()),
                            vault::Unlock(vault::KeyFile{laptop.desk.place("key")}), *next,
                            laptop.desk.world.laptop.random));
}

TEST_SUITE("client/web/page") {
    TEST_CASE("a browser that is not known learns that the program lives, and nothing else") {
        LaptopAtWork laptop;
        const auto routes = client::laptop_routes();
        auto stranger = laptop.browser();
        CHECK(stranger.get("/api/v1/health").body == R"({"ok":true})");
        for (const auto* path :
             {"/api/v1/session", "/api/v1/state", "/api/v1/actions", "/api/v1/schema",
              "/api/v1/openapi.json", "/api/v1/events", "/api/v1/no/such/thing"})
            CHECK_MESSAGE(Visitor::fate(stranger.get(path)) == "page.unknown", path);
        for (const auto* path :
             {"/api/v1/lock", "/api/v1/session/vault", "/api/v1/passphrase", "/api/v1/sync"})
            CHECK_MESSAGE(Visitor::fate(stranger.post(path)) == "page.unknown", path);
        for (const auto& route : routes.all()) {
            auto path = route.path;
            if (const auto at = path.find('{'); at != std::string::npos)
                path.replace(at, path.find('}') - at + 1, "x");
            CHECK_MESSAGE(Visitor::fate(stranger.post(path)) == "page.unknown", path);
        }
    }

    TEST_CASE("another user of the machine is a stranger, whatever cookie his request shows") {
        LaptopAtWork laptop;
        auto browser = laptop.known_browser();
        CHECK(browser.get("/api/v1/customer/list").status == 200);
        CHECK(laptop.asked_by == ::geteuid());
        laptop.is_own = false;
        CHECK(browser.get("/api/v1/health").status == 200);
        for (const auto* path : {"/api/v1/session", "/api/v1/customer/list", "/api/v1/events"})
            CHECK_MESSAGE(Visitor::fate(browser.get(path)) == "page.unknown", path);
        CHECK(Visitor::fate(browser.post("/api/v1/session", {{"passphrase", kPassphrase}})) ==
              "page.unknown");
        CHECK(Visitor::fate(browser.post("/api/v1/session",
                                         {{"token", laptop.page->new_token()}})) == "page.unknown");
    }

    TEST_CASE("the secret of an opening address lets one browser in, once, for ten minutes") {
        LaptopAtWork laptop;
        const auto token = laptop.page->new_token();
        auto first = laptop.browser();
        CHECK(first.post("/api/v1/session", {{"token", token}}).status == 200);
        auto second = laptop.browser();
        CHECK(Visitor::fate(second.post("/api/v1/session", {{"token", token}})) ==
              "page.wrong_token");
        const auto late = laptop.page->new_token();
        laptop.clock().advance(std::chrono::minutes(10) + std::chrono::seconds(1));
        CHECK(Visitor::fate(second.post("/api/v1/session", {{"token", late}})) ==
              "page.wrong_token");
        CHECK(Visitor::fate(second.post("/api/v1/session", {{"token", ""}})) == "page.wrong_token");
    }

    TEST_CASE("what changes something needs what only a page of this laptop can know") {
        LaptopAtWork laptop;
        auto browser = laptop.known_browser();
        browser.csrf = std::string(32, '0');
        for (const auto* path : {"/api/v1/lock", "/api/v1/visit/add", "/api/v1/draft/visit/save"})
            CHECK_MESSAGE(Visitor::fate(browser.post(path)) == "console.forged", path);
        CHECK(browser.get("/api/v1/customer/list").status == 200);
    }

    TEST_CASE("an action is carried out, and what it saved waits for the office") {
        LaptopAtWork laptop;
        auto browser = laptop.known_browser();
        const auto saved =
            browser.post("/api/v1/visit/add",
                         {{"customer", "明润"}, {"text", {"谈了试用"}}, {"purpose", "回访"}});
        CHECK(Visitor::fate(saved) == "ok");
        const auto state = Visitor::json(browser.get("/api/v1/state"));
        CHECK(state["sync"]["unsent"] == 1);
        CHECK(state["sync"]["state"] == "waiting");
    }

    TEST_CASE("a file is brought as bytes and given back as bytes, and no name leads elsewhere") {
        LaptopAtWork laptop(false);
        laptop.desk.world.office.schema = catalog::schema_version();
        laptop.desk.sync();  // the office tells its key
        REQUIRE(laptop.open());
        auto browser = laptop.known_browser();
        const auto added = browser.post(
            "/api/v1/attach/add",
            {{"customer", "明润"},
             {"document", {{"name", "执照.txt"}, {"data", api::to_base64("营业执照")}}}});
        REQUIRE(Visitor::fate(added) == "ok");
        const std::string id = Visitor::json(added)["data"]["record"];
        const auto got = Visitor::json(browser.get("/api/v1/attach/" + id + "/get"));
        CHECK(api::from_base64(got["data"]["file"]["data"].get<std::string>()) == "营业执照");
        CHECK(got.dump().find(laptop.desk.place("scratch")) == std::string::npos);
        const auto key = laptop.desk.place("key");
        CHECK(Visitor::fate(
                  browser.post("/api/v1/attach/add", {{"customer", "明润"}, {"document", key}})) ==
              "console.file");
    }

    TEST_CASE("a table that is written is named after what writes it, where the page names none") {
        LaptopAtWork laptop;
        auto browser = laptop.known_browser();
        const auto made = Visitor::json(
            browser.post("/api/v1/export",
                         {{"kind", "customer"}, {"customer", {"明润"}}, {"purpose", "拜访携带"}}));
        REQUIRE(made["data"].contains("file"));
        CHECK(made["data"]["file"]["name"] == "export.xlsx");
    }

    TEST_CASE("what names a folder of the machine is not offered to a page") {
        const auto routes = client::laptop_routes();
        CHECK_FALSE(routes.find("/api/v1/backup/create"));
        CHECK_FALSE(routes.find("/api/v1/run"));
        CHECK(routes.find("/api/v1/customer/list"));
    }

    TEST_CASE(
        "a locked laptop tells a known browser numbers, nothing it keeps and nothing it can") {
        LaptopAtWork laptop;
        auto browser = laptop.known_browser();
        REQUIRE(Visitor::fate(browser.post(
                    "/api/v1/visit/add",
                    {{"customer", "明润"}, {"text", {"秘密"}}, {"purpose", "回访"}})) == "ok");
        CHECK(Visitor::fate(browser.post("/api/v1/lock")) == "ok");
        CHECK(laptop.agent.vault() == client::VaultIs::Locked);
        const auto state = Visitor::json(browser.get("/api/v1/state"));
        CHECK(state["vault"] == "locked");
        CHECK(state["sync"]["unsent"] == 1);
        CHECK_FALSE(state.contains("user"));
        CHECK(Visitor::fate(browser.get("/api/v1/customer/list")) == "page.locked");
        CHECK(Visitor::fate(browser.post("/api/v1/sync")) == "page.locked");
        for (const auto* path : {"/api/v1/actions", "/api/v1/schema", "/api/v1/openapi.json"})
            CHECK_MESSAGE(Visitor::fate(browser.get(path)) == "page.locked", path);
        CHECK(browser.get("/api/v1/health").status == 200);
        CHECK(Visitor::fate(browser.post("/api/v1/passphrase", {{"old", kPassphrase}})) ==
              "page.locked");
        REQUIRE(laptop.open());
        CHECK(Visitor::fate(browser.get("/api/v1/customer/list")) == "ok");
        CHECK(browser.get("/api/v1/actions").status == 200);
    }

    TEST_CASE("how a sync failed is told in the words of a page") {
        LaptopAtWork laptop;
        auto browser = laptop.known_browser();
        CHECK(Visitor::fate(browser.post("/api/v1/sync")) == "client.not_enrolled");
        const auto state = browser.get("/api/v1/state");
        const auto told = Visitor::json(state)["sync"]["error"];
        CHECK(told["id"] == "client.not_enrolled");
        CHECK(state.body.find("\\u0002") == std::string::npos);
    }

    TEST_CASE("the passphrase opens; wrong ones wait longer and longer, the right one too") {
        LaptopAtWork laptop(false);
        give_passphrase(laptop);
        auto browser = laptop.browser();
        const auto say = [&](const char* passphrase) {
            return browser.post("/api/v1/session", {{"passphrase", passphrase}});
        };
        for (int i = 0; i < 3; ++i) CHECK(Visitor::fate(say("短")) == "vault.wrong_passphrase");
        const auto waits = say(kPassphrase);
        CHECK(waits.status == 429);
        CHECK(Visitor::json(waits)["refusal"]["seconds"] == 1);
        laptop.clock().advance(std::chrono::seconds(2));
        CHECK(Visitor::fate(say("又一句不对的口令")) == "vault.wrong_passphrase");
        CHECK(Visitor::json(say(kPassphrase))["refusal"]["seconds"] == 2);
        laptop.clock().advance(std::chrono::seconds(3));
        CHECK(say(kPassphrase).status == 200);
        CHECK(laptop.agent.vault() == client::VaultIs::Open);
    }

    TEST_CASE(
        "a restart forgets no wrong passphrase, and what stands in the file holds nobody out") {
        LaptopAtWork laptop(false);
        give_passphrase(laptop);
        const auto path = laptop.desk.dir() + "/dossier.attempts";
        for (int i = 0; i < 5; ++i) {
            laptop.clock().advance(std::chrono::minutes(6));
            CHECK(laptop.agent.unlock("一句不对的口令").error().is(vault::kWrongPassphrase));
        }
        CHECK((std::filesystem::status(path).permissions() & std::filesystem::perms(0777)) ==
              std::filesystem::perms(0600));
        const auto again = [&] {
            return std::make_unique<client::Agent>(
                client::AgentOptions{.folder = laptop.desk.dir()}, laptop.clock(),
                laptop.desk.world.laptop.random, laptop.log);
        };
        for (const char* typed : {kPassphrase, "一句不对的口令"}) {
            const auto refused = again()->unlock(typed);
            REQUIRE_FALSE(refused);
            CHECK(refused.error().is(client::kAgentWait));
        }
        laptop.clock().advance(std::chrono::seconds(5));
        CHECK(again()->unlock(kPassphrase));
        CHECK_FALSE(std::filesystem::exists(path));
        for (const char* broken : {"", "x", "-7 1", "999999999 1", "5", "5 99999999999999999"}) {
            CAPTURE(broken);
            std::ofstream(path) << broken;
            laptop.clock().advance(std::chrono::minutes(6));
            auto agent = again();
            laptop.clock().advance(std::chrono::minutes(5));
            CHECK(agent->unlock(kPassphrase));
        }
    }

    TEST_CASE("what is no form is not kept as one") {
        LaptopAtWork laptop;
        auto browser = laptop.known_browser();
        for (const char* text : {"", "{", "[]", "\"a\"", "7", "null"})
            CHECK_MESSAGE(Visitor::fate(browser.post("/api/v1/draft/visit/save",
                                                     {{"form", text}})) == "draft.form",
                          text);
        CHECK(browser.get("/api/v1/draft/visit/show").status == 404);
    }

    TEST_CASE("a file with a long Chinese name is taken under as much of it as fits") {
        LaptopAtWork laptop(false);
        laptop.desk.world.office.schema = catalog::schema_version();
        laptop.desk.sync();
        REQUIRE(laptop.open());
        auto browser = laptop.known_browser();
        std::string name;
        for (int i = 0; i < 120; ++i) name += "照";
        const auto added = browser.post(
            "/api/v1/attach/add",
            {{"customer", "明润"},
             {"document", {{"name", name + ".txt"}, {"data", api::to_base64("营业执照")}}}});
        REQUIRE(Visitor::fate(added) == "ok");
        const std::string id = Visitor::json(added)["data"]["record"];
        const auto got =
            Visitor::json(browser.get("/api/v1/attach/" + id + "/get?output=%E7%85%A7.txt"));
        CHECK(api::from_base64(got["data"]["file"]["data"].get<std::string>()) == "营业执照");
        const auto fitting = api::fitting_name(name + ".txt");
        CHECK(fitting.size() <= 200);
        CHECK(fitting.ends_with("照.txt"));
        CHECK(is_utf8(fitting));
        CHECK(api::fitting_name("执照.txt") == "执照.txt");
    }

    TEST_CASE("how many days it is without a sync is told by the laptop's own clock") {
        LaptopAtWork laptop;
        auto browser = laptop.known_browser();
        const auto days = [&] {
            return Visitor::json(browser.get("/api/v1/state"))["sync"]["days_without"];
        };
        CHECK(days() == 0);
        laptop.clock().advance(std::chrono::hours(24 * 4 + 1));
        CHECK(days() == 4);
    }

    TEST_CASE("a list by a text finds what people write of a customer, and takes filters too") {
        LaptopAtWork laptop;
        auto browser = laptop.known_browser();
        REQUIRE(Visitor::fate(browser.post(
                    "/api/v1/contact/add",
                    {{"customer", "明润"}, {"name", "王海燕"}, {"phones", {"13900001111"}}})) ==
                "ok");
        const auto found = [&](const std::string& query) {
            const auto answer = Visitor::json(browser.get("/api/v1/customer/list?" + query));
            REQUIRE_FALSE(answer.contains("refusal"));
            return answer["data"].size();
        };
        for (const auto* text : {"%E6%98%8E%E6%B6%A6", "mingrun", "hzmr", "13900001111"})
            CHECK_MESSAGE(found(std::string("text=") + text) == 1, text);
        CHECK(found("text=bucunzai") == 0);
        CHECK(found("text=mingrun&columns=name,customer_no&limit=50&sort=name") == 1);
        CHECK(found("text=mingrun&where=name~bucunzai") == 0);
        CHECK(Visitor::fate(browser.get("/api/v1/customer/list?text=mr&mine=true")) ==
              "query.not_together");
    }

    TEST_CASE("a form that is not finished outlives the lock") {
        LaptopAtWork laptop;
        auto browser = laptop.known_browser();
        CHECK(Visitor::fate(browser.post("/api/v1/draft/visit/save", {{"form", "{\"a\":1}"}})) ==
              "ok");
        laptop.agent.lock();
        CHECK(Visitor::fate(browser.get("/api/v1/draft/visit/show")) == "page.locked");
        REQUIRE(laptop.open());
        const auto kept = Visitor::json(browser.get("/api/v1/draft/visit/show"));
        CHECK(kept["data"]["form"] == "{\"a\":1}");
        CHECK(Visitor::fate(browser.post("/api/v1/draft/visit/remove")) == "ok");
        CHECK(browser.get("/api/v1/draft/visit/show").status == 404);
        CHECK(Visitor::fate(browser.post("/api/v1/draft/a!b/save", {{"form", ""}})) ==
              "draft.name");
    }
}

}  // namespace
}  // namespace dossier::test
