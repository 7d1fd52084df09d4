#include "client/cli/export_cards.hpp"

#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/cli/values.hpp"
#include "common/sheet/copy_mark.hpp"
#include "common/tabular/writer.hpp"

#include "client/cli/words.hpp"
#include "client/intake/copies.hpp"

namespace dossier::client {
namespace {

using catalog::kCustomer;

/// One customer and what stands on its card.
struct Card {
    RecordId customer;
    FieldValues values;
};

Result<Card> card(Context& context, const access::Viewer& viewer, const RecordId& customer) {
    const auto values = context.store->replica.load(kCustomer, customer).value_or(FieldValues{});
    const auto subject = context.intake->subject(kCustomer, customer, values);
    const auto facets = card_of(viewer, subject, title_of(context, customer),
                                context.value("purpose"), context.intake->now());
    if (!facets) return tl::unexpected(facets.error());
    Card made{customer, {}};
    for (const catalog::Facet facet : *facets) {
        for (auto& [tag, value] : catalog::facet_values(kCustomer, facet, values))
            assign(made.values, tag, value);
    }
    return made;
}

/// The named customers, every one of which must have a card; else all that have one.
Result<std::vector<Card>> cards(Context& context) {
    const auto viewer = context.intake->viewer();
    if (!viewer) return tl::unexpected(viewer.error());
    std::vector<Card> found;
    for (const auto& typed : context.given["c"]) {
        const auto customer = find_customer(context, typed);
        if (!customer) return tl::unexpected(customer.error());
        auto made = card(context, *viewer, *customer);
        if (!made) return pass(made);
        found.push_back(std::move(*made));
    }
    if (!found.empty()) return found;
    for (const RecordId& customer : context.store->replica.select({.kind = &kCustomer})) {
        auto made = card(context, *viewer, customer);
        if (made) found.push_back(std::move(*made));
        if (!made && !made.error().is(kNoCard)) return pass(made);
    }
    return found;
}

std::string mark(Context& context, const Identity& identity) {
    const auto user = context.store->replica.load(catalog::kUser, identity.user.as<RecordTag>())
                          .value_or(FieldValues{});
    auto name = text_in(user, catalog::kUser, "name");
    if (name.empty()) name = identity.user_name;
    const auto number = text_in(user, catalog::kUser, "employee_no");
    return sheet::copy_mark({.by = name + (number.empty() ? "" : " " + number),
                             .place = identity.device_code,
                             .at = context.intake->now(),
                             .purpose = context.value("purpose")},
                            context.console.lang);
}

/// Writes the cards beside their place; `finish` of the writer puts them there.
Result<std::unique_ptr<tabular::TableWriter>> write(Context& context,
                                                    const std::vector<Card>& made,
                                                    const std::string& marked) {
    const Lang lang = context.console.lang;
    std::vector<tabular::Column> columns;
    for (const auto& of : kCustomer.fields) {
        const bool number = of.type == catalog::Type::Int || of.type == catalog::Type::Money;
        columns.push_back({std::string(of.label.in(lang)),
                           number ? tabular::CellType::Number : tabular::CellType::Text});
    }
    columns.push_back({std::string(sheet::kCopyMark.in(lang))});
    auto table = tabular::create_table(context.word(1), columns);
    if (!table) return table;
    const auto title = [&](const RecordId& record) { return title_of(context, record); };
    for (const Card& each : made) {
        std::vector<std::string> cells;
        for (const auto& of : kCustomer.fields) {
            const Value* value = find(each.values, of.tag);
            cells.push_back(value == nullptr ? "" : cli::shown(of, *value, lang, title));
        }
        cells.push_back(marked);
        if (auto done = (*table)->row(cells); !done) return pass(done);
    }
    return table;
}

merge::Changeset told(const Context& context, const std::vector<Card>& made) {
    merge::Changeset changeset{.reason = context.value("purpose"), .source = "cli"};
    for (const Card& each : made)
        changeset.ops.push_back({.kind = merge::OpKind::Event,
                                 .record_kind = kCustomer.tag,
                                 .record = each.customer,
                                 .event = std::string(merge::kCopyEvent)});
    return changeset;
}

}  // namespace

Result<int> export_cards(Context& context) {
    const auto kind = kind_named(context.word(0));
    if (!kind) return tl::unexpected(kind.error());
    if ((*kind)->tag != kCustomer.tag) return fail(kOnlyCards);
    const auto identity = context.store->meta.identity();
    if (!identity) return tl::unexpected(identity.error());
    const auto made = cards(context);
    if (!made) return tl::unexpected(made.error());
    const auto left = cards_left(*context.store, context.intake->now());
    if (made->empty() || static_cast<std::int64_t>(made->size()) > left)
        return fail(kCardsADay, std::to_string(made->size()), std::to_string(left));
    auto table = write(context, *made, mark(context, *identity));
    if (!table) return pass(table);
    // Told before it is there: a copy nobody heard of is worse than a line without a copy.
    if (auto saved = context.intake->commit(told(context, *made)); !saved) return pass(saved);
    if (auto done = (*table)->finish(); !done) return pass(done);
    context.console.line({"已导出 {} 个客户的卡片到 {}（目的和时间将记入办公室审计）",
                          "{} cards were copied to {} (the office's audit will have it)"},
                         {std::to_string(made->size()), context.word(1)});
    context.console.document({{"exported", made->size()}, {"file", context.word(1)}});
    return 0;
}

}  // namespace dossier::client
