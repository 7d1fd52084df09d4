// contact add, edit, list.
#include "common/catalog/contact.hpp"

#include "common/catalog/canonical.hpp"

#include "client/cli/show.hpp"
#include "client/cli/words.hpp"
#include "client/faults.hpp"
#include "client/intake/drafts.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kContact;

Result<int> add(Context& context) {
    auto customer = find_customer(context, context.value("c"));
    if (!customer) return pass(customer);
    auto values = given_values(context, kContact);
    if (!values) return pass(values);
    auto name = catalog::parse(field(kContact, "name"), context.word(0), context.intake->now());
    if (!name) return pass(name);
    assign(*values, field(kContact, "name").tag, *name);
    assign(*values, field(kContact, "customer_id").tag, *customer);
    const auto id = context.ids->make<RecordId>();
    auto saved =
        context.intake->commit({.source = "cli", .ops = {new_record(kContact, id, *values)}});
    if (!saved) return pass(saved);
    print_saved(context, {"联系人", "contact"}, context.word(0), id);
    return 0;
}

Result<int> edit_contact(Context& context) {
    auto customer = find_customer(context, context.value("c"));
    if (!customer) return pass(customer);
    auto id = find_contact(context, *customer, context.word(0));
    if (!id) return pass(id);
    auto values = given_values(context, kContact);
    if (!values) return pass(values);
    const auto seen = context.store->replica.seen(kContact, *id);
    if (!seen) return fail(kUnknownRecord, kContact.label.zh);
    auto ops = edit(kContact, *id, *seen, *values);
    if (ops.empty()) return fail(kNothingToDo);
    auto saved = context.intake->commit({.source = "cli", .ops = std::move(ops)});
    if (!saved) return pass(saved);
    print_saved(context, {"联系人修改", "change of contact"}, title_of(context, *id), *id);
    return 0;
}

Result<int> list(Context& context) {
    auto customer = find_customer(context, context.word(0));
    if (!customer) return pass(customer);
    if (context.console.json) {
        Query query{.kind = &kContact};
        query.where = {{field(kContact, "customer_id").tag, *customer}};
        context.console.document(
            {{"contacts", records_json(context, kContact, context.store->replica.select(query))}});
        return 0;
    }
    show_children(context, kContact, *customer, {"联系人", "Contacts"},
                  {"name", "department", "job_title", "roles", "phones", "emails"}, 200);
    show_as_of(context);
    return 0;
}

}  // namespace

std::span<const Command> contact_commands() {
    static const Option kOf{"c", {"所属客户", "the customer"}};
    static const std::array kCommands{
        Command{.path = "contact add",
                .help = {"添加联系人", "add a contact"},
                .example =
                    "dossier contact add 王海燕 -c 明润 --phones 13900001111 --job-title 采购经理",
                .words = "NAME",
                .options = {kOf},
                .fields = &kContact,
                .run = add},
        Command{.path = "contact edit",
                .help = {"修改联系人", "change a contact"},
                .example = "dossier contact edit 王海燕 -c 明润 --attitude positive",
                .words = "NAME",
                .options = {kOf},
                .fields = &kContact,
                .run = edit_contact},
        Command{.path = "contact list",
                .help = {"列出某客户的联系人", "list the contacts of a customer"},
                .example = "dossier contact list 明润",
                .words = "CUSTOMER",
                .run = list},
    };
    return kCommands;
}

}  // namespace dossier::client
