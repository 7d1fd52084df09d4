#include "common/catalog/catalog.hpp"

#include <map>
#include <set>

#include <doctest/doctest.h>

#include "common/catalog/customer.hpp"
#include "common/catalog/ddl.hpp"
#include "common/catalog/faults.hpp"

using namespace dossier;
using namespace dossier::catalog;

namespace {

template <class Law>
void for_every_field(Law law) {
    for (const Kind* kind : kinds()) {
        for (const Field* field : all_fields(*kind)) {
            CAPTURE(std::string(kind->name));
            CAPTURE(std::string(field->name));
            law(*kind, *field);
        }
    }
}

bool is_identifier(std::string_view name) {
    if (name.empty() || name[0] < 'a' || name[0] > 'z') return false;
    return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") ==
           std::string_view::npos;
}

}  // namespace

TEST_SUITE("common/catalog/catalog") {
    TEST_CASE("tags and names are unique: of kinds, and of fields in a kind") {
        std::set<std::uint16_t> kind_tags;
        std::set<std::string_view> kind_names;
        for (const Kind* kind : kinds()) {
            CHECK(kind_tags.insert(kind->tag).second);
            CHECK(kind_names.insert(kind->name).second);
            CHECK(is_identifier(kind->name));
            std::set<std::uint16_t> tags;
            std::set<std::string_view> names;
            for (const Field* field : all_fields(*kind)) {
                CAPTURE(std::string(field->name));
                CHECK(tags.insert(field->tag).second);
                CHECK(names.insert(field->name).second);
            }
        }
    }
    TEST_CASE(
        "own fields have tags from 16, every name is a column, every label is in both languages") {
        for_every_field([](const Kind&, const Field& field) {
            CHECK(is_identifier(field.name));
            CHECK(field.name != "id");
            CHECK_FALSE(field.label.zh.empty());
            CHECK_FALSE(field.label.en.empty());
        });
        for (const Kind* kind : kinds()) {
            CHECK_FALSE(kind->label.zh.empty());
            CHECK_FALSE(kind->label.en.empty());
            for (const Field& field : kind->fields) CHECK(field.tag >= 16);
        }
        for (const Field& field : common_fields()) CHECK(field.tag <= 15);
    }
    TEST_CASE("fields that merge as one value have one policy and one facet") {
        for_every_field([](const Kind& kind, const Field& field) {
            const auto group = group_of(kind, field);
            CHECK_FALSE(group.empty());
            for (const Field* other : group) {
                CHECK(other->merge == field.merge);
                CHECK(facet_of(kind, *other) == facet_of(kind, field));
            }
        });
    }
    TEST_CASE("every choice has a label in both languages, and no word means two choices") {
        for_every_field([](const Kind&, const Field& field) {
            const bool chosen =
                field.type == Type::Enum || field.type == Type::Set || field.check == Check::Phones;
            const bool named = field.type == Type::Int;           // 密级: numbers may have names
            const bool usually = field.check == Check::Industry;  // or a text of no list
            CHECK((named || usually || field.choices.empty() != chosen));
            std::map<std::string_view, std::string_view> words;
            for (const Choice& choice : field.choices) {
                for (const auto word : {choice.code, choice.label.zh, choice.label.en}) {
                    CHECK_FALSE(word.empty());
                    CHECK(words.emplace(word, choice.code).first->second == choice.code);
                }
            }
        });
    }
    TEST_CASE("references point to kinds of the catalog") {
        for_every_field([](const Kind&, const Field& field) {
            const bool reference = field.type == Type::Ref || field.type == Type::RefList;
            // One declared before the kind it names is kept as text.
            const bool as_text = field.check == Check::RecordId;
            if (!reference && !as_text) CHECK(field.target.empty());
            auto targets = field.target;
            while (!targets.empty()) {
                const auto end = std::min(targets.find('|'), targets.size());
                CHECK(find_kind(targets.substr(0, end)) != nullptr);
                targets.remove_prefix(std::min(end + 1, targets.size()));
            }
        });
    }
    TEST_CASE(
        "a parent is a reference to a kind that comes earlier; titles and unique sets exist") {
        std::set<std::string_view> earlier;
        for (const Kind* kind : kinds()) {
            CAPTURE(std::string(kind->name));
            if (!kind->parent.empty()) {
                const Field* parent = find_field(*kind, kind->parent);
                REQUIRE(parent != nullptr);
                CHECK(parent->type == Type::Ref);
                CHECK(earlier.contains(parent->target));
            }
            CHECK(find_field(*kind, kind->title) != nullptr);
            std::string_view names = kind->unique_together;
            while (!names.empty()) {
                const auto end = std::min(names.find('|'), names.size());
                CHECK(find_field(*kind, names.substr(0, end)) != nullptr);
                names.remove_prefix(std::min(end + 1, names.size()));
            }
            earlier.insert(kind->name);
        }
    }
    TEST_CASE("texts and lists have a length, numbers a range, every field a writer") {
        for_every_field([](const Kind&, const Field& field) {
            const bool bounded =
                field.type == Type::Text || field.type == Type::List || field.type == Type::Json;
            CHECK((field.length_max > 0) == bounded);
            CHECK(field.min <= field.max);
            CHECK(field.writers != 0);
        });
    }
    TEST_CASE("facets part the fields of a kind: each in exactly one, none lost") {
        for (const Kind* kind : kinds()) {
            std::size_t count = 0;
            for (const Facet facet : facets_of(*kind)) {
                CHECK_FALSE(fields_of(*kind, facet).empty());
                for (const Field* field : fields_of(*kind, facet)) {
                    CHECK(facet_of(*kind, *field) == facet);
                }
                count += fields_of(*kind, facet).size();
            }
            CHECK(count == all_fields(*kind).size());
            CHECK(facet_of(*kind, common_fields().front()) == facets_of(*kind).front());
        }
    }
    TEST_CASE(
        "what everybody may look up needs no clearance, and a facet needs that of its fields") {
        for_every_field([](const Kind& kind, const Field& field) {
            const Facet facet = facet_of(kind, field);
            if (facet == Facet::Directory || facet == Facet::Main) {
                CHECK(level_of(kind, facet) == 0);
            }
            CHECK(level_of(kind, facet) >= static_cast<int>(field.level));
        });
        CHECK(level_of(kCustomer, Facet::Masked) == 2);
    }
    TEST_CASE("what leaves the office masked is stored as text, so that its mask can be") {
        for_every_field([](const Kind&, const Field& field) {
            if (field.offline == Offline::Masked) CHECK(sql_type(field) == "TEXT");
        });
    }
    TEST_CASE("fields are found by tag and name; what does not exist is not found") {
        for_every_field([](const Kind& kind, const Field& field) {
            CHECK(find_field(kind, field.tag) == &field);
            CHECK(find_field(kind, field.name) == &field);
        });
        CHECK(find_field(kCustomer, std::uint16_t{9999}) == nullptr);
        CHECK(find_field(kCustomer, "telefax") == nullptr);
        CHECK(find_kind("customers") == nullptr);
        CHECK(find_kind(std::uint16_t{999}) == nullptr);
        static_assert(field(kCustomer, "fax").tag == 51);
    }
    TEST_CASE("no column heading of a kind means two of its own fields") {
        for (const Kind* kind : kinds()) {
            CAPTURE(std::string(kind->name));
            for (const Field& field : kind->fields) {
                CAPTURE(std::string(field.name));
                CHECK(find_heading(*kind, field.name) == &field);
                CHECK(find_heading(*kind, field.label.zh) == &field);
                CHECK(find_heading(*kind, field.label.en) == &field);
                std::string_view aliases = field.aliases;
                while (!aliases.empty()) {
                    const auto end = std::min(aliases.find('|'), aliases.size());
                    CAPTURE(std::string(aliases.substr(0, end)));
                    CHECK(find_heading(*kind, aliases.substr(0, end)) == &field);
                    aliases.remove_prefix(std::min(end + 1, aliases.size()));
                }
            }
        }
    }
    TEST_CASE("a heading is understood in spite of case, spaces and marks of required columns") {
        const Field* fax = find_field(kCustomer, "fax");
        for (const char* heading : {"传真", " FAX ", "传 真*", "传真！", "fax:", "传真号码"}) {
            CHECK(find_heading(kCustomer, heading) == fax);
        }
        CHECK(find_heading(kCustomer, "传真机") == nullptr);
        CHECK(find_heading(kCustomer, "") == nullptr);
        CHECK(find_heading(kCustomer, "客户编号") == find_field(kCustomer, "customer_no"));
    }
    TEST_CASE("the part of a record in a facet holds its fields and no other") {
        const FieldValues values{{1, std::int64_t{5}},
                                 {field(kCustomer, "name").tag, "明润"},
                                 {field(kCustomer, "fax").tag, "0571-1"},
                                 {60'000, "later version"}};
        CHECK(facet_values(kCustomer, Facet::Directory, values) ==
              FieldValues{values[0], values[1]});
        CHECK(facet_values(kCustomer, Facet::Main, values) == FieldValues{values[2]});
        CHECK(facet_values(kCustomer, Facet::Closed, values).empty());
    }
    TEST_CASE("faults have unique ids, a remedy and the same marks in both languages") {
        const auto marks = [](std::string_view text) {
            std::size_t count = 0;
            for (auto at = text.find("{}"); at != std::string_view::npos;
                 at = text.find("{}", at + 2)) {
                ++count;
            }
            return count;
        };
        std::set<std::string_view> ids;
        for (const Fault* fault : faults()) {
            CAPTURE(std::string(fault->id));
            CHECK(ids.insert(fault->id).second);
            CHECK_FALSE(fault->remedy.zh.empty());
            CHECK_FALSE(fault->remedy.en.empty());
            CHECK(marks(fault->what.zh) == marks(fault->what.en));
            CHECK(marks(fault->remedy.zh) == marks(fault->remedy.en));
        }
    }
}
