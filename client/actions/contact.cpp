// People at a customer.
#include "common/catalog/contact.hpp"

#include <array>

#include "client/actions/given.hpp"
#include "client/actions/save.hpp"
#include "client/actions/tables.hpp"
#include "client/actions/view.hpp"
#include "client/intake/drafts.hpp"
#include "client/reading/find.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kContact;

constexpr std::size_t kContactsListed = 200;
/// The document of a list holds what the table leaves out.
constexpr std::size_t kContactsInDocument = 1000;

constexpr Input kWho{
    "CONTACT",
    "",
    {"联系人：姓名或其一部分、拼音、首字母", "a contact: name or part of it, pinyin, initials"},
    Give::Required};
constexpr std::array kContactAdd{Input{"NAME", "", {"名称", "the name"}, Give::Required},
                                 kCustomerOf};
/// Among whose contacts the name is looked for; otherwise among all.
constexpr Input kAmong{"customer", "CUSTOMER", {"所属客户", "the customer"}, Give::Optional, 'c'};
constexpr std::array kContactEdit{kWho, kAmong};
constexpr std::array kContactRemove{kWho, kAmong, kReason};
constexpr std::array kContactList{kCustomerPlace};

Result<RecordId> customer_of(Context& context) {
    return find_customer(context.store, context.asker(), context.inputs.text("customer"));
}

Result<RecordId> contact_of(Context& context) {
    if (!context.inputs.has("customer"))
        return find_record(context.store, context.asker(), kContact,
                           context.inputs.text("contact"));
    auto customer = customer_of(context);
    if (!customer) return customer;
    return find_contact(context.store, context.asker(), *customer, context.inputs.text("contact"));
}

Result<int> add_contact(Context& context) {
    auto customer = customer_of(context);
    if (!customer) return pass(customer);
    auto values = given_values(context, kContact);
    if (!values) return pass(values);
    if (auto named = put(context, *values, field(kContact, "name"), context.inputs.text("name"));
        !named)
        return pass(named);
    assign(*values, field(kContact, "customer_id").tag, *customer);
    const auto id = context.new_id();
    return save(context, {new_record(kContact, id, *values)}, {"联系人", "contact"},
                title_of(context.store, context.asker(), *customer) + " " +
                    text_in(*values, kContact, "name"),
                id);
}

Result<int> edit_contact(Context& context) {
    auto id = contact_of(context);
    if (!id) return pass(id);
    return save_edit(context, kContact, *id, {"联系人修改", "change of contact"});
}

Result<int> remove_contact(Context& context) {
    auto id = contact_of(context);
    if (!id) return pass(id);
    return save_removal(context, kContact, *id, {"删除联系人", "removal of contact"});
}

Result<int> list_contacts(Context& context) {
    auto customer = customer_of(context);
    if (!customer) return pass(customer);
    const auto shown = show_children(
        context, kContact, *customer, {"联系人", "Contacts"},
        {"name", "department", "job_title", "roles", "phones", "emails"}, kContactsListed);
    if (shown == 0)
        context.answer.line({"{} 还没有联系人", "{} has no contact yet"},
                            {title_of(context.store, context.asker(), *customer)});
    Query query{.kind = &kContact, .limit = kContactsInDocument};
    query.where = {{field(kContact, "customer_id").tag, *customer}};
    context.answer.document({{"contacts", records_document(context.store, kContact,
                                                           context.store.replica.select(query))}});
    note_as_of(context);
    return 0;
}

}  // namespace

std::span<const Action> contact_actions() {
    static const auto kAddInputs = with_fields(kContactAdd, kContact);
    static const auto kEditInputs = with_elements(kContactEdit, kContact);
    static const std::array kActions{
        Action{"contact add",
               {"添加联系人", "add a contact"},
               "dossier contact add 王海燕 -c 明润 --phones 13900001111 --job-title 采购经理",
               kAddInputs,
               Needs::Store,
               add_contact,
               WhenLocked::Records},
        Action{"contact edit",
               {"修改联系人", "change a contact"},
               "dossier contact edit 王海燕 -c 明润 --attitude positive",
               kEditInputs,
               Needs::Store,
               edit_contact},
        Action{"contact remove",
               {"删除联系人（本人 7 天内误录的即时生效，其余由办公室决定）",
                "remove a contact: at once if you entered it within 7 days, else proposed"},
               "dossier contact remove 王海燕 -c 明润 --reason 重名误录",
               kContactRemove,
               Needs::Store,
               remove_contact},
        Action{"contact list",
               {"列出某客户的联系人", "list the contacts of a customer"},
               "dossier contact list 明润",
               kContactList,
               Needs::Reading,
               list_contacts},
    };
    return kActions;
}

}  // namespace dossier::client
