#include "tests/unit/server/web/browser.hpp"

#include "common/crypto/password.hpp"

#include "server/accounts/agreement.hpp"

namespace dossier::test {

namespace {

/// Of the least dear sort: what is held against it is the same.
const std::string& verifier() {
    static const std::string kMade =
        crypto::password_verifier(kGoodPassword, {.passes = 1, .memory_bytes = 8192 * 8});
    return kMade;
}

}  // namespace

ConsoleOffice::ConsoleOffice() {
    for (const UserId& user : {people.admin, people.ann, people.ben, people.cai}) welcome(user);
    start();
}

ConsoleOffice::~ConsoleOffice() {
    stop();
}

void ConsoleOffice::welcome(const UserId& user) {
    server::Unit unit(*people.store);
    server::Passwords(people.office).set(user, verifier(), user);
    server::promise(people.office, user);
    unit.commit();
}

void ConsoleOffice::start() {
    store_thread_ = std::make_unique<server::StoreThread>(*people.store);
    loop_ = std::make_unique<asio::io_context>(1);
    const auto place = [this] {
        return server::Workplace{.office = people.office,
                                 .in_unit = [this](const std::function<void()>& work) {
                                     store_thread_->run_and_wait(work);
                                 }};
    };
    console_ = std::make_unique<server::Console>(
        server::ConsoleOptions{.place = place,
                               .scratch = (people.store.folder() / "scratch").string(),
                               .assets = {},
                               .is_tls = false,
                               .clock = clock_});
    server_ = std::make_unique<http::Server>(*loop_, *console_, clock_, log, http::ServerOptions{});
    port_ = server_->open().value();
    thread_ = std::thread([this] { loop_->run(); });
}

void ConsoleOffice::stop() {
    asio::post(*loop_, [this] {
        console_->stop();
        server_->stop();
    });
    thread_.join();
    server_.reset();
    console_.reset();
    loop_.reset();
    store_thread_.reset();
}

void ConsoleOffice::restart() {
    stop();
    start();
}

std::vector<std::string> ConsoleOffice::audited(std::string_view action) {
    return inside([&](server::Office& office) {
        std::vector<std::string> told;
        for (const auto& line : office.store().audit(0, 10'000)) {
            if (line.action == action) told.push_back(line.result + " " + line.detail);
        }
        return told;
    });
}

std::string Browser::sign_in(std::string_view login,
                             std::string_view password,
                             const action::Json& more) {
    action::Json body{{"user", login}, {"password", password}};
    for (const auto& [key, value] : more.items()) body[key] = value;
    const auto answer = ask("POST", "/api/v1/session", body.dump());
    session = json(answer);
    if (answer.status != 200) return fate(answer);
    keep(answer);
    return "ok";
}

}  // namespace dossier::test
