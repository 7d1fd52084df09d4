#include "common/catalog/describe.hpp"

#include <map>

#include "common/base/reason.hpp"
#include "common/catalog/catalog.hpp"
#include "common/catalog/completeness.hpp"
#include "common/catalog/doubt.hpp"
#include "common/catalog/words.hpp"

namespace dossier::catalog {
namespace {

struct Pair {
    std::string zh;
    std::string en;
};
using Pairs = std::map<std::string, Pair, std::less<>>;

/// Every label and phrase messages quote, by both halves as they stand in an argument.
const Pairs& pairs() {
    static const Pairs kAll = [] {
        Pairs all;
        const auto add = [&](std::string zh, std::string en) {
            auto both = zh + '/' + en;
            all.emplace(std::move(both), Pair{std::move(zh), std::move(en)});
        };
        const auto add_text = [&](const Text& text) {
            add(std::string(text.zh), std::string(text.en));
        };
        for (const Kind* kind : kinds()) {
            add_text(kind->label);
            for (const Field* field : all_fields(*kind)) {
                add_text(field->label);
                const Lacking lacking{kind, field, false};
                add(called(lacking, Lang::Zh), called(lacking, Lang::En));
                add(type_words(*field, Lang::Zh), type_words(*field, Lang::En));
                for (const Choice& choice : field->choices) {
                    add_text(choice.label);
                    const Lacking sort{kind, field, false, &choice};
                    add(called(sort, Lang::Zh), called(sort, Lang::En));
                }
            }
        }
        for (const Text& doubt : doubts()) add_text(doubt);
        return all;
    }();
    return kAll;
}

/// The half of a part that is a pair as a whole; the part itself when it is none.
std::string half_of(std::string_view part, Lang lang) {
    if (part.find('/') == std::string_view::npos) return std::string(part);
    const auto at = pairs().find(part);
    if (at != pairs().end()) return lang == Lang::Zh ? at->second.zh : at->second.en;
    const auto reason = reason_in(part);
    return std::string(reason ? reason->in(lang) : part);
}

}  // namespace

std::string in_language(const std::string& arg, Lang lang) {
    auto whole = half_of(arg, lang);
    if (whole != arg) return whole;
    // "potential(潜在/Potential), …" and "省份/Province = 上海"
    std::string shown;
    std::size_t from = 0;
    for (std::size_t at = 0; at <= arg.size(); ++at) {
        const bool ends =
            at == arg.size() || std::string_view("(),=;").find(arg[at]) != std::string_view::npos;
        if (!ends) continue;
        std::string_view part = std::string_view(arg).substr(from, at - from);
        const auto head = std::min(part.find_first_not_of(' '), part.size());
        const auto tail = part.find_last_not_of(' ') + 1;
        shown += part.substr(0, head);
        if (head < tail) shown += half_of(part.substr(head, tail - head), lang);
        if (head < tail) shown += part.substr(tail);
        if (at < arg.size()) shown += arg[at];
        from = at + 1;
    }
    return shown;
}

std::string describe(const Error& error, Lang lang) {
    Error shown{error.fault, {}};
    for (const auto& arg : error.args) shown.args.push_back(in_language(arg, lang));
    return dossier::describe(shown, lang);
}

}  // namespace dossier::catalog
