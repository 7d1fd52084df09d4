#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "common/catalog/field.hpp"

#include "tests/unit/client/cli/desk.hpp"

namespace dossier::test {
namespace {

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A desk whose office has told its key.
struct Papers : Desk {
    Papers() {
        world.office.schema = catalog::schema_version();
        sync();
    }
    const std::string pdf = "%PDF-1.7\n" + std::string(40'000, 'x');
};

TEST_SUITE("client/cli/attach") {
    TEST_CASE("a document is added, listed as waiting, and comes back byte for byte") {
        Papers desk;
        const auto file = desk.write("执照.pdf", desk.pdf);
        const auto added =
            desk.run({"attach", "add", "-c", "明润", "--doc-kind", "营业执照", file});
        CHECK(added.code == 0);
        CHECK(added.says("已保存附件：杭州明润医药有限公司 执照.pdf"));
        const auto list = desk.type("attach list -c 明润 --json").json()["attachments"];
        REQUIRE(list.size() == 1);
        CHECK(list[0]["doc_kind"] == "business_licence");
        CHECK(list[0]["media_type"] == "application/pdf");
        CHECK(list[0]["size"] == desk.pdf.size());
        CHECK(list[0]["content_state"] == "waiting");
        const auto id = list[0]["id"].get<std::string>();
        CHECK(desk.type("attach list -c 明润").says(id.substr(id.size() - 8)));
        CHECK(desk.type("status --json").json()["attachments_to_send"] == 1);
        const auto out = desk.place("out.pdf");
        CHECK(desk.run({"attach", "get", id.substr(id.size() - 8), "-o", out}).code == 0);
        CHECK(content_of(out) == desk.pdf);
        CHECK(desk.run({"attach", "get", id, "-o", out}).complains("content.file_exists"));
        CHECK(desk.type("check").code == 0);
    }

    TEST_CASE("a dash stands for standard input and output, and nothing else is written there") {
        Papers desk;
        const auto file = desk.write("执照.pdf", desk.pdf);
        REQUIRE(desk.run({"attach", "add", "-c", "明润", file}).code == 0);
        const auto list = desk.type("attach list -c 明润 --json").json()["attachments"];
        const auto id = list[0]["id"].get<std::string>();
        CHECK(desk.run({"attach", "get", id, "-o", "-"}).out == desk.pdf);
        CHECK(desk.run({"attach", "get", id, "-o", "-", "--json"}).out == desk.pdf);
        CHECK_FALSE(std::filesystem::exists("-"));
        const auto imported =
            desk.run({"import", "-", "--dry-run"}, "名称\n舟山海岸仪器有限公司\n");
        CHECK(imported.code == 0);
        CHECK(imported.out.find("stdin") == std::string::npos);
        CHECK(desk.run({"import", "-"}, "").err.find("dossier-stream") == std::string::npos);
    }

    TEST_CASE("what is no document is refused with what to do, and nothing is kept") {
        Papers desk;
        const auto refused = [&](std::string_view name, std::string_view content) {
            const auto said = desk.run({"attach", "add", "-c", "明润", desk.write(name, content)});
            CHECK(said.code != 0);
            return said.err;
        };
        CHECK(refused("a.exe", "MZ").find("content.unknown_format") != std::string::npos);
        CHECK(refused("a.pdf", "MZ").find("content.format_differs") != std::string::npos);
        CHECK(refused("b.pdf", "").find("content.empty") != std::string::npos);
        const auto folder = desk.run({"attach", "add", "-c", "明润", desk.place("")});
        CHECK(folder.complains("content.cannot_read"));
        CHECK(desk.run({"attach", "add", "-c", "明润", desk.place("none.pdf")})
                  .complains("content.cannot_read"));
        CHECK(desk.type("attach list -c 明润 --json").json()["attachments"].empty());
        CHECK(desk.type("status --json").json()["attachments_to_send"] == 0);
    }

    TEST_CASE("a file above the limit is refused before it fills the store") {
        Papers desk;
        const auto path = desk.write("大.pdf", desk.pdf);
        std::filesystem::resize_file(path, 50U * 1024 * 1024 + 1);
        const auto said = desk.run({"attach", "add", "-c", "明润", path});
        CHECK(said.complains("content.too_large"));
        CHECK(said.complains("50 MB"));
        CHECK(desk.type("attach list -c 明润 --json").json()["attachments"].empty());
    }

    TEST_CASE("before the office has told its key, one is asked to sync") {
        Desk desk;
        const auto said = desk.run({"attach", "add", "-c", "明润", desk.write("a.pdf", "%PDF-")});
        CHECK(said.complains("client.no_content_key"));
        CHECK(said.complains("dossier sync"));
    }

    TEST_CASE("an attachment whose content is not here yet says so") {
        Papers desk;
        const auto id = desk.world.laptop.ids.make<RecordId>();
        const protocol::ScopeKey own{3, desk.world.me.as<RecordTag>()};
        FieldValues values;
        const auto& kind = *catalog::find_kind("attachment");
        assign(values, catalog::find_field(kind, "customer_id")->tag, desk.world.acme);
        assign(values, catalog::find_field(kind, "title")->tag, std::string("合同"));
        assign(values, catalog::find_field(kind, "size")->tag, std::int64_t{1000});
        assign(values, catalog::find_field(kind, "content")->tag, std::string(64, 'a'));
        desk.world.office.put(own, kind, id, values);
        desk.sync();
        CHECK(desk.type("attach list -c 明润").says("附件待传"));
        CHECK(desk.type("attach list -c 明润 --lang en").says("content pending"));
        const auto said = desk.run({"attach", "get", to_text(id), "-o", desk.place("x.pdf")});
        CHECK(said.complains("client.no_content_here"));
        CHECK_FALSE(std::filesystem::exists(desk.place("x.pdf")));
    }
}

}  // namespace
}  // namespace dossier::test
