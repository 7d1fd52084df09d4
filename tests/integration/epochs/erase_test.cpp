// A customer and a contact erased at the office: no byte of them is left there, on laptops that had
// them, nor in a backup made afterwards, and nothing brings them back. By every page of real
// vaults.
#include "server/intake/erase.hpp"

#include <doctest/doctest.h>

#include "common/catalog/document.hpp"

#include "protocol/codec.hpp"

#include "tests/integration/epochs/firm.hpp"

namespace dossier::test {
namespace {

/// Words of the erased, each planted in another place.
constexpr std::array kCanaries{"canary-name",  "canary-fax",     "canary-old",    "canary-contact",
                               "canary-visit", "canary-pending", "canary-orphan", "canary-proposed",
                               "canary-lost",  "canary-refused", "canary-deep"};

/// Which of them stand anywhere in the pages, with spaces between.
std::string found_in(const std::string& image) {
    std::string found;
    for (const auto* canary : kCanaries) {
        if (image.find(canary) != std::string::npos) found += std::string(canary) + ' ';
    }
    return found;
}

bool names(const std::string& found, std::string_view canary) {
    return found.find(canary) != std::string::npos;
}

bool log_is_empty(const std::string& database) {
    std::error_code none;
    const auto size = std::filesystem::file_size(database + "-wal", none);
    return none || size == 0;
}

struct Erased {
    Erased() {
        auto& people = firm.people;
        sun = people.user("sunli", people.east, "service_manager");
        REQUIRE(people.set({}, catalog::kUser, sun.as<RecordTag>(), "clearance", std::int64_t{3}));
        acme = people.customer(people.ann, "canary-name 医药");
        kept = people.customer(people.ann, "留下的客户");
        REQUIRE(people.set({}, kCustomer, acme, "business_scope", words("canary-old")));
        REQUIRE(people.set({}, kCustomer, acme, "business_scope", words("canary-fax")));
        contact = people.make(kContact, values_of(kContact, {{"customer_id", acme},
                                                             {"name", words("canary-contact")}}));
        ann = firm.laptop(people.ann);
        both = firm.laptop(people.ann);
        firm.met(*ann);
        firm.met(*both);
    }

    /// Work of all sorts about the customer, some of it at the office, some waiting on laptops.
    void work() {
        firm.visit(*ann, acme, "canary-visit");
        firm.set(*ann, acme, "name", words("canary-proposed 医药"));
        firm.met(*ann);
        firm.met(*both);
        // In the tray of one: a number that is none.
        auto op =
            merge::Op{.kind = merge::OpKind::Set,
                      .record_kind = kCustomer.tag,
                      .record = acme,
                      .fields = values_of(kCustomer, {{"phone_main", words("canary-refused")}})};
        ann->store().outbox.append({.author = firm.people.ann,
                                    .claimed_at = ann->clock.now(),
                                    .source = "cli",
                                    .ops = {op}});
        firm.met(*ann);
        CHECK(ann->store().tray.list(false).size() == 2);
        hold("canary-orphan", {kVisit.tag, ids.make<RecordId>(), acme}, server::WaitReason::Parent);
        hold("canary-lost", {kVisit.tag, ids.make<RecordId>(), acme}, server::WaitReason::Lost);
        // Not sent yet: words on the other laptop, one record under another made there.
        firm.visit(*both, acme, "canary-pending");
        const auto made = both->ids.make<RecordId>();
        REQUIRE(both->commit({client::new_record(
            kContact, made,
            values_of(kContact, {{"customer_id", acme}, {"name", words("canary-deep")}}))}));
    }

    void hold(std::string_view content, const server::Place& made, server::WaitReason why) {
        const merge::Changeset changeset{
            .author = firm.people.ann,
            .claimed_at = firm.people.clock.now(),
            .source = "sync",
            .ops = {{.kind = merge::OpKind::Create,
                     .record_kind = made.kind,
                     .record = made.record,
                     .fields = values_of(
                         kVisit, {{"customer_id", made.customer}, {"content", words(content)}})}}};
        server::Unit unit(firm.store());
        firm.store().withhold({.device = ann->store().meta.identity()->device,
                               .oseq = 900,
                               .user = firm.people.ann,
                               .why = why,
                               .body = protocol::encode_changeset(changeset)});
        unit.commit();
    }

    Result<std::vector<merge::Verdict>> erases(const UserId& who,
                                               const catalog::Kind& kind,
                                               const RecordId& record,
                                               std::string_view reason = "客户书面要求删除",
                                               std::string_view source = "cli") {
        server::Unit unit(firm.store());
        firm.office().people().forget();
        auto done =
            firm.office().change(who, {.reason = std::string(reason),
                                       .source = std::string(source),
                                       .ops = {{.kind = merge::OpKind::Event,
                                                .record_kind = kind.tag,
                                                .record = record,
                                                .event = std::string(server::kEraseEvent)}}});
        unit.commit();
        return done;
    }

    std::string left_on(TempClient& laptop) {
        return found_in(image_of(laptop.store().connection().handle()));
    }
    void check_sound() {
        server::Unit unit(firm.store());
        const auto sound = firm.store().verify([](std::string_view) {});
        if (!sound) MESSAGE(describe(sound.error(), Lang::En));
        CHECK(sound.has_value());
    }

    Firm firm{Kept::InVault};
    crypto::Ids ids{firm.people.clock, firm.people.random};
    UserId sun;
    RecordId acme, kept, contact;
    std::unique_ptr<TempClient> ann, both;
};

TEST_SUITE("integration/epochs/erase") {
    TEST_CASE("of an erased customer no byte is left at the office, on its laptops, in a backup") {
        Erased world;
        world.work();
        world.firm.back_up();
        const auto planted = found_in(world.firm.people.store.image_in(world.firm.backup())) +
                             world.left_on(*world.ann) + world.left_on(*world.both);
        for (const auto* canary : kCanaries) CHECK_MESSAGE(names(planted, canary), canary);

        REQUIRE(world.erases(world.sun, kCustomer, world.acme).has_value());
        CHECK(log_is_empty(world.firm.people.store.path()));
        world.check_sound();
        world.firm.back_up();
        CHECK(found_in(world.firm.people.store.image_in(world.firm.backup())) == "");
        world.firm.met(*world.ann);
        world.firm.met(*world.both);
        CHECK(world.left_on(*world.ann) == "");
        CHECK(world.left_on(*world.both) == "");
        CHECK(world.firm.shown(*world.ann, world.kept, "name") == "留下的客户");
        world.check_sound();
        world.firm.back_up();
        CHECK(found_in(world.firm.people.store.image_in(world.firm.backup())) == "");
        {
            server::Unit unit(world.firm.store());
            const auto lines = world.firm.store().audit(0, 100'000);
            const auto line = std::ranges::find(lines, "erase", &server::AuditLine::action);
            REQUIRE(line != lines.end());
            CHECK(line->user == world.sun);
            CHECK(line->record == world.acme);
            CHECK(line->purpose == "客户书面要求删除");
            CHECK(line->at == world.firm.people.clock.now());
            CHECK(line->detail.find_first_not_of("0123456789") == std::string::npos);
        }
        world.firm.people.store.close();
        CHECK(found_in(world.firm.people.store.image_in(world.firm.people.store.folder())) == "");
    }

    TEST_CASE("of an erased contact nothing is left, and its customer stays") {
        Erased world;
        REQUIRE(world.erases(world.sun, kContact, world.contact).has_value());
        world.firm.met(*world.ann);
        const auto on_laptop = world.left_on(*world.ann);
        CHECK_FALSE(names(on_laptop, "canary-contact"));
        CHECK(names(on_laptop, "canary-fax"));
        world.firm.back_up();
        const auto at_office = found_in(world.firm.people.store.image_in(world.firm.backup()));
        CHECK_FALSE(names(at_office, "canary-contact"));
        CHECK(world.firm.shown(*world.ann, world.acme, "business_scope") == "canary-fax");
        world.check_sound();
    }

    TEST_CASE("only the service manager and the general manager erase, and say why") {
        Erased world;
        const auto id = [&](const auto& done) {
            return done ? std::string("done") : std::string(done.error().id());
        };
        auto& people = world.firm.people;
        const auto clerk = people.user("hanm", people.east, "info_clerk");
        CHECK(id(world.erases(people.ann, kCustomer, world.acme)) == "access.denied");
        CHECK(id(world.erases(clerk, kCustomer, world.acme)) == "access.denied");
        CHECK(id(world.erases(people.cai, kCustomer, world.acme)) == "access.denied");
        CHECK(id(world.erases(people.admin, kCustomer, world.acme)) == "intake.unknown_record");
        CHECK(id(world.erases(world.sun, kCustomer, world.acme, "删")) == "access.purpose_needed");
        CHECK(id(world.erases(world.sun, kVisit, world.ids.make<RecordId>())) ==
              "intake.unknown_event");
        REQUIRE(people.set({}, kCustomer, world.acme, "legal_hold", std::int64_t{1}));
        CHECK(id(world.erases(world.sun, kCustomer, world.acme)) == "intake.legal_hold");
        CHECK(world.firm.held(world.acme, "business_scope") == "canary-fax");
        REQUIRE(people.set({}, kCustomer, world.acme, "legal_hold", std::int64_t{0}));
        CHECK(id(world.erases(world.sun, kCustomer, world.acme)) == "done");
        CHECK(id(world.erases(world.sun, kCustomer, world.acme)) == "intake.unknown_record");
    }

    TEST_CASE("a restored older office erases again by the register, and laptops with it") {
        Erased world;
        world.firm.back_up();
        const auto older = world.firm.backup();
        REQUIRE(world.erases(world.sun, kCustomer, world.acme).has_value());
        auto opened = world.firm.people.store.open_copy(older);
        REQUIRE(opened.has_value());
        world.firm.adopt(std::move(*opened));
        {
            server::Unit unit(world.firm.store());
            server::renew_epoch(world.firm.store(), world.firm.people.random);
            unit.commit();
        }
        CHECK(world.firm.held(world.acme, "business_scope") == "canary-fax");
        REQUIRE(
            world.erases(world.sun, kCustomer, world.acme, "恢复后再次抹除", server::kFromRegister)
                .has_value());
        // What this office never had is erased all the same: nothing may bring it.
        const auto never = world.ids.make<RecordId>();
        REQUIRE(world.erases(world.sun, kCustomer, never, "恢复后再次抹除", server::kFromRegister)
                    .has_value());
        CHECK_FALSE(world
                        .erases(world.firm.people.ann, kCustomer, world.ids.make<RecordId>(),
                                "恢复后再次抹除", server::kFromRegister)
                        .has_value());
        world.firm.met(*world.ann);
        world.firm.met(*world.both);
        CHECK(world.left_on(*world.ann) == "");
        CHECK(world.left_on(*world.both) == "");
        world.check_sound();
        world.firm.back_up();
        CHECK(found_in(world.firm.people.store.image_in(world.firm.backup())) == "");
    }
}

}  // namespace
}  // namespace dossier::test
