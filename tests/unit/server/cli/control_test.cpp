#include <filesystem>
#include <fstream>
#include <future>
#include <semaphore>
#include <sstream>
#include <thread>

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
            auto socket = ControlSocket::open(
                folder, {.answer = [&](const ControlRequest& request, const StillWanted&) {
                    return answer_request(request, own, counter.place);
                }});
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

    TEST_CASE("commands that take long keep nobody waiting, and the urgent ones have places") {
        const test::TempStore store;
        const auto folder = store.folder().string();
        std::promise<void> end;
        const auto ended = end.get_future().share();
        std::counting_semaphore<> under_way{0};
        const auto answer = [&](const ControlRequest& request, const StillWanted&) {
            if (request.words.front() == "long") {
                under_way.release();
                ended.wait();
            }
            return ControlAnswer{0, request.words.front(), ""};
        };
        const auto socket = ControlSocket::open(
            folder, {answer, [](const auto& request) { return request.words.front() == "urgent"; },
                     refuse_request});
        REQUIRE(socket);
        std::vector<std::future<Result<std::optional<ControlAnswer>>>> asked;
        const auto ask = [&](const char* word) {
            return ask_running(folder, {{word}, folder, "en", ""});
        };
        for (std::size_t i = 0; i < kControlPlaces; ++i)
            asked.push_back(std::async(std::launch::async, ask, "long"));
        for (std::size_t i = 0; i < kControlPlaces; ++i) under_way.acquire();
        const auto refused = ask("short");
        REQUIRE((refused && *refused));
        CHECK((*refused)->exit_code == exit_code(ErrorCode::Busy));
        CHECK((*refused)->err.find("control.busy") != std::string::npos);
        const auto urgent = ask("urgent");
        REQUIRE((urgent && *urgent));
        CHECK((*urgent)->out == "urgent");
        end.set_value();
        for (auto& each : asked) CHECK((*each.get())->out == "long");
        CHECK((*ask("short"))->out == "short");
    }

    TEST_CASE("work is told when nobody waits for its answer any more") {
        const test::TempStore store;
        const auto folder = store.folder().string();
        std::promise<void> gone;
        std::promise<bool> was_wanted;
        const auto answer = [&](const ControlRequest&, const StillWanted& wanted) {
            was_wanted.set_value(wanted());
            while (wanted()) std::this_thread::yield();
            gone.set_value();
            return ControlAnswer{};
        };
        auto socket = ControlSocket::open(folder, {.answer = answer});
        REQUIRE(socket);
        auto asked = std::async(std::launch::async, [&] {
            return ask_running(folder, {{"x"}, folder, "zh", ""});
        });
        CHECK(was_wanted.get_future().get());
        socket->reset();  // closing tells as much as a caller who left
        gone.get_future().wait();
        CHECK(asked.get().has_value());
    }

    TEST_CASE("what stops a laptop, a person or a right is urgent, an import is not") {
        for (const auto* line : {"device suspend N01", "device lost N01", "device wipe N01",
                                 "device revoke N01", "user disable x",
                                 "role revoke --user x "
                                 "--role auditor",
                                 "grant revoke x"}) {
            std::istringstream words(line);
            ControlRequest request;
            for (std::string word; words >> word;) request.words.push_back(word);
            CHECK_MESSAGE(is_urgent(request), line);
        }
        CHECK(!is_urgent({{"import", "x.csv"}, "", "", ""}));
        CHECK(!is_urgent({{"no such thing"}, "", "", ""}));
    }

    TEST_CASE("a socket left behind by a dead process is replaced") {
        const test::TempStore store;
        const auto folder = store.folder().string();
        std::ofstream(control_path(folder)) << "left over";
        const auto socket =
            ControlSocket::open(folder, {.answer = [](const ControlRequest&, const StillWanted&) {
                                    return ControlAnswer{0, "here", ""};
                                }});
        REQUIRE(socket);
        const auto answer = ask_running(folder, {{"x"}, folder, "zh", ""});
        REQUIRE(*answer);
        CHECK((*answer)->out == "here");
    }
}

}  // namespace
}  // namespace dossier::server
