#include "common/http/assets.hpp"

#include <array>
#include <stdexcept>

#include <doctest/doctest.h>
#include <zlib.h>

using namespace dossier;
using namespace dossier::http;

namespace {

Bytes gzip(std::string_view text) {
    z_stream stream{};
    constexpr int kGzip = 16 + MAX_WBITS;
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY);
    Bytes in(text.begin(), text.end());
    Bytes out(deflateBound(&stream, static_cast<uLong>(in.size())));
    stream.next_in = in.data();
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = out.data();
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

const std::string kPage = "<!doctype html>" + std::string(100'000, 'x');
const Bytes kPageGzip = gzip(kPage);
const Bytes kScriptGzip = gzip("let a = 1;");
const std::array<Asset, 3> kTable{{
    {"/", kPageGzip, "text/html; charset=utf-8", false},
    {"/assets/index-4f2a.js", kScriptGzip, "text/javascript; charset=utf-8", true},
    {"/broken", ByteView(kScriptGzip).first(10), "text/plain", false},
}};

Request asking(std::string path, std::vector<Header> headers = {}) {
    return {.target = {std::move(path), {}}, .headers = std::move(headers)};
}

std::string value(const Response& response, std::string_view name) {
    const std::string* found = value_of(response.headers.all(), name);
    return found == nullptr ? "" : *found;
}

}  // namespace

TEST_SUITE("common/http/assets") {
    TEST_CASE("a file is sent as it lies there to who takes gzip, inflated to who does not") {
        const Assets assets(kTable);
        const auto packed = assets.answer(asking("/", {{"Accept-Encoding", "gzip, br"}}));
        REQUIRE(packed);
        CHECK(value(*packed, "Content-Encoding") == "gzip");
        CHECK(packed->body.bytes().data() == kPageGzip.data());
        const auto plain = assets.answer(asking("/"));
        REQUIRE(plain);
        CHECK(value(*plain, "Content-Encoding").empty());
        CHECK(text_of(plain->body.bytes()) == kPage);
        for (const auto& each : {*packed, *plain}) {
            CHECK(each.status == StatusCode::Ok);
            CHECK(value(each, "Content-Type") == "text/html; charset=utf-8");
            CHECK(value(each, "Vary") == "Accept-Encoding");
        }
        CHECK(value(*packed, "ETag") != value(*plain, "ETag"));
    }
    TEST_CASE("a hashed name is kept for ever, another is asked about each time") {
        const Assets assets(kTable);
        CHECK(value(*assets.answer(asking("/assets/index-4f2a.js")), "Cache-Control") ==
              "public, max-age=31536000, immutable");
        CHECK(value(*assets.answer(asking("/")), "Cache-Control") == "no-cache");
    }
    TEST_CASE("a browser that has the file is told so, and not when it has another") {
        const Assets assets(kTable);
        const std::string tag = value(*assets.answer(asking("/")), "ETag");
        for (const std::string& known : {tag, "W/" + tag, "\"x\", " + tag, std::string("*")}) {
            CAPTURE(known);
            const auto answer = assets.answer(asking("/", {{"If-None-Match", known}}));
            CHECK(answer->status == StatusCode::NotModified);
            CHECK(answer->body.bytes().empty());
            CHECK(value(*answer, "ETag") == tag);
            CHECK(value(*answer, "Cache-Control") == "no-cache");
        }
        for (const std::string& other : {std::string(""), std::string("\"x\""), tag.substr(1)}) {
            CAPTURE(other);
            CHECK(assets.answer(asking("/", {{"If-None-Match", other}}))->status == StatusCode::Ok);
        }
        const auto packed =
            assets.answer(asking("/", {{"If-None-Match", tag}, {"Accept-Encoding", "gzip"}}));
        CHECK(packed->status == StatusCode::Ok);
    }
    TEST_CASE("what is not in the table is not answered, and only reading is") {
        const Assets assets(kTable);
        CHECK_FALSE(assets.answer(asking("/index.html")));
        CHECK_FALSE(assets.answer(asking("")));
        Request change = asking("/");
        change.method = Method::Post;
        CHECK(assets.answer(change)->status == StatusCode::MethodNotAllowed);
        CHECK(value(*assets.answer(change), "Allow") == "GET, HEAD");
        CHECK_THROWS_AS((void)assets.answer(asking("/broken")), std::runtime_error);
    }
    TEST_CASE("gzip is taken by whoever says so and does not take it back") {
        const auto takes = [](const char* field) {
            return takes_gzip(asking("/", {{"Accept-Encoding", field}}));
        };
        for (const char* yes : {"gzip", "GZIP", "br, gzip;q=0.1", "*", "deflate,gzip",
                                "identity, *;q=1", "*;q=0, gzip"})
            CHECK_MESSAGE(takes(yes), yes);
        for (const char* no :
             {"", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "gzip;Q=0, *", "xgzip"})
            CHECK_MESSAGE(!takes(no), no);
        CHECK_FALSE(takes_gzip(asking("/")));
    }
}
