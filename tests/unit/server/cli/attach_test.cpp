#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "common/catalog/document.hpp"

#include "server/accounts/office_keys.hpp"
#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

using catalog::kAttachment;

const std::string kPaper = "%PDF-1.7\n" + std::string(20'000, 'x');

/// A customer with a document whose content has arrived, or not.
struct Papers : Counter {
    explicit Papers(bool arrived = true) {
        has_customer("上海精密仪器有限公司");
        server::Unit unit(*store);
        const auto customer =
            store
                ->find(catalog::find_kind("customer")->tag,
                       catalog::find_field(*catalog::find_kind("customer"), "name")->tag,
                       std::string("上海精密仪器有限公司"))
                .front();
        id = office.ids().make<RecordId>();
        const Bytes key = server::content_key(*store, random);
        const auto digest = crypto::blake2b({bytes_of(kPaper)}, key);
        merge::Op op{.kind = merge::OpKind::Create, .record_kind = kAttachment.tag, .record = id};
        const auto put = [&](std::string_view name, Value value) {
            assign(op.fields, catalog::find_field(kAttachment, name)->tag, std::move(value));
        };
        put("customer_id", customer);
        put("title", std::string("执照"));
        put("doc_kind", std::string("business_licence"));
        put("doc_date", std::string("2026-03-01"));
        put("file_name", std::string("执照.pdf"));
        put("media_type", std::string("application/pdf"));
        put("size", static_cast<std::int64_t>(kPaper.size()));
        put("content", to_hex(digest));
        REQUIRE(office.change(UserId{}, {.source = "job", .ops = {op}}).has_value());
        if (arrived) keep(digest, key);
        unit.commit();
    }
    void keep(const content::ContentId& digest, ByteView key) {
        auto& contents = store->contents();
        const auto held = contents.begin(id, digest, kPaper.size(), {});
        for (std::uint32_t at = 0; at < content::chunks_of(kPaper.size()); ++at)
            contents.put(held, at,
                         bytes_of(kPaper).subspan(at * content::kChunkBytes,
                                                  content::chunk_bytes(kPaper.size(), at)));
        REQUIRE(contents.finish(id, key) == content::Contents::Finish::Whole);
    }
    std::string file(std::string_view name) { return store.folder() / name; }

    RecordId id;
};

std::string content_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST_SUITE("server/cli/attach") {
    TEST_CASE("who may read a file gets its documents, noted in the audit") {
        Papers counter;
        const auto list = counter.type("attach list 上海 --as hanm --json").json();
        REQUIRE(list.size() == 1);
        CHECK(list[0]["content_state"] == "here");
        const auto id = list[0]["id"].get<std::string>();
        const auto file = counter.file("out.pdf");
        CHECK(counter.run({"attach", "get", id, file, "--as", "hanm"}).code == 0);
        CHECK(content_of(file) == kPaper);
        CHECK(counter.run({"attach", "get", id, file, "--as", "hanm"})
                  .complains("content.file_exists"));
        server::Unit unit(*counter.store);
        bool noted = false;
        for (const auto& line : counter.store->audit(0, 1000))
            noted = noted || (line.action == "attach_get" && line.record == counter.id);
        CHECK(noted);
    }

    TEST_CASE("above level 1 a purpose is asked for, where reading asks for one") {
        Papers counter;
        counter.marks("上海", 2);
        const auto file = counter.file("out.pdf");
        const auto id = to_text(counter.id);
        const auto refused = counter.run({"attach", "get", id, file, "--as", "sunli"});
        CHECK(refused.code != 0);
        CHECK(refused.complains("access.purpose_needed"));
        CHECK_FALSE(std::filesystem::exists(file));
        CHECK(counter.run({"attach", "get", id, file, "--as", "sunli", "--purpose", "年度核对"})
                  .code == 0);
        CHECK(content_of(file) == kPaper);
    }

    TEST_CASE(
        "who may not read gets no content, and an unknown identity the same as a hidden one") {
        Papers counter;
        const auto file = counter.file("out.pdf");
        const auto id = to_text(counter.id);
        const auto admin = counter.run({"attach", "get", id, file, "--as", "luop"});
        const auto unknown = counter.run(
            {"attach", "get", "0190f3a9-0000-7000-8000-000000000000", file, "--as", "luop"});
        CHECK(admin.code != 0);
        CHECK(admin.err == unknown.err);
        CHECK_FALSE(std::filesystem::exists(file));
    }

    TEST_CASE("a content that has not arrived is said to be pending, and verify holds") {
        Papers counter(false);
        CHECK(counter.type("attach list 上海 --as hanm").says("pending"));
        CHECK(counter.run({"attach", "get", to_text(counter.id), "x.pdf", "--as", "hanm"})
                  .complains("attach.absent"));
        CHECK(counter.type("verify").code == 0);
    }

    TEST_CASE("of two versions side by side a clerk picks the one that holds, and may pick again") {
        Papers counter;
        const auto sibling = [&] {
            server::Unit unit(*counter.store);
            auto values = *counter.store->load(kAttachment.tag, counter.id);
            std::erase_if(values, [](const FieldValue& each) { return each.tag < 16; });
            assign(values, catalog::find_field(kAttachment, "version_of_id")->tag, counter.id);
            const auto id = counter.office.ids().make<RecordId>();
            merge::Op op{.kind = merge::OpKind::Create,
                         .record_kind = kAttachment.tag,
                         .record = id,
                         .fields = values};
            REQUIRE(counter.office.change(UserId{}, {.source = "job", .ops = {op}}).has_value());
            unit.commit();
            return id;
        };
        const RecordId one = sibling();
        const RecordId two = sibling();
        const auto current = [&](const RecordId& id) {
            server::Unit unit(*counter.store);
            const auto values = counter.store->load(kAttachment.tag, id);
            const Value* flag = find(*values, catalog::find_field(kAttachment, "is_current")->tag);
            return flag != nullptr && *flag == Value{std::int64_t{1}};
        };
        for (const RecordId& picked : {one, two, counter.id}) {
            CHECK(counter.run({"attach", "current", to_text(picked), "--as", "hanm"}).code == 0);
            for (const RecordId& each : {one, two, counter.id})
                CHECK(current(each) == (each == picked));
        }
        CHECK(counter.type("attach list 上海 --as hanm --json").json().size() == 3);
        CHECK(counter.run({"attach", "current", to_text(one), "--as", "luop"}).code != 0);
    }

    TEST_CASE("a backup holds the contents") {
        Papers counter;
        const auto folder = counter.file("backup");
        CHECK(counter.run({"backup", "create", folder}).code == 0);
        auto copy = server::open_plain_store({.path = folder + "/office.db"});
        REQUIRE(copy.has_value());
        server::Unit unit(**copy);
        CHECK((*copy)->verify([](std::string_view) {}).has_value());
        CHECK((*copy)->contents().of(counter.id)->whole);
    }
}

}  // namespace
}  // namespace dossier::test
