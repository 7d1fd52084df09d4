// The one-page card of a customer, to be printed. Source: R-039, WF-07.
#include "common/cli/card.hpp"

#include <array>

#include "server/actions/shared_inputs.hpp"
#include "server/actions/tables.hpp"
#include "server/actions/view.hpp"
#include "server/reading/card.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

constexpr std::array kCard{Input{
    "CUSTOMER", "", {"编号、名称或其中一部分", "number, name or a part of it"}, Give::Required}};

Result<int> show_card(Context& context) {
    const auto id = find_customer(context.office, context.asker(), context.inputs.text("customer"));
    if (!id) return tl::unexpected(id.error());
    const auto card = card_of(context.office, context.asker(), *id);
    if (!card) return tl::unexpected(card.error());
    cli::answer_card(context.answer, *card, titles(context), copy_mark(context),
                     context.office.now());
    return 0;
}

constexpr std::array kCardActions{
    Action{"customer card",
           {"打印客户基本资料卡（一页，按复印记入审计）",
            "print the one-page card of a customer (audited as a "
            "copy)"},
           "dossierd customer card 明润 --as wangf --purpose 拜访携带",
           kCard,
           Actor::Named,
           Runs::InUnit,
           show_card,
           Does::Reads}};

}  // namespace

std::span<const Action> card_actions() {
    return kCardActions;
}

}  // namespace dossier::server
