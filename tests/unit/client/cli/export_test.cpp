// Cards that leave a laptop: whose, how many a day, for what, and that the office hears of it.
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

#include "common/merge/copies.hpp"

#include "protocol/codec.hpp"

#include "tests/unit/client/cli/desk.hpp"

namespace dossier::test {
namespace {

std::string content(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A desk with more customers: another's of the region's directory, one of level 2.
struct Peopled : Desk {
    Peopled() {
        auto others = world.customer("别人的客户");
        assign(others, tag(kCustomer, "owner_user_id"), World::id(77));
        assign(others, tag(kCustomer, "created_by"), World::id(77));
        world.office.put(world.own, kCustomer, World::id(21), others);
        auto secret = world.customer("机密客户");
        assign(secret, catalog::kSecrecyLevel, std::int64_t{2});
        world.office.put(world.own, kCustomer, World::id(22), secret);
        sync();
    }
    Said copies(std::vector<std::string> more) {
        std::vector<std::string> words{"export", "customer", place("cards.csv")};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
    [[nodiscard]] bool is_written() const { return std::filesystem::exists(place("cards.csv")); }
};

TEST_SUITE("client/cli/export") {
    TEST_CASE("a card says who took it, when, where and for what, and reaches the office") {
        Peopled desk;
        REQUIRE(desk.copies({"-c", "明润", "--purpose", "拜访携带"}).code == 0);
        const auto text = content(desk.place("cards.csv"));
        for (const auto* part : {"杭州明润医药有限公司", "李建国", "终端 N07", "2026-", "拜访携带"})
            CHECK_MESSAGE(text.find(part) != std::string::npos, part);
        CHECK(std::filesystem::status(desk.place("cards.csv")).permissions() ==
              (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
        CHECK(desk.type("pending").says("导出客户 杭州明润医药有限公司"));
        desk.sync();
        REQUIRE(desk.world.office.received.size() == 1);
        const auto& told = desk.world.office.received.front();
        CHECK(told.reason == "拜访携带");
        REQUIRE(told.ops.size() == 1);
        CHECK(merge::is_copy(told.ops.front()));
        CHECK(told.ops.front().record == desk.world.acme);
    }

    TEST_CASE(
        "without a purpose, of another's or a higher customer, or of contacts: nothing leaves") {
        Peopled desk;
        for (const auto& [more, fault] :
             std::vector<std::pair<std::vector<std::string>, std::string>>{
                 {{"-c", "明润"}, "access.purpose_needed"},
                 {{"-c", "明润", "--purpose", "看看"}, "access.purpose_needed"},
                 {{"-c", "别人", "--purpose", "拜访携带"}, "client.no_card"},
                 {{"-c", "明润", "-c", "机密", "--purpose", "拜访携带"}, "client.no_card"}}) {
            const auto said = desk.copies(more);
            CHECK(said.code == 20);
            CHECK_MESSAGE(said.complains(fault), said.err);
        }
        const auto contacts =
            desk.run({"export", "contact", desk.place("cards.csv"), "--purpose", "拜访携带"});
        CHECK(contacts.complains("client.only_cards"));
        CHECK_FALSE(desk.is_written());
        CHECK(desk.type("status --json").json()["unsent"] == 0);
    }

    TEST_CASE("without names all of one's own leave, and no more than five a day") {
        Peopled desk;
        const std::vector<std::string> why{"--purpose", "拜访携带"};
        REQUIRE(desk.copies(why).code == 0);
        const auto text = content(desk.place("cards.csv"));
        CHECK(text.find("明润") != std::string::npos);
        CHECK(text.find("别人的客户") == std::string::npos);
        CHECK(text.find("机密客户") == std::string::npos);
        for (int i = 0; i < 4; ++i) {
            CHECK(desk.copies(why).complains("tabular.file_exists"));  // and counts for none
            std::filesystem::remove(desk.place("cards.csv"));
            CHECK(desk.copies(why).code == 0);
        }
        std::filesystem::remove(desk.place("cards.csv"));
        CHECK(desk.copies(why).complains("client.cards_a_day"));
        CHECK_FALSE(desk.is_written());
        CHECK(desk.type("status --json").json()["unsent"] == 5);
        desk.world.laptop.clock.advance(std::chrono::hours(24));
        CHECK(desk.copies(why).code == 0);
    }

    TEST_CASE("a card that is printed is one of the five of a day, and reaches the office") {
        Peopled desk;
        CHECK(desk.type("customer card 明润").complains("access.purpose_needed"));
        CHECK(desk.type("customer card 别人 --purpose 拜访携带").complains("client.no_card"));
        CHECK(desk.type("status --json").json()["unsent"] == 0);
        REQUIRE(desk.type("contact add 王海燕 -c 明润 --phones 13900001111").code == 0);
        const auto said = desk.type("customer card 明润 --purpose 拜访携带");
        REQUIRE_MESSAGE(said.code == 0, said.err);
        for (const auto* part :
             {"杭州明润医药有限公司", "王海燕", "李建国", "终端 N07", "拜访携带", "前交还或粉碎"})
            CHECK_MESSAGE(said.says(part), part);
        desk.sync();
        const auto& told = desk.world.office.received.back();
        CHECK(told.reason == "拜访携带");
        CHECK(merge::is_copy(told.ops.front()));
        for (int i = 0; i < 4; ++i)
            CHECK(desk.type("customer card 明润 --purpose 拜访携带").code == 0);
        CHECK(desk.type("customer card 明润 --purpose 拜访携带").complains("client.cards_a_day"));
        CHECK(desk.copies({"--purpose", "拜访携带"}).complains("client.cards_a_day"));
    }

    TEST_CASE("what a card may not hold is not on it") {
        Desk desk;
        auto values = desk.world.customer("杭州明润医药有限公司");
        assign(values, tag(kCustomer, "id_no"), words("110105********002X"));
        assign(values, tag(kCustomer, "secret_reason"), words("[\"price\"]"));
        desk.world.office.put(desk.world.own, kCustomer, desk.world.acme, values);
        desk.sync();
        REQUIRE(
            desk.run({"export", "customer", desk.place("c.csv"), "--purpose", "拜访携带"}).code ==
            0);
        CHECK(content(desk.place("c.csv")).find("110105") == std::string::npos);
    }
}

}  // namespace
}  // namespace dossier::test
