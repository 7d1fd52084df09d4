// Build-time program: Unihan_Readings and Unihan_Variants (decompressed, one after the other) on
// standard input, the tables of `tables.hpp` as C++ on standard output. Modern dictionaries come
// first; the historical kHanyuPinyin speaks only where no modern source knows the character, else
// search would find 重 by "tong". Source: Unicode Standard Annex 38.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <iostream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "common/pinyin/words.hpp"

namespace {

using Syllables = std::vector<std::string>;
using CodePoint = std::uint32_t;

constexpr CodePoint kPageSize = 256;
constexpr CodePoint kCodePointEnd = 0x32400;  // the last block of ideographs of Unicode 15

/// One character of UTF-8 taken from the front of `text`, which the Unihan files keep well-formed.
CodePoint take(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text.at(i)); };
    const std::size_t size = byte(0) < 0x80 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
    CodePoint value = size == 1 ? byte(0) : byte(0) & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) value = value << 6 | (byte(i) & 0x3FU);
    text.remove_prefix(size);
    return value;
}

/// "cháng" -> "chang", "lǜ" -> "lv": tone marks away, ü written v as people type it.
std::string toneless(std::string_view marked) {
    static const std::map<CodePoint, char> kBare = [] {
        std::map<CodePoint, char> bare;
        const std::pair<const char*, char> rows[] = {
            {"āáǎàă", 'a'}, {"ēéěèêếề", 'e'}, {"īíǐìĭ", 'i'}, {"ōóǒòŏ", 'o'},
            {"ūúǔùŭ", 'u'}, {"ǖǘǚǜü", 'v'},   {"ńňǹ", 'n'},   {"ḿ", 'm'}};
        for (const auto& [marks, letter] : rows) {
            for (std::string_view rest = marks; !rest.empty();) bare[take(rest)] = letter;
        }
        return bare;
    }();
    std::string plain;
    while (!marked.empty()) {
        const CodePoint c = take(marked);
        if (c >= 'a' && c <= 'z') plain += static_cast<char>(c);
        if (const auto found = kBare.find(c); found != kBare.end()) plain += found->second;
    }
    return plain;
}

/// ü is typed v and, where no other syllable is meant, u: lüe is also "lue", nü also "nu".
Syllables with_u(Syllables all) {
    for (std::size_t at = 0, end = all.size(); at < end; ++at) {
        std::string typed = all[at];
        std::replace(typed.begin(), typed.end(), 'v', 'u');
        if (std::find(all.begin(), all.end(), typed) == all.end()) all.push_back(std::move(typed));
    }
    return all;
}

/// What each source says of one character, best source first.
struct Sources {
    Syllables usual, mandarin, frequency, standard, dictionary, own, historical;

    [[nodiscard]] Syllables merged() const {
        Syllables all;
        const auto add = [&](const Syllables& from) {
            for (const std::string& s : from) {
                if (!s.empty() && std::find(all.begin(), all.end(), s) == all.end()) {
                    all.push_back(s);
                }
            }
        };
        for (const Syllables* from : {&usual, &mandarin, &frequency, &standard, &dictionary}) {
            add(*from);
        }
        if (frequency.empty() && standard.empty() && dictionary.empty()) add(historical);
        add(own);
        return with_u(std::move(all));
    }
};

struct Unihan {
    std::map<CodePoint, Sources> readings;
    std::map<CodePoint, CodePoint> simplified;
    std::map<CodePoint, CodePoint> look_alikes;  ///< 𠮷: 吉
};

/// Syllables of "chángA,zhǎng", "zhǎng(1879) cháng(1179)" or "0121.040:cháng 1456.020:zhǎng".
Syllables syllables_of(std::string text) {
    Syllables found;
    std::replace(text.begin(), text.end(), ',', ' ');
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        found.push_back(toneless(std::string_view(word).substr(word.rfind(':') + 1)));
    }
    return found;
}

void read_line(Unihan& unihan, const std::string& line) {
    const std::size_t tab = line.find('\t');
    const std::size_t next = line.find('\t', tab + 1);
    if (line.rfind("U+", 0) != 0 || next == std::string::npos) return;
    const auto c = static_cast<CodePoint>(std::stoul(line.substr(2, tab - 2), nullptr, 16));
    const std::string key = line.substr(tab + 1, next - tab - 1);
    const std::string value = line.substr(next + 1);
    if (key == "kMandarin") unihan.readings[c].mandarin = syllables_of(value);
    if (key == "kHanyuPinlu") unihan.readings[c].frequency = syllables_of(value);
    if (key == "kTGHZ2013") unihan.readings[c].standard = syllables_of(value);
    if (key == "kXHC1983") unihan.readings[c].dictionary = syllables_of(value);
    if (key == "kHanyuPinyin") unihan.readings[c].historical = syllables_of(value);
    const bool alike = key == "kSemanticVariant" || key == "kSpecializedSemanticVariant" ||
                       key == "kZVariant" || key == "kSpoofingVariant";
    if (alike && value.rfind("U+", 0) == 0)
        unihan.look_alikes.emplace(
            c, static_cast<CodePoint>(std::stoul(value.substr(2), nullptr, 16)));
    if (key != "kSimplifiedVariant") return;
    // A character that may also stay as it is (乾 of 乾隆) is not folded.
    if (value.find("U+" + line.substr(2, tab - 2)) != std::string::npos) return;
    unihan.simplified[c] = static_cast<CodePoint>(std::stoul(value.substr(2), nullptr, 16));
}

/// Our own spellings: the usual reading goes first, all others are one more alternative.
template <std::size_t N>
void add_own(Unihan& unihan,
             const dossier::pinyin::Spelling (&list)[N],
             Syllables Sources::*where) {
    for (const auto& [text, spelling] : list) {
        std::istringstream syllables{std::string(spelling)};
        std::string syllable;
        for (std::string_view rest = text; !rest.empty() && syllables >> syllable;) {
            (unihan.readings[take(rest)].*where).push_back(syllable);
        }
    }
}

/// A two-stage table: page of each 256 code points, then the cells; page 0 is all zero.
void print_stages(const char* name, const std::map<CodePoint, std::uint32_t>& cells) {
    std::vector<std::vector<std::uint32_t>> pages(1, std::vector<std::uint32_t>(kPageSize, 0));
    std::vector<std::size_t> index(kCodePointEnd / kPageSize, 0);
    for (const auto& [c, value] : cells) {
        std::size_t& page = index.at(c / kPageSize);
        if (page == 0) {
            page = pages.size();
            pages.emplace_back(kPageSize, 0);
        }
        pages[page][c % kPageSize] = value;
    }
    std::printf("const std::uint16_t k%sPage[] = {", name);
    for (const std::size_t page : index) std::printf("%zu,", page);
    std::printf("};\nconst std::uint16_t k%sCell[] = {", name);
    for (const auto& page : pages) {
        for (const std::uint32_t value : page) std::printf("%u,", value);
        std::printf("\n");
    }
    std::printf("};\n");
}

void print_readings(const Unihan& unihan) {
    std::map<Syllables, std::uint32_t> lists;
    std::map<CodePoint, std::uint32_t> cells;
    std::map<std::string, std::size_t> ids;
    std::uint32_t end = 1;  // cell 0 means "no reading"
    std::vector<const Syllables*> order;
    for (const auto& [c, sources] : unihan.readings) {
        const Syllables all = sources.merged();
        if (all.empty()) continue;
        const auto [entry, is_new] = lists.emplace(all, end);
        if (is_new) {
            order.push_back(&entry->first);
            end += static_cast<std::uint32_t>(all.size()) + 1;
        }
        cells[c] = entry->second;
        for (const std::string& syllable : all) ids.emplace(syllable, 0);
    }
    std::size_t next = 0;
    std::printf("const std::string_view kSyllable[] = {");
    for (auto& [syllable, id] : ids) {
        id = next++;
        std::printf("\"%s\",", syllable.c_str());
    }
    std::printf("};\nconst std::size_t kSyllableCount = %zu;\n", ids.size());
    std::printf("const std::uint16_t kList[] = {0,");
    for (const Syllables* list : order) {
        std::printf("%zu,", list->size());
        for (const std::string& syllable : *list) std::printf("%zu,", ids.at(syllable));
    }
    std::printf("};\n");
    print_stages("Reading", cells);
}

void print_simplified(const Unihan& unihan) {
    std::map<CodePoint, std::uint32_t> cells;
    std::vector<CodePoint> targets(1, 0);
    for (auto [c, to] : unihan.simplified) {
        // Follow chains, so that folding twice changes nothing; four steps end any circle.
        for (int step = 0; step < 4 && unihan.simplified.count(to) != 0; ++step) {
            to = unihan.simplified.at(to);
        }
        if (to == c) continue;
        cells[c] = static_cast<std::uint32_t>(targets.size());
        targets.push_back(to);
    }
    std::printf("const char32_t kSimplified[] = {");
    for (const CodePoint to : targets) std::printf("%u,", to);
    std::printf("};\n");
    print_stages("Variant", cells);
}

}  // namespace

int main() {
    Unihan unihan;
    for (std::string line; std::getline(std::cin, line);) read_line(unihan, line);
    if (unihan.readings.size() < 40'000 || unihan.simplified.size() < 4'000) {
        std::cerr << "pinyin: Unihan 数据不完整 / the Unihan data is incomplete: "
                  << unihan.readings.size() << " readings, " << unihan.simplified.size()
                  << " variants (apt install --reinstall unicode-data bzip2)\n";
        return 1;
    }
    // Rare simplified forms that no source reads are read as the form they replace.
    for (const auto& [c, to] : unihan.simplified) {
        if (unihan.readings[to].merged().empty()) unihan.readings[to] = unihan.readings[c];
    }
    // What no source reads, most of it beyond the basic plane, is read as the character it stands
    // for.
    for (const auto& [c, to] : unihan.look_alikes) {
        if (unihan.readings[c].merged().empty()) unihan.readings[c] = unihan.readings[to];
    }
    unihan.simplified[0x3007] = 0x96F6;  // 〇 is 零
    add_own(unihan, dossier::pinyin::kUsual, &Sources::usual);
    add_own(unihan, dossier::pinyin::kWords, &Sources::own);
    add_own(unihan, dossier::pinyin::kSurnames, &Sources::own);
    std::printf("#include \"common/pinyin/tables.hpp\"\nnamespace dossier::pinyin::tables {\n");
    print_readings(unihan);
    print_simplified(unihan);
    std::printf("}\n");
    return 0;
}
