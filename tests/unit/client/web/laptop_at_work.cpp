#include "tests/unit/client/web/laptop_at_work.hpp"

#include <doctest/doctest.h>

#include "client/actions/home.hpp"

namespace dossier::test {

LaptopAtWork::LaptopAtWork(bool opens)
    : agent({.folder = desk.dir(),
             .on_change =
                 [this](bool records) {
                     if (page) page->tell(records);
                 }},
            clock(),
            desk.world.laptop.random,
            log) {
    if (opens) REQUIRE(open());
    page.emplace(client::PageOptions{.keeper = agent,
                                     .random = desk.world.laptop.random,
                                     .clock = clock(),
                                     .scratch = desk.place("scratch"),
                                     .assets = {},
                                     .is_own =
                                         [this](std::optional<std::uint32_t> user) {
                                             if (user) asked_by = *user;
                                             return is_own.load();
                                         },
                                     .loop = loop.get_executor()});
    server_ = std::make_unique<http::Server>(loop, *page, clock(), log,
                                             http::ServerOptions{.tells_user = true});
    port_ = server_->open().value();
    page->serve_at(port_);
    thread_ = std::thread([this] { loop.run(); });
}

LaptopAtWork::~LaptopAtWork() {
    agent.end();
    asio::post(loop, [this] {
        page->stop();
        server_->stop();
    });
    thread_.join();
}

Status LaptopAtWork::open() {
    return agent.open(vault::Unlock(vault::KeyFile{desk.place("key")}));
}

Visitor LaptopAtWork::known_browser() {
    auto visitor = browser();
    const auto answer = visitor.post("/api/v1/session", {{"token", page->new_token()}});
    REQUIRE(answer.status == 200);
    visitor.keep(answer);
    return visitor;
}

}  // namespace dossier::test
