// Cards of one's own customers, as a table or one to be printed. Every copy says who took it, when,
// on which laptop and for what; the office's audit hears of each card at the next sync.
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/sheet/copy_mark.hpp"
#include "common/sheet/form.hpp"
#include "common/tabular/turned.hpp"
#include "common/tabular/writer.hpp"

#include "client/actions/sheet.hpp"
#include "client/reading/cards.hpp"
#include "client/reading/find.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

using catalog::kCustomer;

std::string mark(Context& context, const Identity& identity) {
    const auto user = context.store.replica.load(catalog::kUser, identity.user.as<RecordTag>())
                          .value_or(FieldValues{});
    auto name = text_in(user, catalog::kUser, "name");
    if (name.empty()) name = identity.user_name;
    const auto number = text_in(user, catalog::kUser, "employee_no");
    return sheet::copy_mark({.by = name + (number.empty() ? "" : " " + number),
                             .place = identity.device_code,
                             .at = context.intake.now(),
                             .purpose = context.inputs.text("purpose")},
                            context.answer.lang);
}

std::vector<const catalog::Field*> all_fields() {
    std::vector<const catalog::Field*> all;
    for (const auto& of : kCustomer.fields) all.push_back(&of);
    return all;
}

/// Nothing of any customer: no copy that is counted or told of.
Result<int> blank_form(Context& context) {
    const auto& path = context.inputs.text("file");
    if (auto written = sheet::write_blank_form(path, kCustomer, context.answer.lang); !written)
        return pass(written);
    context.answer.line({"空白表单已写到 {}", "the blank form was written to {}"}, {path});
    context.answer.document({{"exported", 0}, {"file", path}});
    return 0;
}

/// Writes the cards beside their place; `finish` of the writer puts them there.
Result<std::unique_ptr<tabular::TableWriter>> write(Context& context,
                                                    const std::vector<Card>& made,
                                                    const std::string& marked) {
    const Lang lang = context.answer.lang;
    const bool as_form = context.inputs.has("form");
    const auto fields = as_form ? sheet::form_fields(kCustomer) : all_fields();
    auto columns = sheet::columns_of(fields, lang);
    columns.push_back({std::string(sheet::kCopyMark.in(lang))});
    const auto& path = context.inputs.text("file");
    auto table = as_form ? tabular::create_turned(path, std::move(columns), lang)
                         : tabular::create_table(path, std::move(columns));
    if (!table) return table;
    for (const Card& each : made) {
        std::vector<std::string> cells;
        for (const auto* of : fields) {
            const Value* value = find(each.values, of->tag);
            cells.push_back(value == nullptr ? ""
                                             : shown(context.store, context.asker(), *of, *value));
        }
        cells.push_back(marked);
        if (auto done = (*table)->row(cells); !done) return pass(done);
    }
    return table;
}

/// Errors: client.cards_a_day.
Status fits_the_day(Context& context, std::size_t cards) {
    const auto left = cards_left(context.store, context.intake.now());
    const bool fits = cards > 0 && static_cast<std::int64_t>(cards) <= left;
    return fits ? Status{} : fail(kCardsADay, std::to_string(cards), std::to_string(left));
}

merge::Changeset told(const Context& context, const std::vector<Card>& made) {
    merge::Changeset changeset{.reason = context.inputs.text("purpose"), .source = "cli"};
    for (const Card& each : made)
        changeset.ops.push_back({.kind = merge::OpKind::Event,
                                 .record_kind = kCustomer.tag,
                                 .record = each.customer,
                                 .event = std::string(merge::kCopyEvent)});
    return changeset;
}

}  // namespace

Result<int> export_cards(Context& context) {
    const auto kind = kind_named(context.inputs.text("kind"));
    if (!kind) return tl::unexpected(kind.error());
    if (!catalog::is_file(**kind)) return fail(kOnlyCards);
    if (context.inputs.has("blank")) return blank_form(context);
    const auto identity = context.store.meta.identity();
    if (!identity) return tl::unexpected(identity.error());
    const auto made = cards_of(context.store, context.intake, context.asker(),
                               context.inputs.all("customer"), context.inputs.text("purpose"));
    if (!made) return tl::unexpected(made.error());
    if (auto fits = fits_the_day(context, made->size()); !fits) return pass(fits);
    auto table = write(context, *made, mark(context, *identity));
    if (!table) return pass(table);
    // Told before it is there: a copy nobody heard of is worse than a line without a copy.
    if (auto saved = context.intake.commit(told(context, *made)); !saved) return pass(saved);
    if (auto done = (*table)->finish(); !done) return pass(done);
    context.answer.line({"已导出 {} 个客户的卡片到 {}（目的和时间将记入办公室审计）",
                         "{} cards were copied to {} (the office's audit will have it)"},
                        {std::to_string(made->size()), context.inputs.text("file")});
    context.answer.document({{"exported", made->size()}, {"file", context.inputs.text("file")}});
    return 0;
}

Result<int> print_card(Context& context) {
    const auto identity = context.store.meta.identity();
    if (!identity) return tl::unexpected(identity.error());
    const auto made = cards_of(context.store, context.intake, context.asker(),
                               context.inputs.all("customer"), context.inputs.text("purpose"));
    if (!made) return tl::unexpected(made.error());
    if (auto fits = fits_the_day(context, made->size()); !fits) return pass(fits);
    const auto card = printed(context.store, made->front());
    if (auto saved = context.intake.commit(told(context, *made)); !saved) return pass(saved);
    cli::answer_card(context.answer, card, titles(context.store, context.asker()),
                     mark(context, *identity), context.intake.now());
    return 0;
}

}  // namespace dossier::client
