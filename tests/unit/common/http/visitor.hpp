// A browser of the tests: asks a site on loopback, keeps its cookie and the page's token.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "common/action/answer.hpp"

#include "tests/unit/common/http/served.hpp"

namespace dossier::test {

class Visitor {
  public:
    using Port = std::function<std::uint16_t()>;
    explicit Visitor(Port port, std::string address = "127.0.0.1")
        : port_(std::move(port)), address_(std::move(address)) {}

    Answer get(std::string_view path) { return ask("GET", path, ""); }
    Answer post(std::string_view path, const action::Json& body = action::Json::object()) {
        return ask("POST", path, body.dump());
    }
    /// `more` = further header lines.
    Answer ask(std::string_view method,
               std::string_view path,
               std::string_view body,
               const std::string& more = "");
    /// Keeps what an answer says of who is signed in: cookie and token.
    void keep(const Answer& answer);
    /// "ok", or the id of the refusal.
    static std::string fate(const Answer& answer);
    static action::Json json(const Answer& answer);

    std::string cookie;
    std::string csrf;
    action::Json session;

  private:
    Port port_;
    std::string address_;
};

}  // namespace dossier::test
