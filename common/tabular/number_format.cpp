#include "common/tabular/number_format.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

namespace dossier::tabular {
namespace {

constexpr double kExactMax = 1e15;

/// A format code cut into what it writes: placeholders and the text between them.
struct Layout {
    struct Piece {
        char digit = 0;  ///< '0', '#' or '?', 0 for text
        std::string text;
    };
    std::vector<Piece> whole;     ///< before the point
    std::vector<Piece> fraction;  ///< after it
    std::size_t places = 0;       ///< placeholders after the point
    bool has_point = false;
    bool percent = false;
};

class Parser {
  public:
    explicit Parser(std::string_view code) : code_(code) {}

    /// nullopt for formats that show something else than the digits: exponents, fractions, scales.
    std::optional<Layout> parse() {
        for (at_ = 0; at_ < code_.size(); ++at_) {
            if (!step()) return std::nullopt;
        }
        return has_digit_ ? std::optional(std::move(layout_)) : std::nullopt;
    }

  private:
    bool step() {
        const char c = code_[at_];
        switch (c) {
            case '0':
            case '#':
            case '?':
                return digit(c);
            case '.':
                if (layout_.has_point) return false;
                layout_.has_point = true;
                return true;
            case ',':
                // After the last placeholder it would divide by a thousand.
                return at_ + 1 < code_.size() &&
                       std::string_view("0#?").find(code_[at_ + 1]) != std::string_view::npos;
            case '%':
                layout_.percent = true;
                return text("%");
            case '"':
                return quoted();
            case '\\':
                return at_ + 1 < code_.size() && text(code_.substr(++at_, 1));
            case '[':
                return bracket();
            case '_':
            case '*':
                ++at_;  // room, not text
                return true;
            case 'E':
            case 'e':
            case '/':
            case '@':
                return false;
            default:
                return text(code_.substr(at_, 1));
        }
    }

    std::vector<Layout::Piece>& side() {
        return layout_.has_point ? layout_.fraction : layout_.whole;
    }
    bool digit(char c) {
        has_digit_ = true;
        if (layout_.has_point) ++layout_.places;
        side().push_back({c, {}});
        return true;
    }
    bool text(std::string_view more) {
        side().push_back({0, std::string(more)});
        return true;
    }
    bool quoted() {
        const std::size_t end = code_.find('"', at_ + 1);
        if (end == std::string_view::npos) return false;
        text(code_.substr(at_ + 1, end - at_ - 1));
        at_ = end;
        return true;
    }
    /// [Red] and [>5] say nothing, [$¥-804] says ¥.
    bool bracket() {
        const std::size_t end = code_.find(']', at_);
        if (end == std::string_view::npos) return false;
        const std::string_view inside = code_.substr(at_ + 1, end - at_ - 1);
        if (inside.starts_with('$')) text(inside.substr(1, inside.find('-') - 1));
        at_ = end;
        return true;
    }

    std::string_view code_;
    std::size_t at_ = 0;
    Layout layout_;
    bool has_digit_ = false;
};

/// "1234.50": so many places, or nullopt where they would hide a digit.
std::optional<std::string> with_places(double value, std::size_t places) {
    std::array<char, 400> out{};
    const auto [end, wrong] = std::to_chars(out.data(), out.data() + out.size(), value,
                                            std::chars_format::fixed, static_cast<int>(places));
    if (wrong != std::errc()) return std::nullopt;
    const auto back = number_from({out.data(), static_cast<std::size_t>(end - out.data())});
    const double lost = std::fabs(back.value_or(0) - value);
    if (!back || lost > std::fabs(value) * 1e-14) return std::nullopt;
    return std::string(out.data(), end);
}

/// The digits before the point, dealt to their placeholders from the right; the leftmost one takes
/// all that are left.
std::string whole_part(const std::vector<Layout::Piece>& pieces, std::string digits) {
    if (digits == "0") digits.clear();
    std::string reversed;
    const auto first = std::find_if(pieces.begin(), pieces.end(),
                                    [](const auto& piece) { return piece.digit != 0; });
    for (auto piece = pieces.end(); piece != pieces.begin();) {
        --piece;
        if (piece->digit == 0) {
            reversed.append(piece->text.rbegin(), piece->text.rend());
            continue;
        }
        if (!digits.empty()) {
            reversed += digits.back();
            digits.pop_back();
        } else if (piece->digit == '0') {
            reversed += '0';
        }
        if (piece == first) {
            reversed.append(digits.rbegin(), digits.rend());
            digits.clear();
        }
    }
    return {reversed.rbegin(), reversed.rend()};
}

std::string fraction_part(const Layout& layout, std::string_view digits) {
    std::string text;
    std::size_t last = digits.find_last_not_of('0') + 1;  // 0 when there is none
    std::size_t at = 0;
    for (const auto& piece : layout.fraction) {
        if (piece.digit == 0) {
            text += piece.text;
        } else {
            if (at < last || piece.digit == '0') text += digits[at];
            ++at;
        }
    }
    return text;
}

}  // namespace

NumberFormat format_by_id(unsigned id) {
    static constexpr std::array<std::string_view, 12> kCodes{
        "", "0", "0.00", "#,##0", "#,##0.00", "", "", "", "", "0%", "0.00%", ""};
    NumberFormat format{shown_by_format(id), {}};
    if (format.shown == Shown::Number && id < kCodes.size()) format.code = kCodes[id];
    return format;
}

NumberFormat format_by_code(std::string_view code) {
    constexpr std::size_t kCodeMax = 255;  // of spreadsheets
    NumberFormat format{shown_by_code(code), {}};
    if (format.shown == Shown::Number && code.size() <= kCodeMax) {
        bool quoted = false;
        std::size_t end = 0;
        for (; end < code.size() && (quoted || code[end] != ';'); ++end) {
            if (code[end] == '"') quoted = !quoted;
        }
        format.code = code.substr(0, end);
    }
    return format;
}

std::string shown_number(std::string_view raw, const NumberFormat& format) {
    const auto value = number_from(raw);
    if (!value || format.code.empty() || std::fabs(*value) >= kExactMax) return number_text(raw);
    const auto layout = Parser(format.code).parse();
    if (!layout) return number_text(raw);
    const double shown = std::fabs(layout->percent ? *value * 100 : *value);
    const auto digits = with_places(shown, layout->places);
    if (!digits) return number_text(raw);
    const std::size_t point = std::min(digits->find('.'), digits->size());
    std::string text = *value < 0 ? "-" : "";
    text += whole_part(layout->whole, digits->substr(0, point));
    const std::string fraction = fraction_part(
        *layout, std::string_view(*digits).substr(std::min(point + 1, digits->size())));
    const bool has_digits = fraction.find_first_of("0123456789") != std::string::npos;
    if (has_digits) text += '.';
    text += fraction;
    return text.empty() || text == "-" ? "0" : text;
}

}  // namespace dossier::tabular
