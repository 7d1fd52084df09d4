// One group of one record as somebody's laptop shows and writes it, for tests of what the office
// makes of his words; and what waits for people at the office.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/small_office.hpp"

namespace dossier::test {

/// One group of one record on one laptop: what it shows, and what was written there and not sent.
struct Laptop {
    SmallOffice& office;
    SmallOffice::Person person;
    RecordId record;
    std::string_view name;
    FieldValues view = {};
    Fv version = {};
    std::vector<std::pair<merge::Op, Instant>> unsent = {};

    [[nodiscard]] const catalog::Field& of() const { return *catalog::find_field(kCustomer, name); }
    /// The office's values reach the laptop.
    void pulls() {
        server::Unit unit(*office.store);
        const auto values = office.store->load(kCustomer.tag, record).value_or(FieldValues{});
        view.clear();
        for (const auto* member : catalog::group_of(kCustomer, of()))
            view.push_back({member->tag, value_or_empty(values, member->tag)});
        version = office.store->facet(record, catalog::facet_of(kCustomer, of()))->fv;
    }
    static Value value_or_empty(const FieldValues& values, std::uint16_t tag) {
        const Value* value = find(values, tag);
        return value == nullptr ? Value{} : *value;
    }
    void writes(const Value& value) { writes({{of().tag, value}}); }
    void writes(const FieldValues& changed) {
        merge::Op op{.kind = merge::OpKind::Set,
                     .record_kind = kCustomer.tag,
                     .record = record,
                     .base_fv = version,
                     .base = view,
                     .fields = view};
        for (const auto& [tag, value] : changed) assign(op.fields, tag, value);
        view = op.fields;
        office.clock.advance(std::chrono::minutes(1));
        unsent.emplace_back(std::move(op), office.clock.now());
    }
    std::vector<merge::Verdict> pushes() {
        std::vector<merge::Verdict> verdicts;
        for (auto& [op, at] : unsent) verdicts.push_back(person.pushes({op}, at).front());
        unsent.clear();
        return verdicts;
    }
    merge::Verdict syncs() {
        const auto verdict = pushes().back();
        pulls();
        return verdict;
    }
};

inline Laptop laptop(SmallOffice& office,
                     const SmallOffice::Person& person,
                     const RecordId& record,
                     std::string_view name) {
    Laptop made{office, person, record, name};
    made.pulls();
    return made;
}

inline std::vector<server::CaseView> cases(SmallOffice& office) {
    return office.inside([&](Office& desk) {
        return server::list_cases(desk, office.manager.user, server::Which::Open);
    });
}
inline std::vector<server::ProposalView> proposals(SmallOffice& office) {
    return office.inside([&](Office& desk) {
        return server::list_proposals(desk, office.manager.user, server::Which::Open);
    });
}

}  // namespace dossier::test
