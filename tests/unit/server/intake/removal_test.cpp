// A record one person removes and another edits: the same outcome whoever comes first (C-23).
#include <algorithm>

#include <doctest/doctest.h>

#include "common/catalog/contact.hpp"
#include "common/catalog/document.hpp"

#include "tests/support/small_office.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kAttachment;
using catalog::kContact;
using catalog::kDeletedAt;
using merge::VerdictKind;

namespace {

/// A kind a laptop can remove a record of, and one of its fields somebody edits.
struct Sort {
    const catalog::Kind* kind;
    std::vector<std::pair<std::string_view, Value>> made;
    std::string_view edited;
    Value base;
};

std::vector<Sort> sorts() {
    return {{&kContact,
             {{"name", text("王海燕")}, {"job_title", text("主任")}},
             "job_title",
             text("主任")},
            {&kCommunication,
             {{"kind", text("visit")}, {"purpose", text("回访")}, {"content", text("好")}},
             "needs",
             Value{}},
            {&kAttachment,
             {{"title", text("营业执照")},
              {"file_name", text("执照.pdf")},
              {"media_type", text("application/pdf")},
              {"size", std::int64_t{9}},
              {"content", text(std::string(64, 'a'))}},
             "title",
             text("营业执照")}};
}

/// Ann's record of a customer that she owns and Ben serves.
struct Shared {
    SmallOffice office;
    RecordId acme = office.customer_of(office.ann, "杭州明润医药有限公司");
    RecordId record = office.desk.ids().make<RecordId>();
    const Sort& sort;
    Fv version;

    explicit Shared(const Sort& of) : sort(of) {
        office.inside([&](Office& desk) {
            merge::Op serves{.kind = merge::OpKind::Event,
                             .record_kind = kCustomer.tag,
                             .record = acme,
                             .event = "transfer"};
            assign(serves.fields, field(kCustomer, "service_user_id").tag,
                   office.ben.user.as<RecordTag>());
            return desk.change(UserId{}, {.source = "cli", .ops = {serves}}).has_value();
        });
        merge::Op op{
            .kind = merge::OpKind::Create, .record_kind = sort.kind->tag, .record = record};
        assign(op.fields, tag("customer_id"), acme);
        for (const auto& [name, value] : sort.made) assign(op.fields, tag(name), value);
        const auto made = office.ann.pushes({op}, office.clock.now());
        REQUIRE(made.front().kind == VerdictKind::Applied);
        version = made.front().fv;
        office.clock.advance(std::chrono::hours(1));
    }
    [[nodiscard]] std::uint16_t tag(std::string_view name) const {
        return catalog::find_field(*sort.kind, name)->tag;
    }
    merge::Verdict removes(SmallOffice::Person& who, Instant at) {
        return who
            .pushes({{.kind = merge::OpKind::Remove,
                      .record_kind = sort.kind->tag,
                      .record = record,
                      .base_fv = version}},
                    at)
            .front();
    }
    merge::Verdict edits(SmallOffice::Person& who, const Value& value, Instant at) {
        merge::Op op{.kind = merge::OpKind::Set,
                     .record_kind = sort.kind->tag,
                     .record = record,
                     .base_fv = version,
                     .base = {{tag(sort.edited), sort.base}},
                     .fields = {{tag(sort.edited), value}}};
        return who.pushes({op}, at).front();
    }
    FieldValues row() {
        server::Unit unit(*office.store);
        return office.store->load(sort.kind->tag, record).value_or(FieldValues{});
    }
    bool is_removed() { return find(row(), kDeletedAt) != nullptr; }
    Value edited() {
        const auto values = row();
        const Value* value = find(values, tag(sort.edited));
        return value == nullptr ? Value{} : *value;
    }
    std::vector<server::CaseView> cases() {
        return office.inside([&](Office& desk) {
            return server::list_cases(desk, office.manager.user, server::Which::Open);
        });
    }
};

const Value kEdited = text("新词");

}  // namespace

TEST_SUITE("server/intake/removal") {
    TEST_CASE(
        "removed by one and edited by another, a record stays with the edit, and one case names "
        "both people and both words, whoever came first") {
        for (const Sort& sort : sorts()) {
            std::vector<std::vector<std::pair<UserId, FieldValues>>> seen;
            for (const bool edit_first : {false, true}) {
                Shared shared(sort);
                CAPTURE(sort.kind->name);
                CAPTURE(edit_first);
                auto& office = shared.office;
                const Instant now = office.clock.now();
                if (edit_first) shared.edits(office.ben, kEdited, now);
                shared.removes(office.ann, now);
                if (!edit_first) shared.edits(office.ben, kEdited, now);
                CHECK_FALSE(shared.is_removed());
                CHECK(shared.edited() == kEdited);
                const auto open = shared.cases();
                REQUIRE(open.size() == 1);
                CHECK(open.front().conflict_class == "C-23");
                CHECK(open.front().about.record == shared.record);
                REQUIRE(open.front().candidates.size() == 2);
                auto& words = seen.emplace_back();
                for (const auto& each : open.front().candidates) {
                    const bool removes = find(each.value, kDeletedAt) != nullptr;
                    CHECK(each.author == (removes ? office.ann.user : office.ben.user));
                    words.emplace_back(each.author, each.value);
                }
            }
            // Other offices, other people: the words and their order are the same.
            REQUIRE(seen.size() == 2);
            for (std::size_t at = 0; at < 2; ++at) CHECK(seen[0][at].second == seen[1][at].second);
        }
    }

    TEST_CASE(
        "a case about a removal is ruled: gone with the remover's word, there with the editor's") {
        for (const bool goes : {false, true}) {
            const auto all = sorts();
            Shared shared(all.front());
            auto& office = shared.office;
            shared.removes(office.ann, office.clock.now());
            shared.edits(office.ben, kEdited, office.clock.now());
            const auto open = shared.cases();
            REQUIRE(open.size() == 1);
            std::string take;
            for (std::size_t at = 0; at < open.front().candidates.size(); ++at) {
                const bool removes = find(open.front().candidates[at].value, kDeletedAt) != nullptr;
                if (removes == goes) take = std::to_string(at + 1);
            }
            const auto ruled = office.inside([&](Office& desk) {
                return server::rule_case(desk, office.manager.user, open.front().number, take,
                                         "核实");
            });
            CHECK(ruled.has_value());
            CHECK(shared.is_removed() == goes);
            CHECK(shared.edited() == kEdited);
            CHECK(shared.cases().empty());
        }
    }

    TEST_CASE(
        "what the office decided to remove stays removed, and a later unaware edit is a case") {
        for (const Sort& sort : sorts()) {
            Shared shared(sort);
            auto& office = shared.office;
            office.inside([&](Office& desk) {
                return desk
                    .change(UserId{}, {.source = "job",
                                       .ops = {{.kind = merge::OpKind::Remove,
                                                .record_kind = sort.kind->tag,
                                                .record = shared.record}}})
                    .has_value();
            });
            REQUIRE(shared.is_removed());
            const auto verdict = shared.edits(office.ben, kEdited, office.clock.now());
            CHECK(verdict.kind == VerdictKind::Case);
            CHECK(shared.is_removed());
            CHECK(shared.cases().size() == 1);
        }
    }

    TEST_CASE("who removes what he edits on another laptop is followed in the order he wrote it") {
        for (const bool removes_last : {false, true}) {
            for (const bool edit_first : {false, true}) {
                const auto all = sorts();
                Shared shared(all.front());
                auto& office = shared.office;
                auto second = office.ann;
                second.device = office.desk.ids().make<DeviceId>();
                const Instant early = office.clock.now().plus(std::chrono::minutes(-20));
                const Instant late = office.clock.now().plus(std::chrono::minutes(-10));
                if (edit_first) shared.edits(second, kEdited, removes_last ? early : late);
                shared.removes(office.ann, removes_last ? late : early);
                if (!edit_first) shared.edits(second, kEdited, removes_last ? early : late);
                CAPTURE(removes_last);
                CAPTURE(edit_first);
                CHECK(shared.is_removed() == removes_last);
                CHECK(shared.edited() == kEdited);
                CHECK(shared.cases().empty());
            }
        }
    }

    TEST_CASE("an edit that changes nothing brings nothing back") {
        const auto all = sorts();
        Shared shared(all.front());
        shared.removes(shared.office.ann, shared.office.clock.now());
        shared.edits(shared.office.ben, shared.sort.base, shared.office.clock.now());
        CHECK(shared.is_removed());
        CHECK(shared.cases().empty());
    }
}
