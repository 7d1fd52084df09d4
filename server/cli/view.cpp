#include "server/cli/view.hpp"

#include <algorithm>
#include <map>

#include "common/access/rules.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/merge/refusals.hpp"

#include "server/cli/find.hpp"

namespace dossier::server {
namespace {

using access::Answer;
using catalog::kCustomer;

using catalog::kDeletedAt;
constexpr std::size_t kPage = 500;

void add_facet(Context& context,
               Visible& visible,
               const Place& place,
               const FieldValues& values,
               Facet facet,
               Answer answer) {
    const auto& kind = *catalog::find_kind(place.kind);
    visible.facets.push_back(facet);
    for (auto& [tag, value] : catalog::facet_values(kind, facet, values)) {
        if (facet == Facet::Directory && !is_in_directory_of(context, place, values, tag)) continue;
        const auto* field = catalog::find_field(kind, tag);
        const bool hidden = answer == Answer::Mask && field != nullptr;
        assign(visible.values, tag, hidden ? catalog::masked(*field, value) : value);
    }
}

}  // namespace

access::Decision may_view(Context& context,
                          const Place& place,
                          const FieldValues& values,
                          Facet facet) {
    return context.office.may_view(context.actor, place, values, facet);
}

Sight sight_of(Context& context, const Place& place, const FieldValues& values, Facet facet) {
    Sight sight{may_view(context, place, values, facet), {}};
    sight.permitted = access::permit(sight.decision, context.globals.purpose);
    return sight;
}

FieldValues as_shown(Context& context,
                     const Place& place,
                     const FieldValues& record,
                     const FieldValues& quoted) {
    const auto& kind = *catalog::find_kind(place.kind);
    std::map<Facet, Sight> sights;
    FieldValues shown;
    for (const auto& [tag, value] : quoted) {
        const auto* of = catalog::find_field(kind, tag);
        if (of == nullptr) continue;
        const Facet facet = catalog::facet_of(kind, *of);
        auto sight = sights.find(facet);
        if (sight == sights.end())
            sight = sights.emplace(facet, sight_of(context, place, record, facet)).first;
        const bool listed =
            facet != Facet::Directory || is_in_directory_of(context, place, record, tag);
        const bool clear = listed && sight->second.in_clear();
        const bool withheld = !listed || !sight->second.permitted;
        shown.push_back({tag, clear                          ? value
                              : withheld && !is_empty(value) ? Value{std::string(kHidden)}
                                                             : catalog::masked(*of, value)});
    }
    return shown;
}

bool is_in_directory_of(Context& context,
                        const Place& place,
                        const FieldValues& values,
                        std::uint16_t tag) {
    using catalog::kSecrecyLevel;
    const Value* level = find(values, kSecrecyLevel);
    if (place.kind != kCustomer.tag || level == nullptr || as_number(*level).value_or(0) < 2)
        return true;
    for (const auto name : {"customer_no", "provisional_no", "name", "owner_user_id"}) {
        if (catalog::find_field(kCustomer, name)->tag == tag) return true;
    }
    return may_view(context, place, values, Facet::Main).answer == Answer::Allow;
}

bool shows(const Visible& visible, Facet facet) {
    return std::find(visible.facets.begin(), visible.facets.end(), facet) != visible.facets.end();
}

Result<Visible> read_record(Context& context, const Place& place, std::string_view action) {
    const auto* kind = catalog::find_kind(place.kind);
    const auto values =
        kind == nullptr ? std::nullopt : context.office.store().load(place.kind, place.record);
    if (!values) return fail(merge::kUnknownRecord);
    Visible visible;
    for (const Facet facet : catalog::facets_of(*kind)) {
        const auto [decision, permitted] = sight_of(context, place, *values, facet);
        if (permitted) {
            add_facet(context, visible, place, *values, facet, decision.answer);
        } else {
            visible.withheld.push_back({facet, decision, permitted.error()});
        }
    }
    context.office.note_read(context.actor, action, place, context.globals.purpose,
                             !visible.facets.empty());
    if (visible.facets.empty()) {
        if (visible.withheld.empty()) return fail(merge::kUnknownRecord);
        return tl::unexpected(visible.withheld.front().why);
    }
    return visible;
}

std::vector<Listed> all_records(Context& context, const catalog::Kind& kind) {
    std::vector<Listed> records;
    auto& store = context.office.store();
    for (auto page = store.list(kind.tag, {}, kPage); !page.empty();
         page = store.list(kind.tag, page.back(), kPage)) {
        for (const RecordId& id : page) {
            auto values = store.load(kind.tag, id);
            if (!values || find(*values, kDeletedAt) != nullptr) continue;
            const Place place{kind.tag, id, {}};
            const auto facet = catalog::facets_of(kind).front();
            if (!sight_of(context, place, *values, facet).in_clear()) continue;
            records.push_back({id, std::move(*values)});
        }
    }
    return records;
}

void print_records(Context& context,
                   const catalog::Kind& kind,
                   std::span<const std::string_view> fields,
                   const std::vector<Listed>& records) {
    auto& console = context.console;
    if (console.json) {
        auto list = cli::Json::array();
        for (const auto& [id, values] : records) list.push_back(record_document(kind, id, values));
        console.document(list);
        return;
    }
    std::vector<std::string> header;
    for (const auto name : fields)
        header.emplace_back(catalog::find_field(kind, name)->label.in(console.lang));
    cli::Table table(std::move(header));
    for (const auto& [id, values] : records) {
        std::vector<std::string> cells;
        for (const auto name : fields) {
            const auto* of = catalog::find_field(kind, name);
            const Value* value = find(values, of->tag);
            cells.push_back(cli::shown(*of, value == nullptr ? Value{} : *value, console.lang,
                                       titles(context)));
        }
        table.row(std::move(cells));
    }
    table.print(console.out);
}

cli::Json record_document(const catalog::Kind& kind,
                          const RecordId& id,
                          const FieldValues& values) {
    cli::Json document{{"id", to_text(id)}};
    document.update(cli::values_document(kind, values));
    return document;
}

cli::TitleOf titles(Context& context) {
    return [&context](const RecordId& record) { return title_of(context, record); };
}

}  // namespace dossier::server
