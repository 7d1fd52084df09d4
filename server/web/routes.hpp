// The paths of the office's pages, derived from the table of actions: a row is a path, and what is
// not in the table is nowhere.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/http/head.hpp"

#include "server/actions/action.hpp"

namespace dossier::server {

inline constexpr std::string_view kApi = "/api/v1";

/// One action as it is asked for over HTTP. "/api/v1/customer/{customer}/transfer": the words of
/// the action, and before the last of them the one thing it is done to, where there is one.
struct Route {
    const Action* action = nullptr;
    http::Method method = http::Method::Post;  ///< GET for what only reads, which POST asks too
    std::string path;
    const Input* named = nullptr;  ///< the input that stands in the path; null = all are said
};

/// What a path asks for.
struct Asked {
    const Route* route = nullptr;
    std::string named;  ///< of the input in the path
};

class Routes {
  public:
    /// Of all actions that can be asked for from elsewhere.
    Routes();

    [[nodiscard]] const std::vector<Route>& all() const { return routes_; }
    /// By path; nothing when no action is there. The method is not looked at.
    [[nodiscard]] std::optional<Asked> find(std::string_view path) const;

  private:
    std::vector<Route> routes_;
    /// By the path with an empty segment for what is named.
    std::map<std::string, const Route*, std::less<>> by_shape_;
};

/// "customer" of "customer transfer"; empty for an action of one word.
std::string_view group_of(const Action& action);
/// "transfer" of "customer transfer".
std::string_view verb_of(const Action& action);

}  // namespace dossier::server
