// What a browser may ask for, and in which way.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include <doctest/doctest.h>

#include "tests/unit/server/web/browser.hpp"

namespace dossier::test {
namespace {

using action::Json;

const api::Routes& routes() {
    static const api::Routes kAll = server::office_routes();
    return kAll;
}

/// The path with something in its named place.
std::string filled(const api::Route& route, std::string_view named) {
    auto path = route.path;
    if (const auto at = path.find('{'); at != std::string::npos)
        path.replace(at, path.find('}') - at + 1, named);
    return path;
}

std::size_t customers(ConsoleOffice& office) {
    return office.inside(
        [](server::Office& desk) { return desk.store().count(catalog::kCustomer.tag); });
}

}  // namespace

TEST_SUITE("server/web/routes") {
    TEST_CASE("each action that is asked for from elsewhere has one path, and it leads to it") {
        std::set<std::string> paths;
        for (const auto& route : routes().all()) {
            CAPTURE(route.path);
            CHECK(paths.insert(route.path).second);
            const auto found = routes().find(filled(route, "明润"));
            REQUIRE(found.has_value());
            CHECK(found->route == &route);
            CHECK(found->named == (route.named == nullptr ? "" : "明润"));
        }
        for (const auto* action : server::actions()) {
            const bool is_there = std::ranges::any_of(
                routes().all(), [&](const auto& route) { return route.action == action; });
            CAPTURE(action->words);
            CHECK(is_there ==
                  (action->runs != server::Runs::Here && action->does != server::Does::Machine));
        }
        for (const auto* path :
             {"/api/v1", "/api/v1/", "/api/v1/customer", "/api/v1/customer//show",
              "/api/v1/customer/x/y/show", "/api/v1/customer/x/list", "/customer/list",
              "/api/v1/serve", "/api/v1/verify"}) {
            CAPTURE(path);
            CHECK_FALSE(routes().find(path).has_value());
        }
    }
}

TEST_SUITE("server/web/console") {
    TEST_CASE("who has not signed in is told that it lives, and nothing else") {
        ConsoleOffice office;
        Browser nobody(office);
        CHECK(nobody.get("/api/v1/health").body == R"({"ok":true})");
        for (const auto& route : routes().all()) {
            CAPTURE(route.path);
            const bool reads = route.method == http::Method::Get;
            const auto answer =
                nobody.ask(reads ? "GET" : "POST", filled(route, "x"), reads ? "" : "{}");
            CHECK(answer.status == 401);
            CHECK(Browser::fate(answer) == "session.over");
        }
        for (const auto* path : {"/api/v1/actions", "/api/v1/schema", "/api/v1/openapi.json",
                                 "/api/v1/session", "/api/v1/sessions"}) {
            CAPTURE(path);
            CHECK(nobody.get(path).status == 401);
        }
        CHECK(nobody.get("/api/v1/events").status == 404);
        nobody.cookie = "dossier_session=" + std::string(64, 'a');
        CHECK(Browser::fate(nobody.get("/api/v1/customer/list")) == "session.over");
        CHECK(Browser::fate(nobody.get("/api/v1/schema")) == "session.over");
    }
    TEST_CASE("a change without the token of the page, or with another's, changes nothing") {
        ConsoleOffice office;
        Browser ann(office);
        Browser ben(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        REQUIRE(ben.sign_in("ben") == "ok");
        const std::string body = R"({"name":"明润医药"})";
        const auto add = [&](const std::string& more) {
            return Browser::fate(ann.ask("POST", "/api/v1/customer/add", body, more));
        };
        CHECK(add("X-CSRF-Token: \r\n") == "console.forged");
        CHECK(add("X-CSRF-Token: " + ben.csrf + "\r\n") == "console.forged");
        CHECK(add("X-CSRF-Token: " + ann.csrf.substr(1) + "\r\n") == "console.forged");
        const auto former = ann.csrf;
        REQUIRE(ann.sign_in("ann") == "ok");
        CHECK(add("X-CSRF-Token: " + former + "\r\n") == "console.forged");
        CHECK(customers(office) == 0);
        CHECK(add("") == "ok");
        CHECK(customers(office) == 1);
        CHECK(Browser::fate(ann.ask("DELETE", "/api/v1/session", "", "X-CSRF-Token: x\r\n")) ==
              "console.forged");
    }
    TEST_CASE("another site's page and another name for this machine are refused") {
        ConsoleOffice office;
        Browser ann(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        const std::string body = R"({"name":"明润医药"})";
        for (const auto* more : {"Origin: https://evil.example\r\n", "Origin: null\r\n",
                                 "Sec-Fetch-Site: cross-site\r\n"}) {
            CAPTURE(more);
            CHECK(ann.ask("POST", "/api/v1/customer/add", body, more).status == 403);
        }
        CHECK(ann.ask("GET", "/api/v1/customer/list", "", "Host: evil.example\r\n").status == 421);
        const auto login = R"({"user":"ann","password":"lake seven paper moon"})";
        CHECK(Browser(office)
                  .ask("POST", "/api/v1/session", login, "Origin: https://evil.example\r\n")
                  .status == 403);
        CHECK(customers(office) == 0);
    }
    TEST_CASE("what only reads is asked by GET, what changes by POST alone") {
        ConsoleOffice office;
        Browser ann(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        CHECK(Browser::fate(ann.get("/api/v1/customer/add?name=x")) == "console.method");
        CHECK(ann.ask("PUT", "/api/v1/customer/add", "{}").status == 400);
        CHECK(Browser::fate(ann.get("/api/v1/nothing/here")) == "console.no_page");
        CHECK(ann.get("/api/v1/nothing/here").status == 404);
        CHECK(Browser::fate(ann.post("/api/v1/customer/list", {{"limit", "1"}})) == "ok");
        CHECK(customers(office) == 0);
    }
    TEST_CASE("a body that is no flat object of inputs is refused before anything is done") {
        ConsoleOffice office;
        Browser ann(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        const auto post = [&](const std::string& body) {
            return Browser::fate(ann.ask("POST", "/api/v1/customer/add", body));
        };
        CHECK(post("[1]") == "console.body");
        CHECK(post("{") == "console.body");
        CHECK(post(R"({"name":)" + std::string(100'000, '[')) == "console.body");
        CHECK(post(R"({"name":"x","no such":"y"})") == "action.unknown_input");
        CHECK(post(R"({"name":{"a":1}})") == "action.wrong_input");
        CHECK(post("{}") == "action.wrong_input");
        CHECK(customers(office) == 0);
    }
    TEST_CASE("a hostile name is a text like any other, and no answer is a page") {
        ConsoleOffice office;
        Browser ann(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        const std::string name = "<img src=x onerror=alert(1)>";
        CHECK(Browser::fate(ann.post("/api/v1/customer/add", {{"name", name}})) == "ok");
        const auto answer = ann.get("/api/v1/customer/list?columns=name");
        CHECK(answer.header("content-type") == "application/json; charset=utf-8");
        CHECK(answer.header("x-content-type-options") == "nosniff");
        CHECK(Browser::json(answer)["data"][0]["name"] == name);
    }
    TEST_CASE("a table is sent with a request and another comes back with an answer") {
        ConsoleOffice office;
        Browser ann(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        const Json file{{"name", "客户.csv"},
                        {"data", api::to_base64("客户名称,总机\n明润医药,0571-88990001\n")}};
        const auto sent = ann.post("/api/v1/customer/import", {{"file", file}});
        CHECK(Browser::fate(sent) == "ok");
        CHECK(Browser::json(sent)["data"]["new"] == 1);
        CHECK(customers(office) == 1);
        const auto report = ann.post("/api/v1/customer/import",
                                     {{"file", file}, {"dry-run", true}, {"report", "问题.csv"}});
        const auto written = Browser::json(report)["data"]["file"];
        CHECK(written["name"] == "问题.csv");
        CHECK(api::from_base64(written["data"].get<std::string>()).has_value());
        CHECK(report.body.find("scratch") == std::string::npos);
        // Nothing of either is left.
        const auto scratch = office.people.store.folder() / "scratch";
        CHECK(std::filesystem::is_empty(scratch));
    }
    TEST_CASE("no request names a file of the office's machine") {
        ConsoleOffice office;
        Browser ann(office);
        REQUIRE(ann.sign_in("ann") == "ok");
        const auto secret = office.people.store.folder() / "secret.csv";
        std::ofstream(secret) << "客户名称\n机密医药\n";
        for (const Json& file :
             {Json(secret.string()), Json{{"name", secret.string()}, {"data", ""}},
              Json{{"name", "../secret.csv"}, {"data", ""}}, Json{{"name", ""}, {"data", ""}},
              Json{{"name", "a.csv"}, {"data", "###"}}, Json{{"data", ""}}}) {
            CAPTURE(file.dump());
            CHECK(Browser::fate(ann.post("/api/v1/customer/import", {{"file", file}})) ==
                  "console.file");
        }
        const auto against = ann.get("/api/v1/audit/verify?against=" + secret.string());
        CHECK(Browser::fate(against) != "ok");
        CHECK(against.body.find("机密医药") == std::string::npos);
        const auto report =
            ann.post("/api/v1/customer/import",
                     {{"file", {{"name", "a.csv"}, {"data", api::to_base64("客户名称\n明润\n")}}},
                      {"report", secret.string()}});
        std::ifstream in(secret);
        std::string first;
        std::getline(in, first);
        CHECK(first == "客户名称");
        CHECK(customers(office) == 1);
    }
    TEST_CASE("menus and forms are told in the asker's language, from the tables alone") {
        ConsoleOffice office;
        Browser admin(office);
        Browser ann(office);
        REQUIRE(admin.sign_in("admin") == "ok");
        REQUIRE(ann.sign_in("ann") == "ok");
        const auto actions = Browser::json(ann.get("/api/v1/actions"));
        CHECK(actions.size() == routes().all().size());
        const auto may = [](const Json& list, std::string_view name) {
            for (const auto& each : list) {
                if (each["name"] == name) return each["may"].get<bool>();
            }
            return false;
        };
        CHECK_FALSE(may(actions, "user.add"));
        CHECK(may(actions, "customer.add"));
        CHECK(may(Browser::json(admin.get("/api/v1/actions")), "user.add"));
        const auto schema = Browser::json(ann.get("/api/v1/schema"));
        CHECK(schema["kinds"].size() == catalog::kinds().size());
        // What a file is submitted with: every demand of a draft and of a submission, no later one.
        const auto& submission = schema["submission"];
        CHECK(submission["by"] == "party_kind");
        CHECK(submission["demands"].size() == 11);
        const auto names_primary = [](const action::Json& demand) {
            const auto& way = demand["ways"].front();
            return way["kind"] == "contact" && way["fields"].front()["name"] == "is_primary" &&
                   way["fields"].front()["code"] == "1" && demand["person"] == false;
        };
        CHECK(std::ranges::count_if(submission["demands"], names_primary) == 1);
        const auto openapi = Browser::json(ann.get("/api/v1/openapi.json"));
        CHECK(openapi["paths"].size() == actions.size());
        CHECK(ann.get("/api/v1/actions").body.find('\x02') == std::string::npos);
    }
    TEST_CASE("what a page loads to know the program leaves no line in the audit") {
        ConsoleOffice office;
        Browser admin(office);
        REQUIRE(admin.sign_in("admin") == "ok");
        const auto lines = [&] {
            return Browser::json(admin.get("/api/v1/audit/list?limit=1000"))["data"].size();
        };
        const auto before = lines();
        for (const char* path : {"/api/v1/actions", "/api/v1/schema", "/api/v1/openapi.json"})
            CHECK(admin.get(path).status == 200);
        CHECK(lines() == before + 1);  // the first look at it
    }
    TEST_CASE("a program without pages says so, and has none of another's") {
        ConsoleOffice office;
        Browser nobody(office);
        CHECK(nobody.get("/").status == 404);
        CHECK(nobody.get("/").body.find("console.not_built") != std::string::npos);
        CHECK(nobody.get("/assets/x.js").body.find("console.no_page") != std::string::npos);
        CHECK(nobody.get("/../../etc/passwd").status == 400);
        CHECK(nobody.get("/%2e%2e/office.key").status == 400);
    }
}

TEST_SUITE("server/web/base64") {
    TEST_CASE("bytes come back as they were, and one text alone is them") {
        std::string bytes;
        for (int size = 0; size < 300; ++size) {
            const auto text = api::to_base64(bytes);
            CHECK(api::from_base64(text) == bytes);
            bytes.push_back(static_cast<char>(size * 37));
        }
        CHECK(api::to_base64("foobar") == "Zm9vYmFy");
        CHECK(api::to_base64("foob") == "Zm9vYg==");
        for (const auto* text : {"Zg", "Zg=", "Z===", "Zh==", "Zm9=", "Zm 9v", "====", "Zg==Zg=="})
            CHECK_FALSE(api::from_base64(text).has_value());
    }
}

}  // namespace dossier::test
