#include <doctest/doctest.h>

#include "tests/unit/common/catalog/samples.hpp"

using namespace dossier;
using namespace dossier::catalog;

namespace {

/// Holds `law` against samples of every field of every kind. The last line a failure logs names
/// the field.
template <class Law>
void for_samples_of_every_field(Law law) {
    for (const Kind* kind : kinds()) {
        CAPTURE(std::string(kind->name));
        CHECK(rc::check(std::string(kind->name), [&] {
            for (const Field* field : all_fields(*kind)) {
                RC_LOG() << field->name << '\n';
                law(*kind, *field, *sample(*field));
            }
        }));
    }
}

}  // namespace

TEST_SUITE("common/catalog/round_trip") {
    TEST_CASE("a canonical value is valid as it is, and validity is settled in one step") {
        for_samples_of_every_field([](const Kind&, const Field& field, const Value& value) {
            const auto valid = validate(field, value, kTestNow);
            if (!valid) RC_FAIL(dossier::describe(valid.error(), Lang::En));
            RC_ASSERT((*validate(field, *valid, kTestNow) == *valid));
            RC_ASSERT((*valid == value));
        });
    }
    TEST_CASE("what is shown in either language can be typed back") {
        for_samples_of_every_field([](const Kind&, const Field& field, const Value& value) {
            if (field.type == Type::Json && field.check == Check::None) return;
            for (const Lang lang : {Lang::Zh, Lang::En}) {
                const std::string shown = display(field, value, lang);
                RC_LOG() << shown << '\n';
                const auto typed = parse(field, shown, kTestNow);
                if (!typed) RC_FAIL(dossier::describe(typed.error(), Lang::En));
                RC_ASSERT((*typed == value));
            }
        });
    }
    TEST_CASE("a mask shows at most five characters of what it hides, and shows itself unchanged") {
        for_samples_of_every_field([](const Kind&, const Field& field, const Value& value) {
            if (field.check == Check::Phones) return;
            const Value mask = masked(field, value);
            RC_ASSERT(as_text(mask) != nullptr);
            RC_ASSERT(character_count(*as_text(mask)) <= 8);
            RC_ASSERT(as_text(mask)->find("●●●") != std::string::npos);
            RC_ASSERT(display(field, mask, Lang::Zh) == *as_text(mask));
        });
    }
    TEST_CASE("sets, lists and references come apart and together again") {
        for_samples_of_every_field([](const Kind&, const Field& field, const Value& value) {
            if (field.type != Type::Set && field.type != Type::List &&
                field.type != Type::RefList) {
                return;
            }
            RC_ASSERT((from_elements(field, elements(value)) == value));
        });
    }
}
