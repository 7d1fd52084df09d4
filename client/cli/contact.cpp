// contact add, edit, list.
#include "common/catalog/contact.hpp"

#include "client/cli/save.hpp"
#include "client/cli/show.hpp"
#include "client/cli/words.hpp"
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
    if (auto named = put(context, *values, field(kContact, "name"), context.word(0)); !named)
        return pass(named);
    assign(*values, field(kContact, "customer_id").tag, *customer);
    const auto id = context.ids->make<RecordId>();
    return save(context, {new_record(kContact, id, *values)}, {"联系人", "contact"},
                title_of(context, *customer) + " " + text_in(*values, kContact, "name"), id);
}

Result<int> edit_contact(Context& context) {
    auto customer = find_customer(context, context.value("c"));
    if (!customer) return pass(customer);
    auto id = find_contact(context, *customer, context.word(0));
    if (!id) return pass(id);
    return save_edit(context, kContact, *id, {"联系人修改", "change of contact"});
}

Result<int> remove_contact(Context& context) {
    auto customer = find_customer(context, context.value("c"));
    if (!customer) return pass(customer);
    auto id = find_contact(context, *customer, context.word(0));
    if (!id) return pass(id);
    return save_removal(context, kContact, *id, {"删除联系人", "removal of contact"});
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
    const auto shown =
        show_children(context, kContact, *customer, {"联系人", "Contacts"},
                      {"name", "department", "job_title", "roles", "phones", "emails"}, 200);
    if (shown == 0)
        context.console.line({"{} 还没有联系人", "{} has no contact yet"},
                             {title_of(context, *customer)});
    show_as_of(context);
    return 0;
}

}  // namespace

std::span<const Command> contact_commands() {
    static const Option kOf{
        .name = "c,customer", .help = {"所属客户", "the customer"}, .is_required = true};
    static const std::array kCommands{
        Command{.path = "contact add",
                .help = {"添加联系人", "add a contact"},
                .example =
                    "dossier contact add 王海燕 -c 明润 --phones 13900001111 --job-title 采购经理",
                .words = "NAME",
                .options = {kOf},
                .fields = &kContact,
                .run = add,
                .when_locked = WhenLocked::Records},
        Command{.path = "contact edit",
                .help = {"修改联系人", "change a contact"},
                .example = "dossier contact edit 王海燕 -c 明润 --attitude positive",
                .words = "NAME",
                .options = {kOf},
                .fields = &kContact,
                .run = edit_contact},
        Command{
            .path = "contact remove",
            .help = {"删除联系人（本人 7 天内误录的即时生效，其余由办公室决定）",
                     "remove a contact: at once if you entered it within 7 days, else proposed"},
            .example = "dossier contact remove 王海燕 -c 明润 --reason 重名误录",
            .words = "NAME",
            .options = {kOf, {"reason", {"理由", "why"}}},
            .run = remove_contact},
        Command{.path = "contact list",
                .help = {"列出某客户的联系人", "list the contacts of a customer"},
                .example = "dossier contact list 明润",
                .words = "CUSTOMER",
                .run = list},
    };
    return kCommands;
}

}  // namespace dossier::client
