#include "server/reading/search.hpp"

#include <algorithm>

#include "common/catalog/customer.hpp"

#include "server/reading/extents.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

using catalog::kCustomer;

/// More than anybody reads of a search.
constexpr std::size_t kSearched = 10'000;

Place file_place(const RecordId& id) {
    return {kCustomer.tag, id, id};
}

Listed listed(Office& office, const Asker& asker, const RecordId& id, const FieldValues& values) {
    Listed few{id, {}};
    for (const auto& field : kCustomer.fields) {
        if (catalog::facet_of(kCustomer, field) != Facet::Directory) continue;
        const Value* value = find(values, field.tag);
        if (!is_in_directory_of(office, asker, file_place(id), values, field.tag))
            few.hidden.push_back(&field);
        else if (value != nullptr)
            assign(few.values, field.tag, *value);
    }
    return few;
}

void add(Office& office, const Asker& asker, const RecordId& id, Found& found) {
    const auto values = office.store().load(kCustomer.tag, id);
    if (!values || is_gone(*values)) return;
    const auto sight = sight_of(office, asker, file_place(id), *values, Facet::Directory);
    if (sight.in_clear()) found.records.push_back(listed(office, asker, id, *values));
}

/// Who has the number, as far as the asker sees phones of the file.
std::vector<RecordId> with_phone(Office& office, const Asker& asker, const std::string& typed) {
    auto found = office.store().search_phones(typed, kSearched);
    std::erase_if(found, [&](const RecordId& id) {
        const auto values = office.store().load(kCustomer.tag, id);
        return !values || !sight_of(office, asker, file_place(id), *values, Facet::Main).in_clear();
    });
    return found;
}

}  // namespace

Found search_files(Office& office, const Asker& asker, std::string_view text, std::uint64_t limit) {
    const std::string typed(text);
    auto ids = office.store().search_customers(typed, kSearched);
    for (const RecordId& id : with_phone(office, asker, typed)) {
        if (std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
    Found found{.unlooked = could_hide(office, asker, kCustomer)};
    for (const RecordId& id : ids) {
        if (found.records.size() >= limit) break;
        add(office, asker, id, found);
    }
    note_read(office, asker, "list", {kCustomer.tag, {}, {}}, true);
    return found;
}

}  // namespace dossier::server
