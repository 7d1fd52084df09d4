#include "common/content/media.hpp"

#include <doctest/doctest.h>

#include "common/base/text.hpp"

using namespace dossier;
using namespace dossier::content;

namespace {

std::string type_of(std::string_view name, std::string_view head) {
    const auto type = media_type_of(name, bytes_of(head));
    return type ? std::string(*type) : std::string(type.error().id());
}

}  // namespace

TEST_SUITE("common/content/media") {
    TEST_CASE("a format is taken when the name claims it and the first bytes confirm it") {
        CHECK(type_of("执照.PDF", "%PDF-1.7") == "application/pdf");
        CHECK(type_of("a.jpeg", "\xFF\xD8\xFF\xE0") == "image/jpeg");
        CHECK(type_of("a.docx", "PK\x03\x04") ==
              "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
        CHECK(type_of("说明.txt", "第一行\n") == "text/plain");
        CHECK(type_of("a.pdf", "MZ\x90") == "content.format_differs");
        CHECK(type_of("a.png", "%PDF-1.7") == "content.format_differs");
        CHECK(type_of("a.txt", "%PDF-1.7") == "content.format_differs");
        CHECK(type_of("a.txt", std::string_view("a\0b", 3)) == "content.format_differs");
        CHECK(type_of("a.exe", "MZ") == "content.unknown_format");
        CHECK(type_of("pdf", "%PDF-1.7") == "content.unknown_format");
        CHECK(type_of("a.html", "<html>") == "content.unknown_format");
        CHECK(type_of("a.txt", " <script>") == "content.format_differs");
        CHECK(type_of("a.svg", "<svg>") == "content.unknown_format");
    }
    TEST_CASE("what phones, scanners, WPS, mail programs and archivers write is taken") {
        using namespace std::string_view_literals;
        const auto compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv;
        const auto bitmap = "BM\x36\0\0\0\0\0\0\0\x36\0\0\0"sv;
        const auto sound =
            "\0\0\0\x1C"
            "ftypM4A \0\0\0\0"sv;
        const auto mail = "Received: from a by b\r\nFrom: x@y.cn\r\n"sv;
        const auto rar = "Rar!\x1A\x07\x01\0"sv;
        CHECK(type_of("扫描.jfif", "\xFF\xD8\xFF\xE0") == "image/jpeg");
        CHECK(type_of("a.bmp", bitmap) == "image/bmp");
        CHECK(type_of("a.gif", "GIF89a") == "image/gif");
        CHECK(type_of("a.wps", compound) == "application/wps-office.wps");
        CHECK(type_of("a.et", compound) == "application/wps-office.et");
        CHECK(type_of("a.et", "PK\x03\x04") == "application/wps-office.et");
        CHECK(type_of("a.zip", "PK\x03\x04") == "application/zip");
        CHECK(type_of("a.rar", rar) == "application/vnd.rar");
        CHECK(type_of("a.eml", mail) == "message/rfc822");
        CHECK(type_of("录音.m4a", sound) == "audio/mp4");
        for (const auto& [name, head] : {std::pair{"a.bmp", "BMW 320"sv},
                                         {"a.gif", "GIF8"sv},
                                         {"a.wps", "%PDF-1.7"sv},
                                         {"a.et", "<table>"sv},
                                         {"a.zip", rar},
                                         {"a.rar", "PK\x03\x04"sv},
                                         {"a.eml", "<html>"sv},
                                         {"a.eml", compound},
                                         {"a.m4a", "ID3\x03"sv},
                                         {"a.txt", rar},
                                         {"a.txt", bitmap},
                                         {"a.csv", sound}})
            CHECK(type_of(name, head) == "content.format_differs");
    }

    TEST_CASE("a kept name has no folder, no control, no direction and no hidden part") {
        CHECK(kept_name("/media/ann/执照.pdf") == "执照.pdf");
        CHECK(kept_name("C:\\Users\\ann\\执照.pdf") == "执照.pdf");
        CHECK(kept_name("../../etc/passwd") == "passwd");
        CHECK(kept_name("..") == "附件");
        CHECK(kept_name(".bashrc") == "bashrc");
        CHECK(kept_name("a:b*c?.pdf") == "a_b_c_.pdf");
        CHECK(kept_name(std::string("a\0b\n.pdf", 8)) == "a_b_.pdf");
        CHECK(kept_name("gpj.\u202Efdp.exe") == "gpj.fdp.exe");
        CHECK(kept_name("") == "附件");
        CHECK(character_count(kept_name(std::string(5000, 'x') + ".pdf")) == 200);
        CHECK(kept_name(std::string(5000, 'x') + ".pdf").ends_with(".pdf"));
    }
    TEST_CASE("a kept name is kept as it is ever after") {
        const auto check = [](std::string_view given) {
            CAPTURE(given);
            const auto kept = kept_name(given);
            CHECK(kept_name(kept) == kept);
            CHECK(kept.front() != '.');
            CHECK(kept.front() != ' ');
        };
        for (const auto* given : {". x]@", ".. . a.pdf", ".\u3000.a.pdf", "执照 (1).pdf", " . "})
            check(given);
        for (const char filling : {'.', ' ', 'x'}) {
            std::string given(300, filling);
            given.front() = 'a';
            given += "pdf";
            check(given);
        }
        CHECK(kept_name(". x]@") == "x]@");
    }
}
