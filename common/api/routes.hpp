// The paths under which the pages of a program ask for its actions, derived from the table of
// actions: a row is a path, and what is not in the table is nowhere.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/action/inputs.hpp"
#include "common/http/head.hpp"

namespace dossier::api {

using action::Action;
using action::Give;
using action::Input;
using action::Inputs;
using action::Means;

inline constexpr std::string_view kApi = "/api/v1";

/// An action of the program, and what the pages must know of it beside its row.
struct Offer {
    const Action* action = nullptr;
    const catalog::Kind* about = nullptr;  ///< of the actions every kind has
    bool reads = false;                    ///< changes nothing
    bool is_shown = true;                  ///< false = pages may name it, but not ask for it
};

/// One action as it is asked for over HTTP. "/api/v1/customer/{customer}/transfer": the words of
/// the action, and before the last of them the one thing it is done to, where there is one.
struct Route {
    const Action* action = nullptr;
    const catalog::Kind* about = nullptr;
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
    /// Of all actions of a program; each lives as long as the routes.
    explicit Routes(std::vector<Offer> offers);
    Routes(const Routes&) = delete;
    Routes& operator=(const Routes&) = delete;

    [[nodiscard]] const std::vector<Route>& all() const { return routes_; }
    /// By path; nothing when no action is there. The method is not looked at.
    [[nodiscard]] std::optional<Asked> find(std::string_view path) const;
    /// "“列出客户”": an action as a page calls it, by its name ("customer.list"); or an input, as
    /// the form of the action `of` calls it, where it has it.
    [[nodiscard]] std::string words(std::string_view name,
                                    Lang lang,
                                    const Action* of = nullptr) const;

  private:
    [[nodiscard]] std::string input_words(std::string_view key, Lang lang, const Action* of) const;

    std::vector<Offer> offers_;
    std::vector<Route> routes_;
    /// By the path with an empty segment for what is named.
    std::map<std::string, const Route*, std::less<>> by_shape_;
};

/// "customer" of "customer transfer"; empty for an action of one word.
std::string_view group_of(const Action& action);
/// "transfer" of "customer transfer".
std::string_view verb_of(const Action& action);

}  // namespace dossier::api
