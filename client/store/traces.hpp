// Whether erased rows may still be readable in some file of the vault. Internal to client/store.
#pragma once

#include "client/store/meta.hpp"

namespace dossier::client {

/// A mark saved together with what erases: whatever cuts the work short, the next opening knows
/// that index and log are still to be cleaned. Rows a user changed are no traces.
class Traces {
  public:
    explicit Traces(sqlite::Connection& db) : meta_(db) {}

    [[nodiscard]] bool any() { return meta_.number(kKey) != 0; }
    /// Inside the transaction that erases.
    void left() {
        if (!any()) meta_.set_number(kKey, 1);
    }
    void gone() { meta_.erase(kKey); }

  private:
    static constexpr std::string_view kKey = "traces";
    Meta meta_;
};

}  // namespace dossier::client
