#include "common/cli/values.hpp"

#include <doctest/doctest.h>

#include "common/catalog/customer.hpp"

namespace dossier::cli {
namespace {

using catalog::field;
using catalog::kCustomer;

TEST_SUITE("common/cli/values") {
    TEST_CASE("references are shown by title, choices by label, nothing by a dash") {
        const TitleOf title_of = [](const RecordId&) { return std::string("李建国"); };
        const auto& owner = field(kCustomer, "owner_user_id");
        const auto& market = field(kCustomer, "market");
        CHECK(shown(owner, RecordId{{1}}, Lang::En, title_of) == "李建国");
        CHECK(shown(market, std::string("domestic"), Lang::Zh, title_of) == "国内");
        CHECK(shown(market, {}, Lang::Zh, title_of) == "-");
        CHECK(shown(owner, std::string("●●●"), Lang::Zh, title_of) == "●●●");
    }

    TEST_CASE("a group of several fields names each, a single field does not") {
        const TitleOf no_title = [](const RecordId&) { return std::string(); };
        FieldValues address;
        assign(address, field(kCustomer, "street_address").tag, std::string("中山路 1 号"));
        CHECK(shown_group(kCustomer, address, Lang::Zh, no_title) == "中山路 1 号");
        assign(address, field(kCustomer, "postcode").tag, std::string("200000"));
        CHECK(shown_group(kCustomer, address, Lang::En, no_title) ==
              "Street address 中山路 1 号, Postcode 200000");
        CHECK(shown_group(kCustomer, {}, Lang::En, no_title) == "-");
    }

    TEST_CASE("values become the object of the catalog's JSON") {
        FieldValues values;
        assign(values, field(kCustomer, "name").tag, std::string("Acme"));
        CHECK(values_document(kCustomer, values) == Json{{"name", "Acme"}});
    }
}

}  // namespace
}  // namespace dossier::cli
