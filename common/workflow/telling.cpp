#include "common/workflow/telling.hpp"

#include "common/base/reason.hpp"
#include "common/catalog/catalog.hpp"
#include "common/catalog/task.hpp"

namespace dossier::workflow {
namespace {

constexpr std::string_view kBecause = ": ";
constexpr Text kUntold{"已无权查阅", "no longer yours to read"};

}  // namespace

std::string told(const Text& words, std::string_view why) {
    constexpr std::size_t kWhyMax = 400;
    const std::string that = pair_of(words);
    return why.empty() ? that : that + std::string(kBecause) + std::string(head(why, kWhyMax));
}

std::optional<Telling> telling_of(const catalog::Kind& kind) {
    // special: the office writes these words itself, of one kind alone, and in this form
    if (kind.tag != catalog::kNotification.tag) return std::nullopt;
    return Telling{&catalog::field(catalog::kNotification, "subject_id"),
                   &catalog::field(catalog::kNotification, "text")};
}

FieldValues as_heard(const Telling& telling, FieldValues values, Hears hears) {
    const Value* text = find(values, telling.text->tag);
    const auto* words = text == nullptr ? nullptr : as_text(*text);
    if (words == nullptr || hears == Hears::Why) return values;
    assign(values, telling.text->tag,
           hears == Hears::Nothing ? pair_of(kUntold) : words->substr(0, words->find(kBecause)));
    return values;
}

}  // namespace dossier::workflow
