// What the service manager asks about secrecy that no record says by itself.
#include "common/catalog/secrecy.hpp"

#include <array>

#include "common/action/answer.hpp"
#include "common/catalog/choices.hpp"
#include "common/catalog/words.hpp"

#include "server/actions/ledger.hpp"
#include "server/actions/names.hpp"
#include "server/actions/tables.hpp"
#include "server/reading/find.hpp"
#include "server/reading/residue.hpp"

namespace dossier::server {
namespace {

Result<int> residue(Context& context) {
    const auto all = list_residue(context.office, context.asker());
    if (!all) return tl::unexpected(all.error());
    action::Table table({say(context, {"终端", "Laptop"}), say(context, {"使用人", "User"}),
                         say(context, {"客户", "Customer"}), say(context, {"密级", "Level"}),
                         say(context, {"升密时间", "Raised at"}),
                         say(context, {"最近同步", "Last sync"})});
    auto list = action::Json::array();
    for (const Residue& each : *all) {
        const auto user = person_name(context.office, context.asker(), each.laptop.user);
        const auto file = title_of(context.office, context.asker(), each.customer);
        const auto& level = catalog::choices::kLevel.at(static_cast<std::size_t>(each.level)).label;
        const auto synced = each.laptop.last_session;
        table.row({each.laptop.code, user, file, say(context, level), office_minute(each.raised_at),
                   office_minute(synced)});
        list.push_back({{"laptop", each.laptop.code},
                        {"user", user},
                        {"customer", to_text(each.customer)},
                        {"marking", to_text(each.marking)},
                        {"level", each.level},
                        {"raised_at", iso_utc(each.raised_at)},
                        {"last_sync", iso_utc(synced)}});
    }
    context.answer.table(std::move(table));
    context.answer.document(list);
    return 0;
}

constexpr std::array kSecrecyActions{
    Action{"secrecy residue",
           {"离线残留：升密后还没有同步的终端",
            "laptops that have not synced since something on them was raised"},
           "dossierd secrecy residue --as zhenghua",
           {},
           Actor::Named,
           Runs::InUnit,
           residue,
           Does::Reads},
};

}  // namespace

std::span<const Action> secrecy_actions() {
    return kSecrecyActions;
}

}  // namespace dossier::server
