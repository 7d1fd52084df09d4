#include "common/catalog/describe.hpp"

#include <cerrno>

#include <doctest/doctest.h>

#include "common/base/reason.hpp"
#include "common/catalog/catalog.hpp"
#include "common/catalog/faults.hpp"
#include "common/catalog/words.hpp"
#include "common/catalog/wrong.hpp"

namespace dossier::catalog {
namespace {

/// Both halves of a pair, each in its language.
void check_halves(const std::string& pair, std::string_view zh, std::string_view en) {
    CHECK(in_language(pair, Lang::Zh) == zh);
    CHECK(in_language(pair, Lang::En) == en);
}

TEST_SUITE("common/catalog/describe") {
    TEST_CASE("each label, limit and choice a message quotes is shown in one language") {
        for (const Kind* kind : kinds()) {
            check_halves(pair_of(kind->label), kind->label.zh, kind->label.en);
            for (const Field& field : kind->fields) {
                CAPTURE(field.name);
                check_halves(label_of(field), field.label.zh, field.label.en);
                check_halves(type_words(field), type_words(field, Lang::Zh),
                             type_words(field, Lang::En));
                for (const Choice& choice : field.choices)
                    check_halves(
                        std::string(choice.code) + "(" + pair_of(choice.label) + ")",
                        std::string(choice.code) + "(" + std::string(choice.label.zh) + ")",
                        std::string(choice.code) + "(" + std::string(choice.label.en) + ")");
            }
        }
    }
    TEST_CASE("each reason of the operating system is, and an unknown one is its number") {
        for (const int number : {ENOSPC, EACCES, EROFS, ENOENT, ECONNREFUSED, EADDRINUSE}) {
            const auto words = reason_in(reason_of(number));
            REQUIRE(words.has_value());
            check_halves(reason_of(number), words->zh, words->en);
        }
        CHECK(reason_of(98'765) == "98765");
    }
    TEST_CASE("what a person typed stays as it is") {
        for (const char* typed :
             {"张三/Bob", "a/b", "/", "传真", "(x", "a, b; c", "", "甲 = 乙/丙"})
            for (const Lang lang : {Lang::Zh, Lang::En}) CHECK(in_language(typed, lang) == typed);
    }
}

}  // namespace
}  // namespace dossier::catalog
