// Sets of documents of one block of the search index, and one block of it while it is made. No
// database here: rows in, rows out.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/pinyin/search_key.hpp"

namespace dossier::client {

/// Documents are numbered; those that differ in the lowest kBlockBits bits only are one block, and
/// these bits are a document's slot in it.
inline constexpr int kBlockBits = 12;
inline constexpr std::size_t kBlockSize = std::size_t{1} << kBlockBits;

/// Which slots of a block, as one bit each.
class Slots {
  public:
    /// Layout of a row: two bytes a slot, low byte first, ascending; where that would take
    /// kBitmapBytes or more, a bitmap of just so many bytes. What is no row counts as empty.
    static Slots from(ByteView row);
    [[nodiscard]] Bytes row() const;

    void set(std::size_t slot) { words_[slot / 64] |= std::uint64_t{1} << slot % 64; }
    void clear(std::size_t slot) { words_[slot / 64] &= ~(std::uint64_t{1} << slot % 64); }
    [[nodiscard]] bool has(std::size_t slot) const { return (words_[slot / 64] >> slot % 64) & 1U; }
    [[nodiscard]] bool any() const;
    void add(const Slots& other);
    void keep(const Slots& other);
    void take_out(const Slots& other);
    /// Slots from the highest down, until `take` says false; whether it never did.
    bool each_down(const std::function<bool(std::size_t)>& take) const;
    bool operator==(const Slots&) const = default;

    static constexpr std::size_t kBitmapBytes = kBlockSize / 8;

  private:
    std::array<std::uint64_t, kBlockSize / 64> words_{};
};

/// Tokens of names, and those of everything else.
enum class Part : unsigned char { Name, Body };
inline constexpr std::array kParts{Part::Name, Part::Body};

/// The tokens of some documents of one block, gathered in memory: eight bytes for each token of
/// each document, in the order they come, sorted by token at the end.
class BlockDraft {
  public:
    BlockDraft();
    /// Slots must ascend.
    void add(std::size_t slot, const pinyin::Document& document);

    struct Row {
        Part part;
        std::string_view token;
        ByteView docs;  ///< as `Slots` writes it
    };
    /// In the order of the primary key of the table. A row is good until the next one.
    void each_row(const std::function<void(const Row&)>& take) const;

  private:
    /// Up to kShort bytes of a token below its part: sorts as they do, for no token holds a zero.
    using Key = std::uint64_t;
    static constexpr std::size_t kShort = 7;
    static constexpr std::uint16_t kNoSlot = 0xFFFF;
    struct Token {
        Key key;
        std::uint32_t number;  ///< in the order they were met
        std::uint16_t last;    ///< slot it was met at last; kNoSlot in an empty place
    };
    struct Met {
        std::uint32_t token;
        std::uint16_t slot;
    };
    struct Sorted {
        Key key;
        const std::string* whole;  ///< of a token longer than kShort
        std::uint32_t number;
    };

    static Key key_of(Part part, std::string_view token);
    void gather(Part part, std::uint16_t slot, std::string_view text);
    Token& short_token(Key key);
    Token& long_token(Part part, std::string_view token);
    void grow();
    [[nodiscard]] std::vector<Sorted> sorted() const;

    std::vector<Token> places_;  ///< open addressing; a power of two
    std::size_t short_count_ = 0;
    std::unordered_map<std::string, Token> long_;  ///< by the part as a byte, then the token
    std::uint32_t count_ = 0;
    std::vector<Met> met_;
};

}  // namespace dossier::client
