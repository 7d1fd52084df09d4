#include "tests/unit/common/http/visitor.hpp"

namespace dossier::test {

void Visitor::keep(const Answer& answer) {
    session = json(answer);
    csrf = session["csrf"];
    const auto set = answer.header("set-cookie");
    if (!set.empty()) cookie = set.substr(0, set.find(';'));
}

Answer Visitor::ask(std::string_view method,
                    std::string_view path,
                    std::string_view body,
                    const std::string& more) {
    Peer peer(port_(), address_);
    std::string text = std::string(method) + " " + std::string(path) + " HTTP/1.1\r\n";
    if (more.find("Host:") == std::string::npos)
        text += "Host: localhost:" + std::to_string(port_()) + "\r\n";
    if (!cookie.empty()) text += "Cookie: " + cookie + "\r\n";
    if (!csrf.empty() && more.find("X-CSRF-Token") == std::string::npos)
        text += "X-CSRF-Token: " + csrf + "\r\n";
    text += "Accept-Language: en\r\n" + more;
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
    peer.send(text);
    return peer.answer();
}

std::string Visitor::fate(const Answer& answer) {
    const auto document = json(answer);
    if (!document.is_object() || !document.contains("refusal"))
        return answer.status == 200 ? "ok" : std::to_string(answer.status);
    return document["refusal"]["id"];
}

action::Json Visitor::json(const Answer& answer) {
    return action::Json::parse(answer.body, nullptr, false);
}

}  // namespace dossier::test
