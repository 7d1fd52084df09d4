// What of a record people look for: its texts, as common/pinyin indexes them and looks at them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"
#include "common/pinyin/search_key.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::client {

/// The fields people look for, in tag order; none for kinds nobody searches.
const std::vector<const catalog::Field*>& searched(const catalog::Kind& kind);
/// Those fields of the row with this number, and when it was removed; nullopt when there is no row.
std::optional<FieldValues> load_searched(sqlite::Connection& db,
                                         const catalog::Kind& kind,
                                         std::int64_t row);
/// Whether a search cannot tell them apart.
bool same_words(const catalog::Kind& kind, const FieldValues& before, const FieldValues& after);

/// Names and phones one by one, other fields whole. None of a removed record: it is found no more.
class SearchTexts {
  public:
    SearchTexts(const catalog::Kind& kind, const FieldValues& values);
    SearchTexts(const SearchTexts&) = delete;
    SearchTexts& operator=(const SearchTexts&) = delete;
    ~SearchTexts() = default;

    [[nodiscard]] std::span<const pinyin::Field> fields() const { return fields_; }
    [[nodiscard]] std::vector<pinyin::Field> names() const;
    /// One of its names is that of `pinyin::match_key`.
    [[nodiscard]] bool is_named(std::string_view key) const;

  private:
    void add(const catalog::Field& field, const Value& value);

    std::vector<std::pair<pinyin::As, std::string>> texts_;
    std::vector<pinyin::Field> fields_;
};

}  // namespace dossier::client
