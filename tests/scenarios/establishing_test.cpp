// Scenarios of founding a file, as the domain's page tells them. Source: domain 7, AS-01 … AS-03.
#include <doctest/doctest.h>

#include "tests/scenarios/stage.hpp"

using namespace dossier;
using namespace dossier::test;
using namespace std::chrono_literals;

namespace {

/// A file with all that is asked for before it is submitted.
std::string complete(std::string_view name, std::string_view street) {
    return "customer add " + std::string(name) +
           " --party-kind enterprise --contact 王海燕 --phone 13900001111 --source event "
           "--source-detail 2026春季药交会 --business-need 分析天平 --province 浙江省 "
           "--city 杭州市 --district 西湖区 --street-address " +
           std::string(street) +
           " --industry-code C27 --enterprise-nature private --legal-rep 周明远 "
           "--party-role buyer";
}

constexpr std::string_view kMingrun = "杭州明润医药有限公司";

std::string of(std::string_view verb, std::string_view rest = "") {
    return "customer " + std::string(verb) + " " + std::string(kMingrun) +
           (rest.empty() ? "" : " ") + std::string(rest);
}

std::string day_of(const cli::Json& shown, std::string_view field) {
    return office_date(Instant{shown.at("values").at(std::string(field)).get<std::int64_t>()});
}

std::string state_at(Stage& stage, std::string_view login) {
    return stage.value(login, "customer", kMingrun, "file_state");
}

/// "kind: text" of notifications, joined.
std::string texts(const cli::Json& list) {
    std::string all;
    for (const auto& each : list)
        all += each.at("kind").get<std::string>() + ": " + each.at("text").get<std::string>() + ";";
    return all;
}
bool has(const std::string& text, std::string_view words) {
    return text.find(words) != std::string::npos;
}

}  // namespace

TEST_SUITE("scenarios/establishing") {
    TEST_CASE("AS-01 a file made offline within a week is in time, and goes the whole way") {
        Stage stage;
        stage.at("2026-03-02 08:00");
        stage.gives_laptop("lijg");
        stage.at("2026-03-02 10:10");
        stage.writes("lijg",
                     complete(kMingrun, "文三路88号") + " --unified-code 91330106MA2AB1234G");
        const auto draft = stage.writes("lijg", of("show"));
        const std::string provisional = draft.at("values").at("provisional_no");
        CHECK(provisional.starts_with("T-"));
        stage.at("2026-03-09 20:00");
        // A week without the office: the laptop shows nothing any more, and still takes work by the
        // number of the file.
        CHECK(stage.laptop("lijg", of("show")).fate() == "client.lease_over");
        stage.writes("lijg", "customer submit " + provisional);
        stage.at("2026-03-10 21:00");
        stage.syncs("lijg");

        const auto submitted = stage.done("zhangw", of("show"));
        CHECK(submitted.at("values").at("file_state") == "superior_review");
        CHECK(submitted.at("values").at("provisional_no") == provisional);
        CHECK(day_of(submitted, "first_contact_at") == "2026-03-02");
        CHECK(day_of(submitted, "submitted_at") == "2026-03-09");
        CHECK(submitted.at("workflows").at(0).at("waits").at(0).at("person") == "张伟");

        // Nobody is skipped: the superior first, then the inspector with what he checked, then the
        // clerk.
        CHECK(stage.office("liuy", of("post")).fate() == "intake.out_of_turn");
        CHECK(stage.office("lijg", of("approve")).fate() == "access.denied");
        stage.done("zhangw", of("approve"));
        CHECK(stage.office("hey", of("verified", "--reason 属实")).fate() == "intake.unchecked");
        for (const char* part : {"identity --method document", "phone --method phone"})
            stage.done("hey",
                       "field-check add --customer " + std::string(kMingrun) + " --part " + part);
        stage.done("hey", of("verified", "--reason 执照与电话属实"));
        stage.done("liuy", of("post"));

        const auto posted = stage.done("liuy", of("show"));
        CHECK(posted.at("values").at("file_state") == "active");
        CHECK(posted.at("values").at("customer_no").get<std::string>().starts_with("KH-HD-2026-"));
        CHECK(posted.at("values").at("secrecy_level") == 1);
        // The author and the keepers know of it; every step stands in the history.
        CHECK(has(texts(stage.done("sunl", "notification list")), "入库"));
        const auto history = stage.done("liuy", of("history")).dump();
        for (const char* event : {"submit", "approve", "verified", "post"})
            CHECK(history.find(event) != std::string::npos);
        stage.syncs("lijg");
        CHECK(stage.writes("lijg", of("show")).at("values").at("file_state") == "active");
        CHECK(has(texts(stage.writes("lijg", "notification list")), "入库"));
    }
    TEST_CASE("AS-02 a draft that comes late is told of, and a wrong clock makes it no earlier") {
        Stage stage;
        stage.at("2026-03-02 08:00");
        stage.gives_laptop("lijg");
        stage.at("2026-03-02 10:00");
        stage.writes("lijg", complete(kMingrun, "文三路88号"));
        stage.syncs("lijg");
        stage.at("2026-03-07 09:00");
        stage.job("remind");
        CHECK(has(texts(stage.done("lijg", "notification list")), "提交审核"));
        stage.at("2026-03-09 23:59");
        stage.job("remind");
        CHECK_FALSE(has(texts(stage.done("zhangw", "notification list")), "overdue"));
        stage.at("2026-03-10 00:01");
        stage.job("remind");
        const auto late = texts(stage.done("zhangw", "notification list"));
        CHECK(has(late, "overdue: 提交审核/submit (2026-03-09)"));
        stage.at("2026-03-12 10:00");
        stage.clock_is_off("lijg", -96h);
        stage.writes("lijg", of("submit"));
        stage.syncs("lijg");
        const auto shown = stage.done("zhangw", of("show"));
        CHECK(shown.at("values").at("file_state") == "superior_review");
        CHECK(day_of(shown, "submitted_at") == "2026-03-12");
    }
    TEST_CASE("a step written where nothing is shown, out of turn by then, is told as not taken") {
        Stage stage;
        stage.at("2026-03-02 08:00");
        stage.gives_laptop("lijg");
        stage.writes("lijg", complete(kMingrun, "文三路88号"));
        stage.syncs("lijg");
        const std::string provisional =
            stage.writes("lijg", of("show")).at("values").at("provisional_no");
        stage.at("2026-03-10 20:00");
        REQUIRE(stage.laptop("lijg", of("show")).fate() == "client.lease_over");
        stage.writes("lijg", "customer submit " + provisional);
        stage.done("zhengh", of("void", "--reason 客户已注销"));
        stage.syncs("lijg");
        const auto told = stage.writes("lijg", "tray list").dump();
        CHECK(has(told, "办公室没有办理"));
        CHECK(has(told, "not taken"));
        CHECK_FALSE(has(told, "权限已终止"));
        CHECK_FALSE(has(told, "waiting for verification"));
    }
    TEST_CASE("a laptop that lost a file tells no more why a step of it was taken") {
        Stage stage;
        stage.at("2026-03-02 08:00");
        stage.gives_laptop("lijg");
        stage.writes("lijg", complete(kMingrun, "文三路88号"));
        stage.writes("lijg", of("submit"));
        stage.syncs("lijg");
        stage.done("zhangw", of("approve"));
        stage.done("hey", "field-check add --customer " + std::string(kMingrun) +
                              " --part phone --method phone");
        stage.done("hey", of("verified", "--reason 电话属实"));
        stage.done("liuy", of("post", "--reason 并购标的"));
        stage.syncs("lijg");
        CHECK(has(texts(stage.writes("lijg", "notification list")), "并购标的"));
        stage.done("zhangw", of("transfer", "--to wangf --reason 片区调整"));
        stage.syncs("lijg");
        const auto told = texts(stage.writes("lijg", "notification list"));
        CHECK(has(told, "入库"));
        CHECK_FALSE(has(told, "并购标的"));
        CHECK_FALSE(has(texts(stage.done("lijg", "notification list")), "并购标的"));
    }
    TEST_CASE("AS-03 a file the superior returned is mended offline and comes again") {
        Stage stage;
        stage.at("2026-03-02 08:00");
        stage.gives_laptop("lijg");
        stage.writes("lijg", complete(kMingrun, "杭州"));
        stage.writes("lijg", of("submit"));
        stage.syncs("lijg");
        CHECK(stage.office("hey", of("verified", "--reason 属实")).fate() == "intake.out_of_turn");
        stage.done("zhangw", of("return", "--reason 缺门牌号"));

        stage.at("2026-03-03 09:00");
        stage.syncs("lijg");
        const auto returned = stage.writes("lijg", of("show"));
        CHECK(returned.at("values").at("file_state") == "returned");
        CHECK(has(texts(stage.writes("lijg", "notification list")), "缺门牌号"));
        // Both pages of the file say why it came back.
        for (const auto& shown : {returned, stage.done("zhangw", of("show"))})
            CHECK(shown.at("workflows").at(0).at("because").at("reason") == "缺门牌号");
        stage.writes("lijg", of("edit", "--street-address 文三路88号"));
        stage.writes("lijg", of("resubmit"));
        stage.at("2026-03-03 21:00");
        stage.syncs("lijg");
        CHECK(state_at(stage, "zhangw") == "superior_review");
        CHECK(stage.value("zhangw", "customer", kMingrun, "street_address") == "文三路88号");
        const auto history = stage.done("zhangw", of("history")).dump();
        CHECK(history.find("缺门牌号") != std::string::npos);
        CHECK(history.find("resubmit") != std::string::npos);
    }
}
