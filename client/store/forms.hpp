// Forms a person has begun to fill in on the page and not saved yet: kept here as the page says
// them, so that neither a lock nor a crash loses a word. They are nobody's record: no right is
// asked, nothing is sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "common/base/ids.hpp"
#include "common/sqlite/connection.hpp"
#include "common/time/clock.hpp"

namespace dossier::client {

struct Form {
    std::string name;
    std::string text;  ///< JSON, as the page wrote it
    Instant saved_at;
};

class Forms {
  public:
    explicit Forms(sqlite::Connection& db) : db_(db) {}

    /// In place of one of the same name. Inside the caller's transaction.
    void put(const Form& form);
    std::optional<Form> find(std::string_view name);
    /// Without their texts, newest first.
    std::vector<Form> list();
    /// False when there is none. Inside the caller's transaction.
    bool drop(std::string_view name);
    /// Drops those that name any of these records: they went from this laptop. Inside the caller's
    /// transaction.
    void forget(const std::unordered_set<RecordId>& records);
    /// Drops all of them. Inside the caller's transaction.
    void clear();

  private:
    sqlite::Connection& db_;
};

}  // namespace dossier::client
