// The rules catch what they are for: each is shown a file that breaks it and one that does not.
#include "tests/tidy/rules.hpp"

#include <doctest/doctest.h>

using namespace dossier::tidy;

namespace {

File with_include(std::string path, const std::string& header) {
    return {std::move(path), "#include " + header + "\n"};
}

std::string function_of(std::size_t lines, const std::string& head = "int f(int a) ") {
    std::string body = head + "{\n";
    for (std::size_t i = 2; i < lines; ++i) body += "    if (a) { a = b{1}.c; }\n";
    return body + "}\n";
}

}  // namespace

TEST_SUITE("tidy/rules") {
    TEST_CASE("an include that goes up or across is found") {
        const auto bad = [](const char* path, const char* header) {
            return !include_faults(with_include(path, header)).empty();
        };
        CHECK(bad("common/merge/a.cpp", "\"common/sqlite/b.hpp\""));
        CHECK(bad("common/base/a.cpp", "\"common/time/b.hpp\""));
        CHECK(bad("common/base/a.cpp", "\"protocol/b.hpp\""));
        CHECK(bad("common/base/a.cpp", "\"tests/support/b.hpp\""));
        CHECK(bad("common/unknown/a.cpp", "\"common/base/b.hpp\""));
        CHECK(bad("protocol/a.cpp", "\"common/catalog/b.hpp\""));
        CHECK(bad("protocol/a.cpp", "\"client/sync/b.hpp\""));
        CHECK(bad("client/sync/a.cpp", "\"server/sync/b.hpp\""));
        CHECK(bad("server/sync/a.cpp", "\"client/sync/b.hpp\""));
        CHECK(bad("client/sync/a.cpp", "\"b.hpp\""));
        CHECK_FALSE(bad("common/merge/a.cpp", "\"common/catalog/b.hpp\""));
        CHECK_FALSE(bad("common/merge/a.cpp", "\"common/merge/b.hpp\""));
        CHECK_FALSE(bad("protocol/a.cpp", "\"common/merge/b.hpp\""));
        CHECK_FALSE(bad("client/sync/a.cpp", "\"protocol/b.hpp\""));
        CHECK_FALSE(bad("tests/sim/a.cpp", "\"server/sync/b.hpp\""));
        CHECK(bad("server/intake/a.cpp", "\"server/office/b.hpp\""));
        CHECK(bad("server/store/sqlite/a.cpp", "\"server/people/b.hpp\""));
        CHECK(bad("server/people/a.cpp", "\"server/reading/b.hpp\""));
        CHECK(bad("server/cli/a.cpp", "\"server/reading/b.hpp\""));
        CHECK(bad("server/control/a.cpp", "\"server/store/b.hpp\""));
        CHECK(bad("client/cli/a.cpp", "\"client/store/b.hpp\""));
        CHECK(bad("client/reading/a.cpp", "\"client/sync/b.hpp\""));
        CHECK_FALSE(bad("server/cli/a.cpp", "\"server/actions/b.hpp\""));
        CHECK_FALSE(bad("server/actions/a.cpp", "\"server/reading/b.hpp\""));
        CHECK_FALSE(bad("client/store/a.cpp", "\"client/faults.hpp\""));
    }
    TEST_CASE("a decision or a note of reading above server/reading is found, below it is not") {
        const auto bad = [](const char* path, const char* code) {
            return !reading_faults({path, code}).empty();
        };
        CHECK(bad("server/actions/a.cpp", "void f() { note_read(office, asker, place); }\n"));
        CHECK(bad("server/actions/a.cpp", "bool f() { return may_view(office, asker); }\n"));
        CHECK(bad("server/actions/a.cpp", "bool f() { return access::decide(viewer); }\n"));
        CHECK(bad("server/cli/a.cpp", "void f() { note_read(office, asker, place); }\n"));
        CHECK(bad("server/web/a.cpp", "bool f() { return access::decide(viewer); }\n"));
        CHECK(bad("server/sync/push.cpp", "bool f() { return access::decide(viewer); }\n"));
        CHECK(bad("server/review/batch.cpp", "void f() { note_read(office, asker, place); }\n"));
        CHECK_FALSE(bad("server/actions/a.cpp", "// note_read( and may_view( are below\n"));
        CHECK_FALSE(bad("server/reading/a.cpp", "void f() { note_read(office, asker); }\n"));
        CHECK_FALSE(bad("server/intake/a.cpp", "bool f() { return access::decide(viewer); }\n"));
        CHECK_FALSE(bad("client/reading/a.cpp", "bool f() { return access::decide(viewer); }\n"));
        CHECK_FALSE(bad("tests/unit/a.cpp", "void f() { note_read(office, asker); }\n"));
    }
    TEST_CASE("a comparison with a named kind or field is found, one with its reason is not") {
        const auto found = [](const std::string& code) {
            return special_lines({"server/intake/a.cpp", code}).size();
        };
        CHECK(found("bool f() { return kind.tag == kCustomer.tag; }\n") == 1);
        CHECK(found("bool f() { return kind.tag ==\n    catalog::kCustomer.tag; }\n") == 1);
        CHECK(found("bool f() { return kind->name != catalog::kUser.name; }\n") == 1);
        CHECK(found("bool f() { return kUser.tag == kind.tag && kB.tag == t; }\n") == 2);
        CHECK(found("bool f() { return &kind == &catalog::kUser; }\n") == 1);
        CHECK(found("bool f() { return &kUser == &kind; }\n") == 1);
        CHECK(found("bool f() { return of.name == \"tax_no\"; }\n") == 1);
        CHECK(found("bool f() { return line.entity == \"device\"; }\n") == 1);
        CHECK(found("bool f() { return of->target != \"user\"; }\n") == 1);
        CHECK(found("bool f() { return tag == field(kCustomer, \"fax\").tag; }\n") == 1);
        CHECK(found("bool f() { return find_field(kCustomer, name)->tag == tag; }\n") == 1);
        CHECK(found("bool f() { return place.kind == kUserTag; }\n") == 1);
        CHECK(found("void f() { switch (tag) { case kUser.tag: g(); } }\n") == 1);
        CHECK(found("// kind.tag == kCustomer.tag is not asked here\n") == 0);
        CHECK(found("bool f() { return kind.tag == other.tag; }\n") == 0);
        CHECK(found("bool f() { return of.tag == kDeletedAt; }\n") == 0);
        CHECK(found("bool f() { return a && kMost == b; }\n") == 0);
        CHECK(found("bool f() { return of->name == kind.title; }\n") == 0);
        CHECK(found("bool f() { return made == \"ok\"; }\n") == 0);
        CHECK(special_lines({"common/catalog/a.cpp", "bool a = t == kUser.tag;\n"}).empty());
        CHECK(special_lines({"tests/unit/a.cpp", "bool a = t == kUser.tag;\n"}).empty());

        const auto bad = [](const std::string& code) {
            return !special_faults({"server/intake/a.cpp", code}).empty();
        };
        const std::string compared = "bool a = t == kUser.tag;\n";
        CHECK(bad(compared));
        CHECK(bad("// special: why\n" + compared));
        CHECK(bad("// special: this one asks for a reason\nint b = 0;\n" + compared));
        CHECK(bad("// special: this one asks for a reason\n" + compared + compared));
        CHECK_FALSE(bad("// special: this one asks for a reason\n" + compared));
        CHECK_FALSE(bad("// special: this one asks for a reason\n// and goes on.\n" + compared));
        CHECK_FALSE(bad("bool a = t == kUser.tag;  // special: this one asks for a reason\n"));
    }
    TEST_CASE("a library in a foreign folder is found, in its own or in a test it is not") {
        const auto bad = [](const char* path, const char* header) {
            return !library_faults(with_include(path, header)).empty();
        };
        CHECK(bad("server/store/a.cpp", "<sqlite3.h>"));
        CHECK(bad("common/catalog/a.cpp", "<sodium.h>"));
        CHECK(bad("common/rules/a.cpp", "<fstream>"));
        CHECK(bad("common/merge/a.cpp", "<asio/io_context.hpp>"));
        CHECK(bad("protocol/frame.cpp", "<cereal/cereal.hpp>"));
        CHECK(bad("server/review/a.cpp", "<nlohmann/json.hpp>"));
        CHECK(bad("common/http/session.cpp", "<boost/beast/http/parser.hpp>"));
        CHECK_FALSE(bad("common/http/codec.cpp", "<boost/beast/http/parser.hpp>"));
        CHECK_FALSE(bad("common/sqlite/a.cpp", "<sqlite3.h>"));
        CHECK_FALSE(bad("protocol/noise_state.cpp", "<sodium.h>"));
        CHECK_FALSE(bad("protocol/codec_push.cpp", "<cereal/cereal.hpp>"));
        CHECK_FALSE(bad("tests/unit/a.cpp", "<sqlite3.h>"));
    }
    TEST_CASE("a file of 401 lines and a function of 91 are found, however it is written") {
        const auto faults = [](const std::string& text) {
            return size_faults({"common/base/a.cpp", text}).size();
        };
        CHECK(faults(function_of(90)) == 0);
        CHECK(faults(function_of(91)) == 1);
        CHECK(faults("namespace a {\nclass B {\n" + function_of(91, "auto f() const -> C<D> ") +
                     "};\n}\n") == 1);
        CHECK(faults(function_of(91, "A::A(int a) : a_(a), b_{a} ")) == 1);
        CHECK(faults("struct A {\n" + function_of(50) + function_of(50) + "};\n") == 0);
        CHECK(faults(function_of(91, "constexpr auto kTable = make(1) = ")) == 0);
        CHECK(faults("const char* kText = R\"(\n" + function_of(95) + ")\";\n") == 0);
        CHECK(faults(std::string(400, '\n')) == 0);
        CHECK(faults(std::string(401, '\n')) == 1);
    }
    TEST_CASE("headers without comment or guard, and with using namespace, are found") {
        const auto faults = [](const std::string& text) {
            return header_faults({"common/base/a.hpp", text}).size();
        };
        CHECK(faults("// What.\n#pragma once\n") == 0);
        CHECK(faults("#pragma once\n") == 1);
        CHECK(faults("// What.\n") == 1);
        CHECK(faults("// What.\n#pragma once\nusing namespace std;\n") == 1);
        CHECK(faults("// using namespace std\n#pragma once\n") == 0);
    }
    TEST_CASE("tabs, trailing spaces and a missing last line end are found") {
        const auto faults = [](const std::string& text) {
            return spacing_faults({"common/base/a.cpp", text}).size();
        };
        CHECK(faults("a\nb\n") == 0);
        CHECK(faults("\ta\nb \n") == 2);
        CHECK(faults("a") == 1);
        CHECK(faults("a\n\n") == 1);
    }
    TEST_CASE("reminders are found in comments, forbidden calls in code only") {
        const auto faults = [](const std::string& text) {
            return call_faults({"server/store/a.cpp", text}).size();
        };
        CHECK(faults("// TODO later\n") == 1);
        CHECK(faults("a = time(nullptr);\nstd::random_device b;\nc = rand();\n") == 3);
        CHECK(faults("a = std::chrono::system_clock::now();\n") == 1);
        CHECK(faults("// no time(nullptr), no rand()\n\"rand()\"; '\"'; operand(); 1'000; // "
                     "rand()\n") == 0);
        CHECK(call_faults({"tests/bench/a.cpp", "system_clock::now\n"}).empty());
    }
    TEST_CASE("synonyms are found in any spelling of an identifier") {
        const auto faults = [](const std::string& text) {
            return word_faults({"server/store/a.cpp", text}).size();
        };
        CHECK(faults("struct ConflictRecord;\nint conflict_records;\nkConflictRecord;\n") == 3);
        CHECK(faults("// a conflict_record\nconflict_recorder; unconflict_record;\n") == 0);
    }
    TEST_CASE("texts that name a command, and languages that name different actions, are found") {
        const auto faults = [](const std::string& text) {
            return text_faults({"client/faults.hpp", text}).size();
        };
        CHECK(faults(R"(Text{"用 dossier case list 查看", "see it"};)") == 1);
        CHECK(faults(R"(Text{"见清单", "dossierd late tells"};)") == 1);
        CHECK(faults("Text{\"见清单\", \"see \"\n    \"dossier \"\n   \"case list\"};") == 1);
        CHECK(faults(R"(Text{"dossier sync", ""};)") == 1);
        CHECK(faults(R"(Action{"sync", {"同步", "sync"}, "dossier sync", kSync};)") == 0);
        CHECK(faults(R"(Text{"dossier 已启动", "dossier, as started"}; // dossier sync)") == 0);
        CHECK(faults(R"(Text{"见 {do:case.list}", "see {do:case.list}"};)") == 0);
        CHECK(faults(R"(Text{"见 {do:case.list}", "see {do:case.show}"};)") == 1);
        CHECK(faults(R"(Text{"见 {do:case.list}", "see the list"};)") == 1);
        CHECK(faults(R"(Text{"见 {do:case list}", "see {do:case list}"};)") == 2);
        CHECK(text_faults({"tests/a.cpp", R"("see dossier case list")"}).empty());
    }
    TEST_CASE("options of a command line in a text are found; the command line's own are left") {
        const auto faults = [](std::string_view path, const std::string& text) {
            return text_faults({std::string(path), text}).size();
        };
        const std::string option = R"(Text{"加 --update", "add {in:update}"};)";
        CHECK(faults("client/faults.hpp", option) == 2);  // and the languages differ
        CHECK(faults("common/cli/import_source.cpp", option) == 2);
        CHECK(faults("client/cli/unlock.hpp", R"(Text{"用 --key-file", "use --key-file"};)") == 0);
        CHECK(faults("client/a.cpp", R"(fail(kWrongUsage, "--days 1"))") == 1);
        CHECK(faults("client/a.cpp", R"(Text{"--{} 同用", "--{} together"};)") == 2);
        CHECK(faults("client/a.cpp", R"(Action{"x", {"", ""}, "dossier x --all", k};)") == 0);
        CHECK(faults("client/a.cpp", R"(Text{"加 {in:update}", "add {in:update}"};)") == 0);
        CHECK(faults("client/a.cpp", R"(Text{"<!--", "--08-16"};)") == 0);
    }
    TEST_CASE("paths of one machine are found in any text") {
        const std::string home = "/ho" + std::string("me/ann/x");
        CHECK(path_faults({"README.md", "see " + home + "\n"}).size() == 1);
        CHECK(
            path_faults({"README.md", "https://example.com" + home + " ~" + home + "\n"}).empty());
    }
    TEST_CASE("a rule without its row, its file or its test is found") {
        const std::string held = "Held: R-004 R-007..R-008\n";
        const std::string four =
            "| R-004 | asks | `common/a.hpp` | test_a: \"a law over two lines\" | |\n";
        const std::string seven =
            "| R-007 | asks | `common` kind a | tests/browser/a.spec.ts: \"it’s there\"; "
            "test_a: \"a part\" | much |\n";
        const std::string eight = "| R-008 | asks | `tests/a_test.cpp` | no test | all |\n";
        const auto faults = [](const std::string& page) {
            return requirement_faults(
                {{"common/a.hpp", ""},
                 {"tests/CMakeLists.txt",
                  "add_library(cases STATIC more_test.cpp)\n"
                  "dossier_test(test_a LABEL unit\n  SOURCES a_test.cpp\n  LINK cases b)\n"},
                 {"tests/a_test.cpp",
                  "TEST_CASE(\n    \"a law over \"\n    \"two lines\") {\n"
                  "    SUBCASE(\"a part\") {}\n}\n// TEST_CASE(\"a former one\")\n"
                  "TEST_CASE(\"left out\" * doctest::skip()) {}\n"},
                 {"tests/more_test.cpp", "TEST_CASE(\"of a library\") {}\n"},
                 {"tests/browser/a.spec.ts", "test('it’s there', async () => {})\n"},
                 {"tests/scenarios/RULES.md", page}});
        };
        const auto with_test = [&](const std::string& test) {
            return faults("Held: R-004\n| R-004 | asks | `common/a.hpp` | " + test + " | |\n")
                .size();
        };
        CHECK(faults(held + four + seven + eight).empty());
        CHECK(requirement_faults({{"README.md", ""}}).size() == 1);
        CHECK(faults(four).size() == 2);  // nothing is held, and this is not
        CHECK(faults(held + four + eight).size() == 1);
        CHECK(faults(held + four + seven + eight + eight).size() == 1);
        CHECK(faults("Held: R-004 R-008..R-007\n" + four).size() == 1);
        CHECK(faults("Held: R-004 R-291\n" + four).size() == 1);
        CHECK(faults("Held: R-004\n" + four + "| R-291 | a | `common` | no test | |\n").size() ==
              1);
        CHECK(faults("Held: R-004\n" + four + "| R-5 | a | `common` | no test | |\n").size() == 1);
        CHECK(faults("Held: R-004\n| R-004 | asks | `common/a.hpp` | no test |\n").size() == 2);
        CHECK(faults("Held: R-004\n| R-004 | | `common/a.hpp` | no test | |\n").size() == 1);
        CHECK(faults("Held: R-004\n| R-004 | asks | common/a.hpp | no test | |\n").size() == 1);
        CHECK(faults("Held: R-004\n| R-004 | asks | `common/b.hpp` | no test | |\n").size() == 1);
        CHECK(with_test("test_a: \"of a library\"") == 0);
        CHECK(with_test("test_a: \"a law\"") == 1);
        CHECK(with_test("test_a: \"a former one\"") == 1);
        CHECK(with_test("test_a: \"left out\"") == 1);
        CHECK(with_test("test_b: \"a part\"") == 1);
        CHECK(with_test("tests/browser/a.spec.ts: \"it’s\"") == 1);
        CHECK(with_test("tests/browser/b.spec.ts: \"it’s there\"") == 1);
        CHECK(with_test("test_a") == 1);
        CHECK(with_test("") == 1);
        CHECK(with_test("test_a: \"a part\" and more") == 1);
    }
}
