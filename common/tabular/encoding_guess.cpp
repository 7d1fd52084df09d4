#include "common/tabular/encoding_guess.hpp"

#include <algorithm>
#include <array>

#include "common/base/text.hpp"
#include "common/tabular/utf8_length.hpp"

namespace dossier::tabular {
namespace {

/// Lines beyond this add no certainty.
constexpr std::size_t kEvidenceBytes = 65'536;
constexpr std::size_t kSamples = 3;
constexpr std::size_t kSampleBytes = 60;

constexpr std::array kPriced{Encoding::Utf8,   Encoding::Gb18030,  Encoding::Big5,
                             Encoding::Cp1252, Encoding::ShiftJis, Encoding::EucKr};

std::optional<Encoding> encoding_by_mark(std::string_view start) {
    if (start.starts_with("\xEF\xBB\xBF")) return Encoding::Utf8Bom;
    if (start.starts_with("\xFF\xFE")) return Encoding::Utf16Le;
    if (start.starts_with("\xFE\xFF")) return Encoding::Utf16Be;
    if (start.starts_with("\x84\x31\x95\x33")) return Encoding::Gb18030;
    return std::nullopt;
}

/// UTF-16 without a mark: its separators and line ends leave zero bytes, all on the same side.
std::optional<Encoding> utf16_by_zeros(std::string_view start) {
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < start.size(); ++i) zeros[i % 2] += start[i] == '\0' ? 1U : 0U;
    if (zeros[0] + zeros[1] < 2) return std::nullopt;
    // A line end in the right place keeps a damaged 8-bit file from passing for UTF-16.
    const auto has_pair = [&](char first, char second) {
        for (std::size_t i = 0; i + 1 < start.size(); i += 2) {
            if (start[i] == first && start[i + 1] == second) return true;
        }
        return false;
    };
    if (zeros[0] == 0 && has_pair('\n', '\0')) return Encoding::Utf16Le;
    if (zeros[1] == 0 && has_pair('\0', '\n')) return Encoding::Utf16Be;
    return std::nullopt;
}

bool is_plain(std::string_view text) {
    return ascii_end(text, 0) == text.size();
}

/// The lines of the file that hold more than ASCII, from `block` on, as many as are evidence.
std::string evidence_of(std::ifstream& file, std::string block) {
    std::string evidence;
    std::string line;
    while (!block.empty() && evidence.size() < kEvidenceBytes) {
        for (std::size_t at = 0; at < block.size();) {
            const std::size_t end = std::min(block.find('\n', at), block.size());
            line.append(block, at, end - at);
            at = end + 1;
            if (end == block.size() && line.size() < kEvidenceBytes) break;
            if (!is_plain(line)) evidence += line + '\n';
            line.clear();
        }
        block = read_block(file);
    }
    if (!is_plain(line)) evidence += line;
    return evidence;
}

/// Cells of these lines with more than ASCII, cut where any of the encodings would cut them.
std::vector<std::string> samples_of(std::string_view lines, Encoding encoding) {
    constexpr std::string_view kEnds = ",;\t\r\n\"";
    std::vector<std::string> samples;
    Decoder decoder(encoding);
    while (!lines.empty() && samples.size() < kSamples) {
        const std::size_t end = std::min(lines.find_first_of(kEnds), lines.size());
        const std::string_view cell = lines.substr(0, std::min(end, kSampleBytes));
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (is_plain(cell)) continue;
        std::string text;
        const bool whole = end <= kSampleBytes;
        decoder.append(cell, whole, text);
        for (auto at = text.find(kBadByte); at != std::string::npos; at = text.find(kBadByte, at))
            text.replace(at, kBadByte.size(), "?");
        if (std::find(samples.begin(), samples.end(), text) == samples.end())
            samples.push_back(whole ? text : text + "…");
    }
    return samples;
}

/// Of UTF-16 the first block says enough; every unit is a cell or a part of one.
std::vector<std::string> wide_samples(std::string block, Encoding encoding) {
    std::string text;
    Decoder(encoding).append(block, false, text);
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    return samples_of(text, Encoding::Utf8);
}

bool is_wide(Encoding encoding) {
    return encoding == Encoding::Utf16Le || encoding == Encoding::Utf16Be;
}

}  // namespace

Guess guess_of_lines(std::string_view lines) {
    if (is_plain(lines)) return {};
    std::vector<std::pair<double, Encoding>> priced;
    for (const Encoding each : kPriced) priced.emplace_back(price_in_bits(lines, each), each);
    std::stable_sort(priced.begin(), priced.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    const auto reading = [&](Encoding each) { return Reading{each, samples_of(lines, each)}; };
    const bool sure = priced[1].first - priced[0].first >= kSureBits;
    // No other encoding makes text by chance of which every byte is UTF-8: there is no second
    // reading worth a look.
    if (sure && priced[0].second == Encoding::Utf8 && is_utf8(lines))
        return {.best = reading(Encoding::Utf8), .next = {}};
    return {.best = reading(priced[0].second), .next = reading(priced[1].second), .sure = sure};
}

Guess guess_encoding(std::ifstream& file, std::optional<Encoding> known) {
    std::string block = read_block(file);
    const auto marked = encoding_by_mark(block);
    // "utf-16" is what a person says of either order; the mark knows better.
    if (known && marked && is_wide(*known) && is_wide(*marked)) known = marked;
    if (!known) known = marked ? marked : utf16_by_zeros(block);
    if (known && is_wide(*known))
        return {.best = {*known, wide_samples(std::move(block), *known)}, .next = {}};
    if (marked == Encoding::Utf8Bom) block.erase(0, 3);
    const std::string lines = evidence_of(file, std::move(block));
    if (known) return {.best = {*known, samples_of(lines, *known)}, .next = {}};
    return guess_of_lines(lines);
}

}  // namespace dossier::tabular
