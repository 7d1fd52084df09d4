#include "common/api/routes.hpp"

#include <algorithm>
#include <array>

#include "common/base/told.hpp"

namespace dossier::api {
namespace {

/// The first thing that stands in an action is what it is done to, but for these: there it is what
/// comes into being, and said like everything else about it.
bool makes_what_stands(const Action& action) {
    constexpr std::array<std::string_view, 5> kMaking{"add", "create", "import", "export", "batch"};
    return std::ranges::find(kMaking, verb_of(action)) != kMaking.end();
}

const Input* named_input(const Action& action) {
    const auto first = std::ranges::find_if(action.inputs, &Input::stands);
    if (first == action.inputs.end() || makes_what_stands(action)) return nullptr;
    const bool is_one = first->give == Give::Required && first->means == Means::Words;
    return is_one ? &*first : nullptr;
}

/// "/customer//transfer" and "/customer/{customer}/transfer": with `between` before the last word.
std::string path_of(const Action& action, std::string_view between) {
    std::string path;
    std::string_view words = action.words;
    while (!words.empty()) {
        const auto word = words.substr(0, words.find(' '));
        words.remove_prefix(std::min(word.size() + 1, words.size()));
        if (words.empty()) path += between;
        path.append("/").append(word);
    }
    return path;
}

Route route_of(const Offer& offer) {
    const Input* named = named_input(*offer.action);
    const std::string between = named == nullptr ? "" : "/{" + named->key() + "}";
    return {offer.action, offer.about, offer.reads ? http::Method::Get : http::Method::Post,
            std::string(kApi) + path_of(*offer.action, between), named};
}

struct Around {
    std::string_view key;
    Text words;
};
constexpr std::array kAround{Around{"help", {"各项旁的说明", "what is said beside each input"}},
                             Around{"dir", {"数据目录", "the data folder"}},
                             Around{"key-file", {"密钥文件", "the key file"}},
                             Around{"passphrase-file", {"口令文件", "the passphrase file"}},
                             Around{"as", {"经办人", "who acts"}},
                             Around{"purpose", {"查阅目的", "the purpose"}}};

/// By its key, in capitals or not; nullptr when it has none of it.
const Input* input_called(const Action& action, std::string_view key) {
    const auto low = http::lower_case(key);
    const auto at = std::ranges::find_if(
        action.inputs, [&](const Input& input) { return http::lower_case(input.key()) == low; });
    return at == action.inputs.end() ? nullptr : &*at;
}

std::string shape_of(const Route& route) {
    return path_of(*route.action, route.named == nullptr ? "" : "/");
}

}  // namespace

std::string_view group_of(const Action& action) {
    const auto at = action.words.rfind(' ');
    return at == std::string_view::npos ? std::string_view() : action.words.substr(0, at);
}

std::string_view verb_of(const Action& action) {
    const auto at = action.words.rfind(' ');
    return at == std::string_view::npos ? action.words : action.words.substr(at + 1);
}

Routes::Routes(std::vector<Offer> offers) : offers_(std::move(offers)) {
    for (const Offer& offer : offers_) {
        if (offer.is_shown) routes_.push_back(route_of(offer));
    }
    for (const Route& route : routes_) by_shape_.emplace(shape_of(route), &route);
}

std::optional<Asked> Routes::find(std::string_view path) const {
    if (!path.starts_with(kApi)) return std::nullopt;
    path.remove_prefix(kApi.size());
    if (const auto at = by_shape_.find(path); at != by_shape_.end()) {
        if (at->second->named == nullptr) return Asked{at->second, {}};
        return std::nullopt;
    }
    // What is named stands between the last two slashes.
    const auto verb = path.rfind('/');
    if (verb == std::string_view::npos || verb == 0) return std::nullopt;
    const auto before = path.rfind('/', verb - 1);
    if (before == std::string_view::npos || before + 1 == verb) return std::nullopt;
    const std::string shape =
        std::string(path.substr(0, before)) + "/" + std::string(path.substr(verb));
    const auto at = by_shape_.find(shape);
    if (at == by_shape_.end() || at->second->named == nullptr) return std::nullopt;
    return Asked{at->second, std::string(path.substr(before + 1, verb - before - 1))};
}

/// What is said around an action on a command line has its place on a page elsewhere.
std::string Routes::input_words(std::string_view key, Lang lang, const Action* of) const {
    if (of != nullptr) {
        if (const Input* own = input_called(*of, key)) return action::called(*own, lang);
    }
    const auto at = std::ranges::find(kAround, key, &Around::key);
    if (at != kAround.end()) return std::string(at->words.in(lang));
    for (const Offer& offer : offers_) {
        if (const Input* input = input_called(*offer.action, key))
            return action::called(*input, lang);
    }
    return std::string(key);
}

std::string Routes::words(std::string_view name, Lang lang, const Action* of) const {
    if (const auto key = input_key_in(name); !key.empty()) return input_words(key, lang, of);
    const auto at = std::ranges::find_if(
        offers_, [&](const Offer& offer) { return action::name_of(*offer.action) == name; });
    const auto help = at == offers_.end() ? std::string_view() : at->action->help.in(lang);
    // What an action does may be said by another one, or by an input.
    const std::string said =
        help.empty() ? plain_name(name) : say_actions(told(help, {}), [&](std::string_view other) {
            return words(other, lang, at->action);
        });
    return lang == Lang::Zh ? "“" + said + "”" : "\"" + said + "\"";
}

}  // namespace dossier::api
