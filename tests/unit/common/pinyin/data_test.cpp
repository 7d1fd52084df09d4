// Our readings against two lists others keep; skipped where the lists are absent.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "common/pinyin/fold.hpp"
#include "common/pinyin/pinyin.hpp"

using namespace dossier::pinyin;

namespace {

std::string shared(const std::string& file) {
    const char* folder = std::getenv("DOSSIER_SHARED");
    return std::string(folder != nullptr ? folder : DOSSIER_SHARED) + "/data/" + file;
}

std::ifstream opened(const std::string& file) {
    std::ifstream in(shared(file));
    if (!in) std::cout << "skipped: no " << shared(file) << "\n";
    return in;
}

/// "nǚ" -> "nv": what `folded` makes of ǚ is u or v by mark, so ü goes first.
std::string toneless(std::string text) {
    for (const char* mark : {"ǖ", "ǘ", "ǚ", "ǜ", "ü"}) {
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
            text.replace(at, 2, "v");
        }
    }
    std::string out;
    for (const char32_t c : folded(text)) {
        if (c == U' ' || is_latin(c)) out += static_cast<char>(c);
    }
    return out;
}

/// Share in percent, printed.
double share(const char* what, int right, int all) {
    const double percent = 100.0 * right / all;
    std::cout << what << ": " << right << " of " << all << " (" << percent << " %)\n";
    return percent;
}

}  // namespace

TEST_SUITE("common/pinyin/data") {
    TEST_CASE("the usual reading of every standard character is among ours") {
        std::ifstream in = opened("kMandarin_8105.txt");
        int all = 0;
        int known = 0;
        int first = 0;
        for (std::string line; std::getline(in, line);) {
            if (line.rfind("U+", 0) != 0) continue;
            const auto c = static_cast<char32_t>(std::stoul(line.substr(2), nullptr, 16));
            std::istringstream words(line.substr(line.find(':') + 1));
            std::string reading;
            words >> reading;
            reading = toneless(reading.substr(0, reading.find(',')));
            ++all;
            if (readings(c).contains(reading)) ++known;
            if (!readings(c).empty() && readings(c)[0] == reading) ++first;
        }
        if (all == 0) return;
        CHECK(share("usual reading among ours", known, all) >= 99.5);
        CHECK(share("usual reading is our first", first, all) >= 98.0);
    }

    TEST_CASE("surnames are read as the surname list reads them") {
        std::ifstream in = opened("surname_readings.csv");
        int all = 0;
        int right = 0;
        int among = 0;
        std::string others;
        std::string line;
        std::getline(in, line);
        while (std::getline(in, line)) {
            const std::size_t comma = line.find(',');
            const std::string name = line.substr(0, comma);
            const std::string reading = toneless(line.substr(comma + 1));
            ++all;
            if (full(name, Head::PersonName) == reading) {
                ++right;
            } else {
                others += " " + name + "=" + reading + "(" + full(name, Head::PersonName) + ")";
            }
            std::istringstream syllables(reading);
            std::string syllable;
            bool every = true;
            for (const char32_t c : folded(name)) {
                every = every && syllables >> syllable && readings(c).contains(syllable);
            }
            if (every) ++among;
        }
        if (all == 0) return;
        CHECK(share("surnames read alike", right, all) >= 97.0);
        CHECK(share("surname readings among ours", among, all) >= 99.5);
        std::cout << "read otherwise:" << others << "\n";
    }
}
