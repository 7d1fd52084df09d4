// One page of the search index: some neighbouring tokens of a block with their documents. Many to a
// row of the table, because a row for each token costs several times its own bytes and, while the
// index is built, most of the time. Bytes in, bytes out.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "common/base/bytes.hpp"

namespace dossier::client {

/// Tokens of a page ascend by their bytes.
/// Layout: entry*; entry = token bytes(2, low first) || token || docs bytes(2) || docs.
struct PageEntry {
    std::string_view token;
    ByteView docs;  ///< as `Slots` writes it
};

/// Entries in order until `take` says false. What does not hold a whole entry ends the page.
void each_entry(ByteView page, const std::function<bool(const PageEntry&)>& take);
/// The documents of one token; empty when it is not there.
ByteView docs_in(ByteView page, std::string_view token);

/// Cuts entries that come in order into pages.
class PageWriter {
  public:
    /// Four rows of this size and their keys fit a page of the database.
    static constexpr std::size_t kBytesMax = 900;
    /// Called with each page and its first token.
    using Take = std::function<void(std::string_view first, ByteView page)>;

    explicit PageWriter(Take take) : take_(std::move(take)) {}
    /// A token without documents is left out.
    void add(const PageEntry& entry);
    /// Hands over what is left.
    void finish();

  private:
    Take take_;
    std::string first_;
    Bytes page_;
};

}  // namespace dossier::client
