#include <array>
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

#include "common/control/socket.hpp"

#include "server/control/orders.hpp"
#include "server/reading/find.hpp"
#include "tests/unit/server/cli/counter.hpp"

namespace dossier::server {
namespace {

action::Outcome said(const std::string& word) {
    action::Outcome outcome;
    outcome.answer.document(word);
    return outcome;
}

int connected(const std::string& folder) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    control::control_path(folder).copy(address.sun_path, sizeof address.sun_path - 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    REQUIRE(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    return socket;
}

/// What the office answers to these bytes and no more.
std::string heard(const std::string& folder, std::string_view bytes) {
    const Descriptor socket(connected(folder));
    while (!bytes.empty()) {
        const auto sent = ::send(socket.number(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) break;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    ::shutdown(socket.number(), SHUT_WR);
    std::string answer;
    std::array<char, 4096> part{};
    for (ssize_t got = 0; (got = ::recv(socket.number(), part.data(), part.size(), 0)) > 0;)
        answer.append(part.data(), static_cast<std::size_t>(got));
    return answer;
}

TEST_SUITE("server/control") {
    TEST_CASE("requests and answers come back as they were") {
        const control::Request request{.action = "user.add",
                                       .inputs = {{"login", "lijg"}, {"name", "李 \"建国\"\n"}},
                                       .as = "luop",
                                       .purpose = "季度核定",
                                       .lang = Lang::En,
                                       .folder = "/tmp"};
        auto line = control::encode(request);
        REQUIRE(line.ends_with('\n'));
        CHECK(line.find('\n') == line.size() - 1);
        line.pop_back();
        CHECK(control::decode_request(line) == request);
        action::Outcome answer{.answer = action::Answer(Lang::En), .code = 20};
        answer.answer.plain("结果\n{}");
        answer.answer.facts({{"客户", "精密"}, {"区域", ""}});
        answer.answer.table({{"编号", "名称"}, {{"1", "精密"}, {"2", "明润"}}});
        answer.answer.document({{"id", 1}, {"list", {"a"}}});
        answer.answer.note({"提示 {}", "note {}"}, {"x"});
        action::refuse(answer, Error{&control::kBusy, {"16"}});
        const auto back = control::decode_answer(control::encode(answer), Lang::En);
        REQUIRE(back);
        CHECK(back->answer.parts == answer.answer.parts);
        CHECK(back->answer.notes == answer.answer.notes);
        CHECK(back->answer.data == answer.answer.data);
        CHECK(back->refusal == answer.refusal);
        CHECK(back->refusal->next.empty());
        action::refuse(answer, Error{&kUnknownUser, {"x"}});
        const auto again = control::decode_answer(control::encode(answer), Lang::En);
        REQUIRE(again);
        CHECK(again->refusal == answer.refusal);
        CHECK(again->refusal->next == "user.list");
        CHECK(back->code == exit_code(ErrorCode::Busy));
    }

    TEST_CASE("what is no request or answer is refused") {
        const std::string rest = R"("as":"","purpose":"","folder":"","lang":)";
        for (const std::string& line :
             {std::string(), std::string("{}"), std::string("[]"),
              R"({"action":"x",)" + rest + R"("zh"})", R"({"inputs":{},)" + rest + R"("zh"})",
              R"({"action":1,"inputs":{},)" + rest + R"("zh"})",
              R"({"action":"x","inputs":{},)" + rest + R"("fr"})"})
            CHECK_MESSAGE(!control::decode_request(line), line);
        for (
            const char* bytes :
            {"", "{}", R"({"parts":[1],"notes":[],"data":null,"code":0})",
             R"({"parts":[{"header":["a"],"rows":[["b","c"]]}],"notes":[],"data":null,"code":0})",
             R"({"parts":[],"notes":[1],"data":null,"code":0})",
             R"({"parts":[],"notes":[],"data":null,"code":0,"refusal":{"id":1}})",
             R"({"parts":[],"notes":[],"data":null,"code":1,"refusal":{"id":"a","code":1,"message":"b","next":1}})"})
            CHECK_MESSAGE(!control::decode_answer(bytes, Lang::Zh), bytes);
    }

    TEST_CASE(
        "an action that is not there, inputs it does not have or of a wrong type are refused "
        "by name") {
        test::Counter counter;
        const auto asked = [&](std::string name, action::Json inputs) {
            const auto outcome = answer_request(
                {.action = std::move(name), .inputs = std::move(inputs), .as = "hanm"},
                counter.place);
            return outcome.refusal ? outcome.refusal->id : std::string();
        };
        CHECK(asked("region.list", action::Json::object()).empty());
        CHECK(asked("nothing.list", action::Json::object()) == "action.unknown");
        CHECK(asked("serve", {{"listen", "x:1"}}) == "action.unknown");
        CHECK(asked("region.list", {{"colour", "red"}}) == "action.unknown_input");
        CHECK(asked("customer.show", action::Json::object()) == "action.wrong_input");
        CHECK(asked("customer.show", {{"customer", 7}}) == "action.wrong_input");
        CHECK(asked("customer.show", {{"customer", {"a", "b"}}}) == "action.wrong_input");
        CHECK(asked("case.batch", {{"dry-run", "yes"}}) == "action.wrong_input");
        CHECK(asked("customer.show", "精密") == "action.wrong_input");
    }

    TEST_CASE("nobody answers where no office runs") {
        const test::TempStore folder;
        const auto answer = control::ask_running(folder.folder().string(), {});
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
            control::control_path(path).copy(address.sun_path, sizeof address.sun_path - 1);
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
        const auto answer =
            control::ask_running(path, {.action = "region.list", .as = "luop", .folder = path});
        REQUIRE_FALSE(answer);
        CHECK(answer.error().is(control::kForeign));
        int status = 0;
        ::waitpid(stranger, &status, 0);
        CHECK(WIFEXITED(status));
        CHECK(WEXITSTATUS(status) == 0);  // it was connected to and heard nothing
        ::close(ready[0]);
        ::close(ready[1]);
    }

    TEST_CASE("a program that hangs is told of, with how to end it; one that works long is not") {
        using namespace std::chrono_literals;
        const control::Patience patience{.before_asking = 50ms, .for_life = 200ms};
        const test::TempStore store;
        const auto folder = store.folder().string();
        {
            auto socket = control::Socket::open(
                folder, {.answer = [](const control::Request& request, const auto&) {
                    std::this_thread::sleep_for(1s);
                    return action::Outcome{.answer = action::Answer(request.lang), .code = 7};
                }});
            REQUIRE(socket);
            const auto answer = control::ask_running(folder, {.action = "x"}, Lang::Zh, patience);
            REQUIRE(answer);
            CHECK((*answer)->code == 7);
        }
        // Nobody accepts: the kernel lets callers in, and there they wait.
        const Descriptor hung(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        control::control_path(folder).copy(address.sun_path, sizeof address.sun_path - 1);
        REQUIRE(::bind(hung.number(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(::listen(hung.number(), 1) == 0);
        for (int i = 0; i < 4; ++i) {  // also when no more are let in
            const auto answer = control::ask_running(folder, {.action = "x"}, Lang::Zh, patience);
            REQUIRE_FALSE(answer);
            CHECK(answer.error().is(control::kSilent));
        }
    }

    TEST_CASE("a command typed elsewhere runs in the office that listens, and leaves no socket") {
        test::Counter counter;
        const auto folder = counter.store.folder().string();
        {
            auto socket = control::Socket::open(
                folder,
                {.answer = [&](const control::Request& request, const control::StillWanted&) {
                    return answer_request(request, counter.place);
                }});
            REQUIRE(socket);
            struct stat state {};
            REQUIRE(::stat(control::control_path(folder).c_str(), &state) == 0);
            CHECK((state.st_mode & 0777U) == 0600U);
            const auto answer = control::ask_running(
                folder, {.action = "region.list", .inputs = action::Json::object()});
            REQUIRE(answer);
            REQUIRE(*answer);
            CHECK((*answer)->code == 0);
            CHECK((*answer)->answer.data.size() == 2);
            const auto here = control::ask_running(
                folder, {.action = "version", .inputs = action::Json::object()});
            CHECK((*here)->code == 2);
        }
        CHECK(!std::filesystem::exists(control::control_path(folder)));
    }

    TEST_CASE("commands that take long keep nobody waiting, and the urgent ones have places") {
        const test::TempStore store;
        const auto folder = store.folder().string();
        std::promise<void> end;
        const auto ended = end.get_future().share();
        std::counting_semaphore<> under_way{0};
        const auto answer = [&](const control::Request& request, const control::StillWanted&) {
            if (request.action == "long") {
                under_way.release();
                ended.wait();
            }
            return said(request.action);
        };
        const auto socket = control::Socket::open(
            folder, {answer, [](const auto& request) { return request.action == "urgent"; },
                     control::refuse_request});
        REQUIRE(socket);
        std::vector<std::future<Result<std::optional<action::Outcome>>>> asked;
        const auto ask = [&](const char* word) {
            return control::ask_running(folder, {.action = word});
        };
        for (std::size_t i = 0; i < control::kPlaces; ++i)
            asked.push_back(std::async(std::launch::async, ask, "long"));
        for (std::size_t i = 0; i < control::kPlaces; ++i) under_way.acquire();
        const auto refused = ask("short");
        REQUIRE((refused && *refused));
        CHECK((*refused)->code == exit_code(ErrorCode::Busy));
        CHECK((*refused)->refusal->id == "control.busy");
        const auto urgent = ask("urgent");
        REQUIRE((urgent && *urgent));
        CHECK((*urgent)->answer.data == "urgent");
        end.set_value();
        for (auto& each : asked) CHECK((*each.get())->answer.data == "long");
        CHECK((*ask("short"))->answer.data == "short");
    }

    TEST_CASE("work is told when nobody waits for its answer any more") {
        const test::TempStore store;
        const auto folder = store.folder().string();
        std::promise<void> gone;
        std::promise<bool> was_wanted;
        const auto answer = [&](const control::Request&, const control::StillWanted& wanted) {
            was_wanted.set_value(wanted());
            while (wanted()) std::this_thread::yield();
            gone.set_value();
            return action::Outcome{.answer = action::Answer()};
        };
        auto socket = control::Socket::open(folder, {.answer = answer});
        REQUIRE(socket);
        auto asked = std::async(std::launch::async,
                                [&] { return control::ask_running(folder, {.action = "x"}); });
        CHECK(was_wanted.get_future().get());
        socket->reset();  // closing tells as much as a caller who left
        gone.get_future().wait();
        CHECK(asked.get().has_value());
    }

    TEST_CASE("what stops a laptop, a person or a right is urgent, an import is not") {
        for (const auto* name : {"device.suspend", "device.lost", "device.wipe", "device.revoke",
                                 "user.disable", "role.revoke", "grant.revoke"})
            CHECK_MESSAGE(is_urgent({.action = name}), name);
        CHECK(!is_urgent({.action = "import"}));
        CHECK(!is_urgent({.action = "no such thing"}));
    }

    TEST_CASE("who asks what is no request, or too much, is told so with a code") {
        const test::TempStore store;
        const auto folder = store.folder().string();
        const auto socket = control::Socket::open(
            folder, {.answer = [](const control::Request&, const control::StillWanted&) {
                return said("here");
            }});
        REQUIRE(socket);
        const auto told = [&](const std::string& bytes) {
            const auto answer = control::decode_answer(heard(folder, bytes), Lang::Zh);
            return answer && answer->refusal ? answer->refusal->id : std::string("nothing");
        };
        CHECK(told("{\n") == "control.malformed");
        CHECK(told("\n") == "control.malformed");
        CHECK(told("{}\n") == "control.malformed");
        CHECK(told("{}") == "control.malformed");  // and no end of the line
        CHECK(told(R"({"action":"x","inputs":{},"as":"","purpose":"","folder":"","lang":"fr"})"
                   "\n") == "control.malformed");
        CHECK(told("{\"action\":\"\xFF\"}\n") == "control.malformed");
        CHECK(told(std::string(3 * control::kRequestBytesMax, 'x') + "\n") == "control.oversized");
    }

    TEST_CASE("a caller for whom there is no place at all is told that the office is busy") {
        const test::TempStore store;
        const auto folder = store.folder().string();
        const auto socket = control::Socket::open(
            folder, {.answer = [](const control::Request&, const control::StillWanted&) {
                return said("here");
            }});
        REQUIRE(socket);
        std::vector<std::unique_ptr<Descriptor>> silent;
        for (std::size_t i = 0; i < control::kPlaces + control::kUrgentPlaces; ++i)
            silent.push_back(std::make_unique<Descriptor>(connected(folder)));
        const auto answer = control::ask_running(folder, {.action = "x"});
        REQUIRE((answer && *answer));
        REQUIRE((*answer)->refusal);
        CHECK((*answer)->refusal->id == "control.busy");
    }

    TEST_CASE("broken bytes are refused before they are sent, by the input that holds them") {
        const test::TempStore store;
        const auto folder = store.folder().string();
        bool asked = false;
        const auto socket = control::Socket::open(
            folder, {.answer = [&](const control::Request&, const control::StillWanted&) {
                asked = true;
                return said("here");
            }});
        REQUIRE(socket);
        const std::string broken = "坏\xFF字节";
        for (const auto& [request, name] :
             {std::pair{control::Request{.action = "x", .inputs = {{"name", broken}}}, "name"},
              std::pair{control::Request{.action = "x", .inputs = {{"set", {"a=b", broken}}}},
                        "set"},
              std::pair{control::Request{.action = "x", .as = broken}, "as"},
              std::pair{control::Request{.action = "x", .purpose = broken}, "purpose"},
              std::pair{control::Request{.action = "x", .folder = broken}, "folder"}}) {
            const auto answer = control::ask_running(folder, request);
            REQUIRE_FALSE(answer);
            CHECK(answer.error().is(control::kNotUtf8));
            CHECK(answer.error().args == std::vector<std::string>{name});
        }
        CHECK_FALSE(asked);
    }

    TEST_CASE("a socket left behind by a dead process is replaced") {
        const test::TempStore store;
        const auto folder = store.folder().string();
        std::ofstream(control::control_path(folder)) << "left over";
        const auto socket = control::Socket::open(
            folder, {.answer = [](const control::Request&, const control::StillWanted&) {
                return said("here");
            }});
        REQUIRE(socket);
        const auto answer = control::ask_running(folder, {.action = "x"});
        REQUIRE(*answer);
        CHECK((*answer)->answer.data == "here");
    }
}

}  // namespace
}  // namespace dossier::server
