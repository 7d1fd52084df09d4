#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/control/socket.hpp"
#include "tests/unit/server/cli/counter.hpp"

namespace dossier::server {
namespace {

TEST_SUITE("server/control") {
    TEST_CASE("requests and answers come back as they were") {
        const ControlRequest request{
            {"user", "add", "--name", "李 \"建国\"\n"}, "/tmp", "zh", "luop"};
        auto line = encode(request);
        REQUIRE(line.ends_with('\n'));
        CHECK(line.find('\n') == line.size() - 1);
        line.pop_back();
        CHECK(decode_request(line) == request);
        const ControlAnswer answer{20, "结果\n{}", "错误"};
        CHECK(decode_answer(encode(answer)) == answer);
    }

    TEST_CASE("what is no request or answer is refused") {
        for (const char* line :
             {"", "{}", "[]", "{\"words\":[1],\"folder\":\"\",\"lang\":\"\",\"as\":\"\"}",
              "{\"words\":\"x\",\"folder\":\"\",\"lang\":\"\",\"as\":\"\"}"})
            CHECK(!decode_request(line));
        for (const char* bytes : {"", "{}\n", "{\"exit\":0,\"out\":5,\"err\":0}\nabc",
                                  "{\"exit\":0,\"out\":1,\"err\":0}\nabc",
                                  "{\"exit\":0,\"out\":18446744073709551615,\"err\":2}\na"})
            CHECK(!decode_answer(bytes));
    }

    TEST_CASE("nobody answers where no office runs") {
        const test::TempStore folder;
        const auto answer = ask_running(folder.folder().string(), {});
        REQUIRE(answer);
        CHECK(!*answer);
    }

    TEST_CASE("not a word goes to a socket of another user") {
        if (::geteuid() != 0) {
            MESSAGE("skipped: only root can listen as another user");
            return;
        }
        const test::TempStore folder;
        const auto path = folder.folder().string();
        REQUIRE(::chmod(path.c_str(), 0777) == 0);
        int ready[2];
        REQUIRE(::pipe(ready) == 0);
        const pid_t stranger = ::fork();
        if (stranger == 0) {
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            control_path(path).copy(address.sun_path, sizeof address.sun_path - 1);
            const int listening = ::socket(AF_UNIX, SOCK_STREAM, 0);
            bool fine =
                ::setuid(65534) == 0 &&
                ::bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                ::listen(listening, 1) == 0 && ::write(ready[1], "!", 1) == 1;
            char heard = 0;
            const int peer = fine ? ::accept(listening, nullptr, nullptr) : -1;
            fine = peer >= 0 && ::read(peer, &heard, 1) == 0;
            ::_exit(fine ? 0 : 1);
        }
        char sign = 0;
        REQUIRE(::read(ready[0], &sign, 1) == 1);
        const auto answer = ask_running(path, {{"region", "list"}, path, "en", "luop"});
        REQUIRE_FALSE(answer);
        CHECK(answer.error().is(kControlForeign));
        int status = 0;
        ::waitpid(stranger, &status, 0);
        CHECK(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == 0);  // it was connected to and heard nothing
        ::close(ready[0]);
        ::close(ready[1]);
    }

    TEST_CASE("a command typed elsewhere runs in the office that listens, and leaves no socket") {
        test::Counter counter;
        const auto folder = counter.store.folder().string();
        Globals own{.folder = folder};
        {
            auto socket = ControlSocket::open(folder, [&](const ControlRequest& request) {
                return answer_request(request, own, counter.place);
            });
            REQUIRE(socket);
            struct stat state {};
            REQUIRE(::stat(control_path(folder).c_str(), &state) == 0);
            CHECK((state.st_mode & 0777U) == 0600U);
            const auto answer =
                ask_running(folder, {{"region", "list", "--json"}, folder, "en", ""});
            REQUIRE(answer);
            REQUIRE(*answer);
            CHECK((*answer)->exit_code == 0);
            CHECK(cli::Json::parse((*answer)->out).size() == 2);
            const auto here = ask_running(folder, {{"version"}, folder, "en", ""});
            CHECK((*here)->exit_code == 2);
        }
        CHECK(!std::filesystem::exists(control_path(folder)));
    }

    TEST_CASE("a socket left behind by a dead process is replaced") {
        const test::TempStore store;
        const auto folder = store.folder().string();
        std::ofstream(control_path(folder)) << "left over";
        const auto socket = ControlSocket::open(folder, [](const ControlRequest&) {
            return ControlAnswer{0, "here", ""};
        });
        REQUIRE(socket);
        const auto answer = ask_running(folder, {{"x"}, folder, "zh", ""});
        REQUIRE(*answer);
        CHECK((*answer)->out == "here");
    }
}

}  // namespace
}  // namespace dossier::server
