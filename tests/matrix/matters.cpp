#include "tests/matrix/matters.hpp"

#include <doctest/doctest.h>

#include "common/catalog/duplicate.hpp"
#include "common/catalog/review.hpp"

#include "server/review/cases.hpp"
#include "server/review/duplicates.hpp"

namespace dossier::test {
namespace {

using protocol::DeviceState;
using server::Unit;

/// A field set from the owner's laptop, who saw `base`.
merge::Verdict set_by_owner(World& world,
                            const RecordId& customer,
                            std::string_view name,
                            std::string_view base,
                            std::string_view value) {
    auto& office = world.office;
    Unit unit(*office.store);
    office.office.people().forget();
    const auto tag = catalog::find_field(kCustomer, name)->tag;
    const merge::Changeset changeset{.author = office.ann,
                                     .claimed_at = office.clock.now(),
                                     .source = "sync",
                                     .ops = {{.kind = merge::OpKind::Set,
                                              .record_kind = kCustomer.tag,
                                              .record = customer,
                                              .base_fv = Fv{1},
                                              .base = {{tag, base.empty() ? Value{} : words(base)}},
                                              .fields = {{tag, words(value)}}}}};
    const auto now = office.clock.now();
    const auto verdicts = office.office.intake().admit(
        {.user = office.ann, .device = DeviceId{{7}}, .oseq = 1, .at = now, .now = now}, changeset);
    unit.commit();
    return verdicts.front();
}

std::string conflict_on(World& world, const RecordId& customer, std::string_view name) {
    REQUIRE(world.office.set({}, kCustomer, customer, name, words("办公室所知")).has_value());
    const auto verdict = set_by_owner(world, customer, name, "从前的", "业务员所知");
    REQUIRE(verdict.kind == merge::VerdictKind::Case);
    return std::to_string(verdict.matter);
}

/// Two files beside this one that look alike, and of two more one merged into the other.
void add_alike(World& world, const RecordId& customer, int level, Matters& matters) {
    auto& office = world.office;
    const auto twin = [&](std::string_view name) {
        const auto id = office.customer(office.ann, name, level);
        REQUIRE(office.set({}, kCustomer, id, "phone_main", words("0571-88001133")).has_value());
        return id;
    };
    const std::string shared = "杭州余杭仓前大药房" + std::to_string(level);
    REQUIRE(office.set({}, kCustomer, customer, "name", words(shared + "有限公司")).has_value());
    REQUIRE(office.set({}, kCustomer, customer, "phone_main", words("0571-88001133")).has_value());
    const auto like = twin(shared);
    matters.twin = to_text(like);
    matters.files = {customer, like};
    const auto absorbed = twin("被并入的" + std::to_string(level));
    const auto survivor = twin("保留的" + std::to_string(level));
    matters.files.insert(matters.files.end(), {survivor, absorbed});
    Unit unit(*office.store);
    REQUIRE(server::scan_duplicates(office.office, like).has_value());
    const auto plan = server::plan_merge(office.office, {}, absorbed, survivor, {});
    REQUIRE(plan.has_value());
    REQUIRE(server::carry_out_merge(office.office, {}, *plan, "同一家").has_value());
    matters.merge = std::to_string(server::list_merges(office.office, {}).back().number);
    for (const auto& pair : server::list_pairs(office.office, {}, server::Which::Open)) {
        const bool both =
            (pair.a == customer || pair.b == customer) && (pair.a == like || pair.b == like);
        if (both) matters.pair = std::to_string(pair.number);
    }
    REQUIRE(!matters.pair.empty());
    unit.commit();
}

std::string add_grant(World& world, const RecordId& customer, int level) {
    static constexpr auto& kGrant = catalog::kAccessGrant;
    const auto now = world.office.clock.now();
    const std::string target = "[\"" + to_text(customer) + "\"]";
    return to_text(world.office.make(
        kGrant, values_of(kGrant, {{"grantee_user_id", world.office.cai.as<RecordTag>()},
                                   {"scope_kind", words("customer")},
                                   {"scope_ids", words(target)},
                                   {"max_level", std::int64_t{level}},
                                   {"ops", words("[\"view\"]")},
                                   {"purpose", words("展会拜访")},
                                   {"from_at", now.ms},
                                   {"to_at", now.plus(std::chrono::hours(240)).ms}})));
}

void add_held(World& world, const RecordId& customer, Matters& matters) {
    auto& office = world.office;
    const merge::Changeset changeset{
        .author = office.ann,
        .claimed_at = office.clock.now(),
        .source = "sync",
        .ops = {{.kind = merge::OpKind::Create,
                 .record_kind = catalog::kCommunication.tag,
                 .record = office.office.ids().make<RecordId>(),
                 .fields = values_of(catalog::kCommunication, {{"customer_id", customer},
                                                               {"purpose", words("回访")},
                                                               {"content", words("丢失前")}})}}};
    const auto now = office.clock.now();
    Unit unit(*office.store);
    office.office.people().forget();
    office.office.intake().withhold(
        {.user = office.ann, .device = DeviceId{{7}}, .oseq = 2, .at = now, .now = now}, changeset,
        server::WaitReason::Lost);
    matters.held = std::to_string(office.store->withheld().back().number);
    unit.commit();
}

std::string remove_contact(World& world, const RecordId& contact) {
    Unit unit(*world.office.store);
    const merge::Op op{
        .kind = merge::OpKind::Remove, .record_kind = catalog::kContact.tag, .record = contact};
    REQUIRE(world.office.office.change({}, {.source = "job", .ops = {op}}).has_value());
    unit.commit();
    return to_text(contact);
}

}  // namespace

const File& file_at(const World& world,
                    std::string_view level,
                    std::string_view region,
                    std::string_view owner,
                    std::string_view state) {
    const auto dimensions = file_dimensions();
    const auto at = std::ranges::find_if(world.files(), [&](const File& file) {
        return dimensions[0].values[file.level] == level &&
               dimensions[1].values[file.region] == region &&
               dimensions[2].values[file.owner] == owner &&
               dimensions[3].values[file.state] == state;
    });
    REQUIRE(at != world.files().end());
    return *at;
}

void hide(World& world, const Matters& matters) {
    for (const RecordId& file : matters.files)
        REQUIRE(world.office.set({}, kCustomer, file, "secrecy_level", std::int64_t{3}));
}

Matters make_file_matters(World& world, const File& file, const File& unposted) {
    const int level = static_cast<int>(file.level);
    Matters matters{.customer = to_text(file.customer),
                    .unposted = to_text(unposted.customer),
                    .attachment = to_text(file.attachment)};
    matters.removed = remove_contact(world, file.contact);
    matters.ruled_case = conflict_on(world, file.customer, "legal_rep");
    {
        Unit unit(*world.office.store);
        world.office.office.people().forget();
        REQUIRE(server::rule_case(world.office.office, {}, std::stoull(matters.ruled_case),
                                  "current", "")
                    .has_value());
        unit.commit();
    }
    matters.open_case = conflict_on(world, file.customer, "registration_info");
    const auto proposed = set_by_owner(world, file.customer, "founded_on", "", "2001-02-03");
    REQUIRE(proposed.kind == merge::VerdictKind::Proposal);
    matters.proposal = std::to_string(proposed.matter);
    add_alike(world, file.customer, level, matters);
    matters.files.push_back(unposted.customer);
    return matters;
}

Matters make_matters(World& world, const File& file, const File& unposted) {
    auto matters = make_file_matters(world, file, unposted);
    matters.grant = add_grant(world, file.customer, static_cast<int>(file.level));
    add_held(world, file.customer, matters);
    Wire laptop(world.office, world.office.ann, DeviceState::Active);
    laptop.pull();
    matters.active_device = laptop.row.code;
    matters.pending_device = Wire(world.office, world.office.ann, DeviceState::Pending).row.code;
    matters.suspended_device =
        Wire(world.office, world.office.ann, DeviceState::Suspended).row.code;
    Unit unit(*world.office.store);
    matters.session = std::to_string(world.office.store->sessions(1).front().id);
    return matters;
}

}  // namespace dossier::test
