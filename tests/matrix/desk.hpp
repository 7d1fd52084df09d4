// Commands of dossierd as they run at the office, after the words were parsed; nothing stays of
// what they do.
#pragma once

#include <map>

#include "server/app/run.hpp"
#include "tests/matrix/world.hpp"

namespace dossier::test {

struct Spoken {
    int code = 0;
    std::string out;
    std::string err;

    /// "ok", or the fault it ended with: "access.denied".
    [[nodiscard]] std::string fate() const;
    [[nodiscard]] action::Json json() const { return action::Json::parse(out); }
};

class Desk {
  public:
    explicit Desk(World& world);

    /// `as`: a login; empty = nobody is named.
    Spoken say(std::string_view command,
               const std::map<std::string, std::vector<std::string>, std::less<>>& given,
               std::string_view as,
               std::string_view purpose);

    std::string folder;  ///< where files are written

  private:
    World& world_;
    server::Workplace place_;
    std::map<std::string, const server::Action*, std::less<>> commands_;
};

}  // namespace dossier::test
