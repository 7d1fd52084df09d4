// The actions of dossierd as a browser asks for them: the office's console without a socket before
// it, around the same world; nothing stays of what they do.
#pragma once

#include <memory>

#include "server/web/console.hpp"
#include "tests/matrix/commands.hpp"

namespace dossier::test {

class Pages {
  public:
    explicit Pages(World& world);

    /// From now on who asks is the person of the world, signed in anew.
    void sign_in();
    /// "ok", "partial", or the fault it ended with.
    std::string ask(const api::Route& route, const Typed& typed, std::string_view purpose);
    /// The actions that are offered to who is signed in, by their words.
    std::map<std::string, bool, std::less<>> offered();
    [[nodiscard]] const api::Routes& routes() const { return routes_; }

  private:
    http::Response answer(http::Request request);
    http::Request request(http::Method method, std::string path);

    World& world_;
    api::Routes routes_ = server::office_routes();
    std::unique_ptr<server::Console> console_;
    std::string token_;
};

}  // namespace dossier::test
