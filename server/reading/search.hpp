// Customers by words of a name, a number or a phone number, each as the directory shows it.
#pragma once

#include "server/reading/view.hpp"

namespace dossier::server {

struct Found {
    std::vector<Listed> records;
    /// Files that take a purpose were not looked at, if there are any: whether one fits the words
    /// would tell its name.
    bool unlooked = false;
};

/// At most `limit`; by a phone number only those whose phones the asker sees in clear, of each the
/// fields of the directory he is shown. Notes the reading as "list".
Found search_files(Office& office, const Asker& asker, std::string_view text, std::uint64_t limit);

}  // namespace dossier::server
