// One salesperson, his laptop and an office with his post and one customer of his.
#pragma once

#include <string>
#include <string_view>

#include "common/access/scopes.hpp"
#include "common/catalog/organisation.hpp"

#include "tests/support/scripted_office.hpp"
#include "tests/support/temp_client.hpp"
#include "tests/support/values.hpp"

namespace dossier::test {

std::uint16_t tag(const catalog::Kind& kind, std::string_view name);
std::string text(const FieldValues& values, const catalog::Kind& kind, std::string_view name);

struct World {
    World();

    [[nodiscard]] FieldValues customer(std::string_view name) const;
    Result<client::Report> sync(int cut = -1);
    /// A visit at acme saved on the laptop.
    RecordId visit(std::string_view content);
    Result<OSeq> set(const catalog::Kind& kind,
                     const RecordId& record,
                     std::string_view name,
                     Value value);
    std::string shown(const catalog::Kind& kind, const RecordId& record, std::string_view name);
    std::string officially(const catalog::Kind& kind,
                           const RecordId& record,
                           std::string_view name);
    /// Whether any file of the laptop holds these bytes.
    [[nodiscard]] bool lies_in_files(std::string_view canary) const;

    static constexpr RecordId id(std::uint8_t number) {
        RecordId made;
        made.bytes[0] = 1;
        made.bytes[15] = number;
        return made;
    }
    UserId me{id(1).bytes};
    RecordId region = id(2);
    RecordId department = id(3);
    RecordId post = id(4);
    RecordId acme = id(5);
    protocol::ScopeKey org{1, {}};
    protocol::ScopeKey self{2, me.as<RecordTag>()};
    protocol::ScopeKey own{3, me.as<RecordTag>()};
    ScriptedOffice office;
    TempClient laptop{me};
    bool finished = false;
};

}  // namespace dossier::test
