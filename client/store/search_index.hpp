// The tables of the search index: for each block of documents and each token, which documents of
// the block hold it, packed into pages (search_page.hpp). A search goes through the blocks from the
// latest down and combines rows of one block as bits, so it ends with the block that fills the
// page. What a change leaves behind is known at once and cleaned a block at a time. The caller
// opens the transactions.
//
// SQLite's FTS5 was measured against it: it writes every token of every document several times
// over while it merges, its deletions stay in the file until all of it is merged, and the
// conjunction of frequent words walks through all their documents.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "common/pinyin/search_key.hpp"
#include "common/sqlite/connection.hpp"

#include "client/store/search_page.hpp"
#include "client/store/search_slots.hpp"

namespace dossier::client {

class SearchIndex {
  public:
    explicit SearchIndex(sqlite::Connection& db) : db_(db) {}

    static std::int64_t block_of(std::int64_t doc) { return doc >> kBlockBits; }
    static std::int64_t first_of(std::int64_t block) { return block << kBlockBits; }
    static std::size_t slot_of(std::int64_t doc) {
        return static_cast<std::size_t>(doc) & (kBlockSize - 1);
    }

    /// Empty tables, whatever was there: also those of older programs.
    void create();
    /// Adds to a block documents of which it holds nothing, or nothing any more (`clean`).
    void add(std::int64_t block, const BlockDraft& draft);
    /// From now on the document is not found; its tokens stay until its block is cleaned.
    void forget(std::int64_t doc);
    /// Takes every token of forgotten documents out of a block. False when there were none.
    bool clean(std::int64_t block);
    /// A block that holds forgotten documents; nullopt when none does.
    std::optional<std::int64_t> unclean_block();

    /// Documents from `first` to `last`, both the first and last of some block, that answer; latest
    /// first, until `take` says false. Asked of the names' tokens alone, or of all.
    void find(const pinyin::Wanted& wanted,
              bool names_only,
              std::int64_t first,
              std::int64_t last,
              const std::function<bool(std::int64_t)>& take);

  private:
    struct Page {
        std::string first;
        Bytes rows;
    };
    Slots answer(const pinyin::Wanted& wanted, std::size_t parts, std::int64_t block);
    Slots token(std::string_view token, Part part, std::int64_t block);
    Slots beginning(const std::string& token, Part part, std::int64_t block);
    Slots forgotten(std::int64_t block);
    bool holds(std::int64_t block);
    /// The page that holds `token` or would; empty when it would be the first.
    Page page_of(std::int64_t block, Part part, std::string_view token);
    std::optional<std::string> first_after(std::int64_t block, Part part, std::string_view token);
    PageWriter writer(std::int64_t block, Part part);
    void erase(std::int64_t block, Part part, std::string_view first);
    void add_fresh(std::int64_t block, const BlockDraft& draft);
    void merge(std::int64_t block, Part part, std::span<const PageEntry> entries);
    void clean(std::int64_t block, Part part, const Slots& gone);

    sqlite::Connection& db_;
};

}  // namespace dossier::client
