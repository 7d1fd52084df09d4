#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client/actions/home.hpp"
#include "client/app/app.hpp"
#include "tests/unit/client/cli/desk.hpp"

namespace dossier::test {
namespace {

namespace fs = std::filesystem;

/// What `check` finds as a user whom file permissions hold; they do not hold root.
template <class Check>
bool as_plain_user(const fs::path& folder, Check check) {
    constexpr uid_t kNobody = 65534;
    if (::geteuid() != 0) return check();
    for (const auto& each : fs::recursive_directory_iterator(folder))
        DOSSIER_CHECK(::chown(each.path().c_str(), kNobody, kNobody) == 0);
    DOSSIER_CHECK(::chown(folder.c_str(), kNobody, kNobody) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const bool dropped = ::setgid(kNobody) == 0 && ::setuid(kNobody) == 0;
        ::_exit(dropped && check() ? 0 : 1);
    }
    int status = 1;
    return ::waitpid(child, &status, 0) == child && status == 0;
}

TEST_SUITE("client/cli/trouble") {
    TEST_CASE("where there is no store, or none can be opened, the exit code says which") {
        Desk desk;
        CHECK(desk.run({"status", "--dir", desk.place("nowhere")}).code == 10);
        const auto lost = desk.run({"status", "--key-file", desk.place("lost")});
        CHECK(lost.complains("vault.key_file_missing"));
        CHECK(lost.code == 12);
        const auto other = desk.write("other", std::string(32, 'o'));
        fs::permissions(other, fs::perms::owner_read);
        CHECK(desk.run({"status", "--key-file", other}).code == 12);
        fs::permissions(other, fs::perms::owner_read | fs::perms::others_read);
        CHECK(desk.run({"status", "--key-file", other}).complains("vault.key_file_exposed"));
        CHECK(desk.type("init").complains("vault.exists"));
        CHECK(desk.type("status").code == 0);
    }

    TEST_CASE("a store in use names the other process") {
        Desk desk;
        Said inside;
        {
            auto store = client::open_home(desk.dir(), vault::KeyFile{desk.place("key")},
                                           desk.world.laptop.random);
            REQUIRE(store);
            inside = desk.type("status");
        }
        CHECK(inside.code == 11);
        CHECK(inside.complains(std::to_string(::getpid())));
        CHECK(desk.type("status").code == 0);
    }

    TEST_CASE("damage ends with the page's number and exit code 17") {
        Desk desk;
        std::fstream file(desk.dir() + "/dossier.db",
                          std::ios::in | std::ios::out | std::ios::binary);
        for (int page = 8; page < 40; ++page) {
            file.seekp(page * 4096 + 50);
            file << "XX";
        }
        file.close();
        for (const auto* line : {"customer list", "customer add 第二家", "check"}) {
            CAPTURE(line);
            const auto said = desk.type(line);
            CHECK(said.code == 17);
            CHECK(said.complains("vault.damaged_page"));
        }
        CHECK(desk.run({"backup", "restore", desk.dir(), "--dir", desk.place("new")}).code == 17);
        CHECK_FALSE(fs::exists(desk.place("new")));
    }

    TEST_CASE("a file in the store's place that is none is refused, not replaced") {
        Desk desk;
        desk.write("store/dossier.db", "SQLite format 3\0 and so on");
        const auto said = desk.type("status");
        CHECK(said.code != 0);
        CHECK(said.out.empty());
        CHECK(fs::file_size(desk.dir() + "/dossier.db") < 100);
    }

    TEST_CASE("a backup is a store, and never written over another") {
        Desk desk;
        const auto copy = desk.place("copy");
        CHECK(desk.run({"backup", "create", copy}).code == 0);
        CHECK(desk.run({"backup", "create", copy}).complains("vault.exists"));
        CHECK(desk.run({"backup", "verify", copy}).code == 0);
        CHECK(desk.run({"backup", "restore", copy}).complains("client.not_empty"));
        CHECK(desk.run({"backup", "restore", copy, "--dir", desk.place("new")}).code == 0);
        CHECK(desk.run({"customer", "list", "--dir", desk.place("new")}).says("明润"));
    }

    TEST_CASE("a backup removes no folder it did not make, and a restore that fails leaves none") {
        Desk desk;
        const auto copy = desk.place("copy");
        fs::create_directories(copy + ".part");
        desk.write("copy.part/dossier.db", "mine");
        CHECK(desk.run({"backup", "create", copy}).complains("copy.part"));
        CHECK(fs::file_size(copy + ".part/dossier.db") == 4);
        fs::remove_all(copy + ".part");
        REQUIRE(desk.run({"backup", "create", copy}).code == 0);
        CHECK_FALSE(fs::exists(copy + ".part"));
        // The folder to restore into may lie there empty; a failure leaves it so.
        const auto target = desk.place("new");
        fs::create_directories(target);
        const auto other = desk.write("other", std::string(32, 'o'));
        fs::permissions(other, fs::perms::owner_read);
        CHECK(desk.run({"backup", "restore", copy, "--dir", target, "--key-file", other}).code ==
              12);
        CHECK(fs::is_empty(target));
        fs::remove(copy + "/dossier.keys");
        fs::create_symlink(desk.dir() + "/dossier.keys", copy + "/dossier.keys");
        CHECK(desk.run({"backup", "restore", copy, "--dir", target})
                  .complains("vault.symbolic_link"));
        CHECK(fs::is_empty(target));
        CHECK_FALSE(fs::exists(target + ".part"));
        fs::remove(copy + "/dossier.keys");
        fs::copy_file(desk.dir() + "/dossier.keys", copy + "/dossier.keys");
        CHECK(desk.run({"backup", "restore", copy, "--dir", target}).code == 0);
        CHECK(desk.run({"customer", "list", "--dir", target}).says("明润"));
    }

    TEST_CASE("in a folder that may not be written what reads works, and a save ends with 19") {
        Desk desk;
        fs::permissions(desk.dir(), fs::perms::owner_read | fs::perms::owner_exec);
        const bool as_said = as_plain_user(fs::path(desk.dir()).parent_path(), [&] {
            bool fine = true;
            const auto expect = [&](const char* line, int code, std::string_view words) {
                const auto said = desk.type(line);
                const bool right = said.code == code && (said.says(words) || said.complains(words));
                if (!right) std::fprintf(stderr, "%s: %d %s\n", line, said.code, said.err.c_str());
                fine = fine && right;
            };
            expect("customer list", 0, "明润");
            expect("customer show 明润", 0, "明润");
            expect("search hzmr", 0, "明润");
            expect("status", 0, "");
            expect("check", 0, "");
            expect("visit add -c hzmr --purpose x y", 19, "store.no_space");
            expect("customer add 第二家", 19, "store.no_space");
            return fine;
        });
        fs::permissions(desk.dir(), fs::perms::owner_all);
        CHECK(as_said);
        CHECK(desk.type("visit add -c hzmr --purpose x y").code == 0);
    }

    TEST_CASE("what could not be said is no success") {
        Desk desk;
        std::istringstream in;
        std::ofstream full("/dev/full");
        std::ostringstream err;
        const client::Surroundings around{desk.world.laptop.clock, desk.world.laptop.random, in,
                                          full, err};
        CHECK(client::run({"--lang", "en", "--dir", desk.dir(), "--key-file", desk.place("key"),
                           "customer", "list"},
                          around) == 19);
        CHECK(err.str().find("(cli.output_lost)") != std::string::npos);
    }

    TEST_CASE("a message speaks one language: labels, limits and reasons too") {
        Desk desk;
        for (const std::vector<std::string>& words :
             {std::vector<std::string>{"customer", "edit", "明润", "--fax", "abc"},
              {"customer", "edit", "明润", "--set", "file_state=archived"},
              {"customer", "edit", "明润", "--set", "customer_type=x"},
              {"customer", "edit", "明润", "--confirmed-at", "2099-01-01"},
              {"export", "customer", desk.place("no/x.csv")},
              {"attach", "add", "-c", "明润", "--doc-kind", "营业执照",
               desk.place("nothing.pdf")}}) {
            CAPTURE(words[1]);
            for (const char* lang : {"zh-CN", "en"}) {
                auto line = words;
                line.insert(line.end(), {"--lang", lang});
                const auto said = desk.run(line);
                CHECK(said.code != 0);
                const auto text =
                    said.err.substr(0, said.err.find(lang[0] == 'z' ? "处理" : "Remedy"));
                CAPTURE(text);
                // Ids and what the person typed aside, Chinese holds no English and English no
                // Chinese.
                if (lang[0] == 'e') {
                    const auto shown = std::ranges::any_of(
                        text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
                    CHECK_FALSE(shown);
                } else {
                    for (const char* word : {"Fax", "No such file", "refused", "Customer", "State"})
                        CHECK(text.find(word) == std::string::npos);
                }
            }
        }
    }

    TEST_CASE("an edit that changes nothing says so, saves nothing and is no wrong command") {
        Desk desk;
        REQUIRE(desk.type("customer edit 明润 --fax 0571-88990012").code == 0);
        const auto before = desk.type("pending").out;
        for (const auto* line : {"customer edit 明润", "customer edit 明润 --fax 0571-88990012"}) {
            CAPTURE(line);
            const auto said = desk.type(line);
            CHECK(said.code == 0);
            CHECK(said.complains("没有改动"));
            CHECK_FALSE(said.says("已保存"));
        }
        CHECK(desk.type("pending").out == before);
    }

    TEST_CASE("a value that cannot be is refused with its reason, and nothing is saved") {
        Desk desk;
        struct Bad {
            std::vector<std::string> words;
            const char* id;
        };
        const std::vector<std::string> edit{"customer", "edit", "明润"};
        for (Bad bad :
             {Bad{{"--unified-code", "没有代码"}, "field.code"},
              Bad{{"--fax", "abc"}, "field.phone"}, Bad{{"--email-main", "x@"}, "field.email"},
              Bad{{"--short-name", "a\x1B b"}, "field.forbidden_character"},
              Bad{{"--short-name", std::string("a\0b", 3)}, "field.forbidden_character"},
              Bad{{"--name", std::string(1'000'000, 'x')}, "field.too_long"},
              Bad{{"--confirmed-at", "2099-01-01"}, "field.future"},
              Bad{{"--set", "传真"}, "cli.no_equals"},
              Bad{{"--set", "没有=1"}, "cli.unknown_field"},
              Bad{{"--set", "file_state=archived"}, "client.office_only"}}) {
            CAPTURE(bad.id);
            bad.words.insert(bad.words.begin(), edit.begin(), edit.end());
            const auto said = desk.run(bad.words);
            CHECK(said.code != 0);
            CHECK_MESSAGE(said.complains(bad.id), said.err.substr(0, 300));
            CHECK(said.err.size() < 1000);
        }
        CHECK(desk.type("status --json").json()["unsent"] == 0);
    }

    TEST_CASE("a name that fits several customers lists them; one that fits none says so") {
        Desk desk;
        CHECK(desk.type("customer add 明润二厂").code == 0);
        const auto several = desk.type("customer show 明润");
        CHECK(several.complains("client.ambiguous"));
        CHECK(several.complains("明润二厂"));
        CHECK(desk.type("customer show 没有这家").complains("client.unknown_customer"));
        CHECK(desk.type("visit add -c 没有这家 --purpose x y").complains("没有这家"));
    }

    TEST_CASE("whichever import is asked only to check, it saves nothing") {
        Desk desk;
        const auto table = desk.write("t.csv", "客户名称,总机\n甲公司,0571-88990011\n");
        for (const char* line : {"import", "customer import"}) {
            std::vector<std::string> words;
            std::istringstream rest{line};
            for (std::string word; rest >> word;) words.push_back(word);
            words.insert(words.end(), {table, "--dry-run", "--json"});
            const auto said = desk.run(words);
            CHECK_MESSAGE(said.json()["dry_run"] == true, line);
            CHECK_MESSAGE(desk.type("status --json").json()["unsent"] == 0, line);
        }
    }

    TEST_CASE("a table with bad rows and cells brings the good ones and says which are not") {
        Desk desk;
        const auto table = desk.write(
            "t.csv",
            "客户名称,总机\n甲公司,0571-88990011\n乙公司\n丙公司,abc\n丁公司,0571-88990014\n");
        CHECK(desk.run({"import", table, "--dry-run"}).code == 3);
        CHECK(desk.type("status --json").json()["unsent"] == 0);
        const auto said = desk.run({"import", table, "--report", desk.place("r.csv"), "--json"});
        CHECK(said.code == 3);
        CHECK(said.json()["new"] == 3);
        CHECK(said.json()["refused"] == 1);
        CHECK(said.json()["partly"] == 1);
        CHECK(said.json()["rows"][0]["id"] == "tabular.ragged_row");
        CHECK(said.json()["rows"][1]["id"] == "field.phone");
        CHECK(fs::exists(desk.place("r.csv")));
        CHECK(desk.run({"import", table, "--kind", "bogus"}).complains("cli.unknown_kind"));
        CHECK(desk.run({"export", "bogus", desk.place("x.csv")}).code == 2);
    }

    TEST_CASE(
        "a list with several contacts of a customer is taken once, also when it comes twice") {
        Desk desk;
        const auto table =
            desk.write("c.csv",
                       "客户名称（必填）,联系人,手机\n多联甲有限公司,周一,13900002201\n"
                       "多联甲有限公司,周二,13900002202\n多联乙有限公司,,13900002203\n");
        const auto said = desk.run({"import", table, "--json"}).json();
        CHECK(said["new"] == 2);
        CHECK(said["changed"] == 1);
        CHECK(said["partly"] == 1);
        CHECK(said["rows"][1]["id"] == "sheet.nameless_contact");
        CHECK(said["source"]["encoding"] == "UTF-8");
        const auto unsent = desk.type("status --json").json()["unsent"];
        const auto again = desk.run({"import", table, "--update", "--json"}).json();
        CHECK(again["new"] == 0);
        CHECK(again["duplicate"] == 3);
        const auto contacts =
            desk.write("k.csv", "客户,姓名,手机\n多联甲有限公司,周三,13900002204\n");
        CHECK(desk.run({"import", contacts, "--kind", "contact", "--json"}).json()["new"] == 1);
        const auto twice = desk.run({"import", contacts, "--kind", "contact", "--json"}).json();
        CHECK(twice["duplicate"] == 1);
        CHECK(desk.type("status --json").json()["unsent"] == unsent.get<int>() + 1);
    }

    TEST_CASE("a clock that is years off loses no work") {
        for (const std::int64_t ms : {0LL, 946'684'800'000LL, 4'070'908'800'000LL}) {
            CAPTURE(ms);
            Desk desk;
            desk.world.laptop.clock.set(Instant{ms});
            CHECK(desk.type("visit add -c hzmr --purpose x y").code == 0);
            CHECK(desk.type("customer edit 明润 --fax 0571-11112222").code == 0);
            CHECK(desk.type("status --json").json()["unsent"] == 2);
            CHECK(desk.type("visit list").says("待上传"));
        }
    }

    TEST_CASE("an invite is read from a file or from standard input as from the command line") {
        Desk desk;
        const auto file = desk.write("invite", "0ABC@nowhere\n");
        const auto typed = desk.run({"enroll", "--invite", "0ABC@nowhere"});
        CHECK(typed.code != 0);
        CHECK(desk.run({"enroll", "--invite-file", file}).err == typed.err);
        CHECK(desk.run({"enroll", "--invite-file", "-"}, "0ABC@nowhere\n").err == typed.err);
        for (const auto& words : std::vector<std::vector<std::string>>{
                 {"enroll"},
                 {"enroll", "--invite-file", "-"},
                 {"enroll", "--invite", "0ABC@nowhere", "--invite-file", file}})
            CHECK(desk.run(words).code == 2);
        CHECK(desk.run({"enroll", "--invite-file", desk.place("none")})
                  .complains("client.cannot_read"));
    }

    TEST_CASE("no command waits for a pipe that nobody writes into") {
        Desk desk;
        const auto pipe = desk.place("ff");
        REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
        CHECK(desk.run({"import", pipe}).complains("tabular.cannot_open"));
        CHECK(desk.run({"enroll", "--invite-file", pipe}).complains("client.cannot_read"));
        const auto table = desk.write("t.csv", "客户名称\n甲公司\n");
        CHECK(desk.run({"import", table, "--map", pipe}).complains("tabular.cannot_open"));
        // What a shell hands over is a pipe, too.
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        const std::string code = "0ABC@nowhere\n";
        REQUIRE(::write(ends[1], code.data(), code.size()) == static_cast<ssize_t>(code.size()));
        const auto typed = desk.run({"enroll", "--invite", "0ABC@nowhere"});
        CHECK(desk.run({"enroll", "--invite-file", "/dev/fd/" + std::to_string(ends[0])}).err ==
              typed.err);
        ::close(ends[0]);
        ::close(ends[1]);
    }

    TEST_CASE("a report goes over no file that is there, and then nothing is imported") {
        Desk desk;
        const std::string text = "客户名称\n甲公司\n";
        const auto table = desk.write("t.csv", text);
        CHECK(desk.run({"import", table, "--report", table}).complains("tabular.file_exists"));
        CHECK(desk.type("status --json").json()["unsent"] == 0);
        CHECK(std::filesystem::file_size(table) == text.size());
    }

    TEST_CASE("what a list or an edit cannot honour together is refused, and nothing is saved") {
        Desk desk;
        CHECK(desk.type("customer list --mine --where 市=杭州市").complains("query.not_together"));
        CHECK(desk.type("customer list --state 草稿 --sort 名称").complains("query.not_together"));
        CHECK(desk.type("customer list --where 名称!~明").complains("query.unknown_sign"));
        CHECK(
            desk.type("customer edit 明润 --set 备注=a --set 备注=b").complains("cli.field_twice"));
        CHECK(
            desk.type("customer edit 明润 --fax 0571-1 --clear 传真").complains("cli.field_twice"));
        CHECK(desk.type("status --json").json()["unsent"] == 0);
        const auto rows = desk.type("customer list --columns 名称 --json").json();
        REQUIRE_FALSE(rows.empty());
        CHECK(rows[0].contains("name"));
        CHECK_FALSE(rows[0].contains("file_state"));
    }

    TEST_CASE("an address that is none is a usage error that shows it") {
        Desk desk;
        const auto address = desk.type("sync --server garbage");
        CHECK(address.code == 2);
        CHECK(address.complains("--server garbage (HOST:PORT)"));
    }
}

}  // namespace
}  // namespace dossier::test
