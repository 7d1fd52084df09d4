#include "common/cli/input_words.hpp"

#include <algorithm>

#include "common/base/told.hpp"
#include "common/cli/console.hpp"

namespace dossier::cli {
namespace {

constexpr std::size_t kChoicesShown = 8;

std::string form_of(const catalog::Field& field, Lang lang) {
    const bool zh = lang == Lang::Zh;
    using catalog::Type;
    switch (field.type) {
        case Type::Date:
            return zh ? "（如 2026-12-10）" : " (2026-12-10)";
        case Type::Time:
            return zh ? "（如 2026-12-10 14:05）" : " (2026-12-10 14:05)";
        case Type::Money:
            return zh ? "（元）" : " (yuan)";
        case Type::BasisPoints:
            return zh ? "（如 86.5%）" : " (86.5%)";
        case Type::Bool:
            return zh ? "（是/否）" : " (yes/no)";
        default:
            break;
    }
    std::string help;
    for (std::size_t i = 0; i < std::min(field.choices.size(), kChoicesShown); ++i) {
        help += i == 0 ? (zh ? "：" : ": ") : (zh ? "、" : ", ");
        help += field.choices[i].label.in(lang);
    }
    return help + (field.choices.size() > kChoicesShown ? " …" : "");
}

}  // namespace

std::string spelled(const action::Input& input) {
    if (input.stands()) return std::string(input.name);
    std::string name = "--" + std::string(input.name);
    std::ranges::replace(name, '_', '-');
    return input.letter == 0 ? name : std::string{'-', input.letter, ','} + name;
}

std::string as_typed(const Text& text, std::string_view program, Lang lang) {
    return in_commands(told(text.in(lang), {}), program);
}

std::string input_help(const action::Input& input, std::string_view program, Lang lang) {
    const auto help = as_typed(input.help, program, lang);
    return input.field == nullptr ? help : help + form_of(*input.field, lang);
}

}  // namespace dossier::cli
