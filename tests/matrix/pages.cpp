#include "tests/matrix/pages.hpp"

#include <fstream>
#include <future>

#include <asio/co_spawn.hpp>
#include <asio/io_context.hpp>

#include "common/api/forgery.hpp"

#include "server/accounts/agreement.hpp"
#include "server/accounts/passwords.hpp"
#include "server/accounts/sign_ins.hpp"

namespace dossier::test {
namespace {

using action::Json;

/// What is typed after a command by the keys of its inputs; a file that is read as its bytes.
Json body_of(const action::Action& action, const Typed& typed) {
    auto body = Json::object();
    for (const auto& input : action.inputs) {
        const auto at =
            typed.find(input.stands() ? std::string(input.name) : "--" + std::string(input.name));
        if (at == typed.end()) continue;
        const auto& values = at->second;
        if (input.give == action::Give::Flag) {
            body[input.key()] = true;
        } else if (input.means == action::Means::FileRead) {
            std::ifstream in(values.back(), std::ios::binary);
            const std::string bytes(std::istreambuf_iterator<char>(in), {});
            const auto name = values.back().substr(values.back().rfind('/') + 1);
            body[input.key()] = {{"name", name}, {"data", api::to_base64(bytes)}};
        } else if (input.is_many()) {
            body[input.key()] = values;
        } else {
            body[input.key()] = values.back();
        }
    }
    return body;
}

std::string escaped(std::string_view text) {
    std::string made;
    for (const char c : text) {
        constexpr std::string_view kHex = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        made += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
    return made;
}

}  // namespace

Pages::Pages(World& world) : world_(world) {
    const auto place = [&world] {
        return server::Workplace{
            .office = world.office.office,
            .in_unit =
                [&store = *world.office.store](const std::function<void()>& work) {
                    const server::Unit unit(store);
                    work();
                },
            .folder = world.office.store.folder().string(),
            .listening = "office.example.com:7520"};
    };
    console_ = std::make_unique<server::Console>(
        server::ConsoleOptions{.place = place,
                               .scratch = (world.office.store.folder() / "scratch").string(),
                               .assets = {},
                               .is_tls = false,
                               .clock = world.office.clock});
}

void Pages::sign_in() {
    auto& office = world_.office.office;
    server::Unit unit(*world_.office.store);
    office.people().forget();
    office.store().save_credential(
        {.user = world_.person, .password = "$", .factor = Bytes(20, 1)});
    token_ = server::SignIns(office).begin(world_.person, "127.0.0.1").token;
    unit.commit();
}

http::Request Pages::request(http::Method method, std::string path) {
    http::Request made{.method = method, .target = {.path = std::move(path)}, .peer = "127.0.0.1"};
    made.headers = {{"Cookie", "dossier_session=" + token_},
                    {"X-CSRF-Token", api::page_token(token_)},
                    {"Accept-Language", "en"}};
    return made;
}

http::Response Pages::answer(http::Request request) {
    asio::io_context loop(1);
    std::optional<http::Response> made;
    asio::co_spawn(loop, console_->answer(std::move(request)),
                   [&](const std::exception_ptr& thrown, http::Response response) {
                       if (thrown) std::rethrow_exception(thrown);
                       made = std::move(response);
                   });
    loop.run();
    return std::move(*made);
}

std::string Pages::ask(const api::Route& route, const Typed& typed, std::string_view purpose) {
    auto body = body_of(*route.action, typed);
    auto path = route.path;
    if (route.named != nullptr) {
        const auto key = route.named->key();
        path = path.substr(0, path.find('{')) + body[key].get<std::string>() +
               path.substr(path.find('}') + 1);
        body.erase(key);
    }
    auto asked = request(http::Method::Post, path);
    asked.headers.push_back({"X-Purpose", escaped(purpose)});
    asked.body = body.dump();
    const auto response = answer(std::move(asked));
    const auto document = Json::parse(text_of(response.body.bytes()));
    if (document.contains("refusal")) return document["refusal"]["id"];
    return document["code"] == 0 ? "ok" : document["code"] == 3 ? "partial" : "?";
}

std::map<std::string, bool, std::less<>> Pages::offered() {
    const auto response = answer(request(http::Method::Get, "/api/v1/actions"));
    const auto document = Json::parse(text_of(response.body.bytes()));
    std::map<std::string, bool, std::less<>> all;
    if (!document.is_array()) return all;  // who may not act is signed in nowhere
    for (const auto& each : document) all[each["words"].get<std::string>()] = each["may"];
    return all;
}

}  // namespace dossier::test
