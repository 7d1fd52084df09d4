#include "client/store/search_slots.hpp"

#include <algorithm>
#include <bit>
#include <span>

namespace dossier::client {
namespace {

/// The row of slots that ascend.
void write_row(std::span<const std::uint16_t> slots, Bytes& row) {
    if (2 * slots.size() < Slots::kBitmapBytes) {
        row.resize(2 * slots.size());
        for (std::size_t i = 0; i < slots.size(); ++i) {
            row[2 * i] = static_cast<std::uint8_t>(slots[i] & 0xFFU);
            row[2 * i + 1] = static_cast<std::uint8_t>(slots[i] >> 8U);
        }
        return;
    }
    row.assign(Slots::kBitmapBytes, 0);
    for (const std::uint16_t slot : slots)
        row[slot / 8] = static_cast<std::uint8_t>(row[slot / 8] | 1U << slot % 8);
}

constexpr std::size_t kPlacesAtFirst = 1024;

}  // namespace

Slots Slots::from(ByteView row) {
    Slots slots;
    if (row.size() == kBitmapBytes) {
        for (std::size_t at = 0; at < row.size(); ++at)
            slots.words_[at / 8] |= std::uint64_t{row[at]} << 8 * (at % 8);
        return slots;
    }
    for (std::size_t at = 0; at + 1 < row.size(); at += 2) {
        const std::size_t slot = row[at] | std::size_t{row[at + 1]} << 8U;
        if (slot < kBlockSize) slots.set(slot);
    }
    return slots;
}

Bytes Slots::row() const {
    std::vector<std::uint16_t> slots;
    for (std::size_t slot = 0; slot < kBlockSize; ++slot) {
        if (words_[slot / 64] == 0) {
            slot |= 63;
        } else if (has(slot)) {
            slots.push_back(static_cast<std::uint16_t>(slot));
        }
    }
    Bytes bytes;
    write_row(slots, bytes);
    return bytes;
}

bool Slots::any() const {
    return std::ranges::any_of(words_, [](std::uint64_t word) { return word != 0; });
}

void Slots::add(const Slots& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
}
void Slots::keep(const Slots& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
}
void Slots::take_out(const Slots& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
}

bool Slots::each_down(const std::function<bool(std::size_t)>& take) const {
    for (std::size_t i = words_.size(); i-- > 0;) {
        for (std::uint64_t left = words_[i]; left != 0;) {
            const auto bit = static_cast<std::size_t>(63 - std::countl_zero(left));
            left &= ~(std::uint64_t{1} << bit);
            if (!take(64 * i + bit)) return false;
        }
    }
    return true;
}

BlockDraft::BlockDraft() : places_(kPlacesAtFirst, Token{0, 0, kNoSlot}) {}

BlockDraft::Key BlockDraft::key_of(Part part, std::string_view token) {
    Key key = static_cast<Key>(part);
    for (std::size_t i = 0; i < kShort; ++i)
        key = key << 8U | (i < token.size() ? static_cast<std::uint8_t>(token[i]) : 0U);
    return key;
}

BlockDraft::Token& BlockDraft::short_token(Key key) {
    if (2 * short_count_ >= places_.size()) grow();
    const std::size_t mask = places_.size() - 1;
    // The upper half of the product depends on every bit of the key.
    std::size_t at = (key * 0x9E3779B97F4A7C15ULL >> 32U) & mask;
    while (places_[at].last != kNoSlot && places_[at].key != key) at = (at + 1) & mask;
    Token& token = places_[at];
    if (token.last == kNoSlot) {
        token = {key, count_++, kNoSlot};
        ++short_count_;
    }
    return token;
}

void BlockDraft::grow() {
    std::vector<Token> old(2 * places_.size(), Token{0, 0, kNoSlot});
    old.swap(places_);
    const std::size_t mask = places_.size() - 1;
    for (const Token& token : old) {
        if (token.last == kNoSlot) continue;
        std::size_t at = (token.key * 0x9E3779B97F4A7C15ULL >> 32U) & mask;
        while (places_[at].last != kNoSlot) at = (at + 1) & mask;
        places_[at] = token;
    }
}

BlockDraft::Token& BlockDraft::long_token(Part part, std::string_view token) {
    std::string key(1, static_cast<char>(part));
    key += token;
    const auto [at, fresh] = long_.try_emplace(std::move(key));
    if (fresh) at->second = {key_of(part, token), count_++, kNoSlot};
    return at->second;
}

void BlockDraft::gather(Part part, std::uint16_t slot, std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        Token& token = end <= kShort ? short_token(key_of(part, word)) : long_token(part, word);
        if (token.last != slot) met_.push_back({token.number, slot});
        token.last = slot;
    }
}

void BlockDraft::add(std::size_t slot, const pinyin::Document& document) {
    gather(Part::Name, static_cast<std::uint16_t>(slot), document.name);
    gather(Part::Body, static_cast<std::uint16_t>(slot), document.body);
}

std::vector<BlockDraft::Sorted> BlockDraft::sorted() const {
    std::vector<Sorted> all;
    all.reserve(count_);
    for (const Token& token : places_) {
        if (token.last != kNoSlot) all.push_back({token.key, nullptr, token.number});
    }
    for (const auto& [whole, token] : long_) all.push_back({token.key, &whole, token.number});
    std::ranges::sort(all, [](const Sorted& a, const Sorted& b) {
        if (a.key != b.key) return a.key < b.key;
        return b.whole != nullptr && (a.whole == nullptr || *a.whole < *b.whole);
    });
    return all;
}

void BlockDraft::each_row(const std::function<void(const Row&)>& take) const {
    const auto order = sorted();
    // Where the slots of each token begin, by its number; then they are put there one by one.
    std::vector<std::uint32_t> ends(count_);
    for (const Met& met : met_) ++ends[met.token];
    std::uint32_t begin = 0;
    for (const Sorted& token : order) begin += std::exchange(ends[token.number], begin);
    std::vector<std::uint16_t> slots(met_.size());
    for (const Met& met : met_) slots[ends[met.token]++] = met.slot;

    Bytes docs;
    std::array<char, kShort> text{};
    begin = 0;
    for (const Sorted& token : order) {
        const std::uint32_t end = ends[token.number];
        write_row(std::span(slots).subspan(begin, end - begin), docs);
        begin = end;
        std::size_t size = 0;
        for (; size < kShort; ++size) {
            text[size] = static_cast<char>(token.key >> 8 * (kShort - 1 - size) & 0xFFU);
            if (text[size] == 0) break;
        }
        std::string_view word(text.data(), size);
        if (token.whole != nullptr) word = std::string_view(*token.whole).substr(1);
        take({static_cast<Part>(token.key >> 8 * kShort), word, docs});
    }
}

}  // namespace dossier::client
