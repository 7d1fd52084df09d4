// Scenarios of orders and contracts, as the domain's page tells them. Source: domain 7, AS-33;
// RP-12.
#include <doctest/doctest.h>

#include "tests/scenarios/stage.hpp"

using namespace dossier;
using namespace dossier::test;

namespace {

void has_person(Stage& stage, std::string_view name) {
    const std::string who(name);
    stage.done("liuy", "customer add " + who +
                           " --party-kind person --phone-main 13900001111 --business-need 检测仪 "
                           "--source event --source-detail 展会 --set region_id=HD --set "
                           "owner_user_id=lijg");
    stage.done("liuy", "customer post " + who);
}

std::string status_of(Stage& stage, std::string_view customer) {
    return stage.value("liuy", "customer", customer, "relation_status");
}

std::string intends(Stage& stage, std::string_view customer) {
    return stage
        .done("liuy",
              "transaction add 检测仪一台 --amount-fen 12500 --customer " + std::string(customer))
        .at("id");
}

/// A paper in the file, as the office keeps one.
void has_proof(Stage& stage, std::string_view customer) {
    const auto paper =
        stage.file("id.pdf", "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");
    stage.done("liuy", "attach add " + paper + " --customer " + std::string(customer) +
                           " --doc-kind id_proof --title 身份证");
}

}  // namespace

TEST_SUITE("scenarios/trade") {
    TEST_CASE(
        "AS-33 a first order needs consent and proof; what was withdrawn is written no more") {
        Stage stage;
        stage.at("2026-03-02 09:00");
        has_person(stage, "林晓");
        stage.gives_laptop("lijg");
        const auto order = intends(stage, "林晓");
        CHECK(stage.office("liuy", "transaction confirm " + order).fate() == "intake.no_consent");
        CHECK(stage.value("liuy", "transaction", order, "state") == "intent");
        stage.at("2026-03-08 09:00");
        stage.done("liuy",
                   "consent add 林晓 --customer 林晓 --capacity self --scope file --scope "
                   "personal --given-on 2026-03-08");
        CHECK(stage.office("liuy", "transaction confirm " + order).fate() == "intake.unproven");
        has_proof(stage, "林晓");
        stage.done("liuy", "transaction confirm " + order);
        CHECK(stage.value("liuy", "transaction", order, "state") == "confirmed");
        CHECK(status_of(stage, "林晓") == "cooperating");
        CHECK(stage.value("liuy", "customer", "林晓", "first_trade_on") == "2026-03-02");
        // The next order asks for neither again.
        stage.done("liuy", "transaction confirm " + intends(stage, "林晓"));
    }
    TEST_CASE("the service manager answers for an order confirmed before the proof is there") {
        Stage stage;
        has_person(stage, "林晓");
        const auto order = intends(stage, "林晓");
        stage.done("liuy", "consent add 林晓 --customer 林晓 --capacity self --scope file");
        CHECK(stage.office("liuy", "transaction confirm-unproven " + order + " --reason 急用")
                  .fate() == "access.denied");
        CHECK(stage.office("zhengh", "transaction confirm-unproven " + order).fate() ==
              "cli.usage");
        stage.done("zhengh", "transaction confirm-unproven " + order + " --reason 急用");
        CHECK(stage.value("liuy", "transaction", order, "state") == "confirmed");
    }
    TEST_CASE("lines give the amount of an order, and it is closed when all of it is paid") {
        Stage stage;
        has_person(stage, "林晓");
        const auto order = intends(stage, "林晓");
        stage.done("zhengh", "consent add 林晓 --customer 林晓 --capacity self --scope file");
        const auto line = stage.done("liuy", "transaction-line add 检测仪 --transaction " + order +
                                                 " --quantity 1 --amount-fen 12000");
        CHECK(stage.office("zhengh", "transaction confirm-unproven " + order + " --reason 急用")
                  .fate() == "intake.lines_differ");
        stage.done("liuy", "transaction-line edit " + line.at("id").get<std::string>() +
                               " --amount-fen 12500");
        stage.done("zhengh", "transaction confirm-unproven " + order + " --reason 急用");
        stage.done("liuy", "transaction deliver " + order);
        CHECK(stage.office("liuy", "transaction close " + order).fate() == "intake.unpaid");
        stage.done("liuy", "payment add --transaction " + order + " --amount-fen 12500");
        stage.done("liuy", "transaction close " + order);
        CHECK(stage.value("liuy", "transaction", order, "state") == "closed");
    }
    TEST_CASE("a supply contract is signed by the head of materials, on the day of its pair") {
        Stage stage;
        stage.done("luop",
                   "user add shent --name 沈涛 --department SC --region HD --clearance 2 "
                   "--role materials_head --superior xug");
        has_person(stage, "林晓");
        const auto contract = [&](std::string_view no, std::string_view more) {
            return "contract add " + std::string(no) + " --customer 林晓 " + std::string(more);
        };
        const auto day = std::string(
            " --signed-on 2026-02-20 --their-signer 林晓 --valid-from "
            "2026-02-20 --valid-to 2026-12-31");
        stage.done("liuy", contract("HT-1", "--kind supply" + day), "合同登记");
        CHECK(stage.office("liuy", "contract sign HT-1", "合同登记").fate() ==
              "intake.other_signer");
        stage.done("liuy",
                   contract("HT-2",
                            "--kind quality_assurance --our-signer-id shent "
                            "--pair-contract-id HT-1 --signed-on 2026-02-21 "
                            "--their-signer 林晓 --valid-from 2026-02-21"),
                   "合同登记");
        CHECK(stage.office("liuy", "contract sign HT-2", "合同登记").fate() ==
              "intake.pair_differs");
        stage.done("liuy", "contract edit HT-1 --our-signer-id shent", "合同登记");
        // Both ways: neither of the two is signed on a day of its own.
        CHECK(stage.office("liuy", "contract sign HT-1", "合同登记").fate() ==
              "intake.pair_differs");
        stage.done("liuy", "contract edit HT-2 --signed-on 2026-02-20", "合同登记");
        stage.done("liuy", "contract sign HT-1", "合同登记");
        CHECK(status_of(stage, "林晓") == "cooperating");
    }
    TEST_CASE("what is settled of an order takes nothing more, and payments are not the owner's") {
        Stage stage;
        has_person(stage, "林晓");
        stage.done("zhengh", "consent add 林晓 --customer 林晓 --capacity self --scope file");
        const auto order = intends(stage, "林晓");
        const std::string pay = "payment add --amount-fen 12500 --transaction ";
        const std::string line =
            "transaction-line add 检测仪 --quantity 1 --amount-fen 12500 --transaction " + order;
        CHECK(stage.office("lijg", pay + order).fate() == "access.denied");
        stage.done("zhengh", "transaction confirm-unproven " + order + " --reason 急用");
        CHECK(stage.office("liuy", line).fate() == "intake.fixed");
        stage.done("liuy", "transaction deliver " + order);
        const auto paid = stage.done("liuy", pay + order).at("id").get<std::string>();
        stage.done("liuy", "transaction close " + order);
        CHECK(stage.office("liuy", pay + order).fate() == "intake.fixed");
        CHECK(stage.office("liuy", "payment remove " + paid).fate() == "intake.fixed");
        // Another amount of what is over waits for somebody else.
        stage.done("liuy", "transaction edit " + order + " --amount-fen 1");
        CHECK(stage.value("liuy", "transaction", order, "amount_fen") == "1250000");
        CHECK(stage.done("zhengh", "proposal list").at(0).at("field") == "amount_fen");

        CHECK(stage.office("zhengh", "customer void 林晓 --reason 误建").fate() ==
              "intake.dealt_with");
    }
    TEST_CASE("a contract that was ended early was over on that day, not on the day it promised") {
        Stage stage;
        stage.at("2026-03-02 09:00");
        stage.done("luop",
                   "user add shent --name 沈涛 --department SC --region HD --clearance 2 "
                   "--role materials_head --superior xug");
        has_person(stage, "林晓");
        const auto typed = [&](std::string_view login, std::string_view line) {
            stage.done(login, line, "合同登记");
        };
        typed("liuy",
              "contract add HT-1 --customer 林晓 --kind supply --our-signer-id shent --signed-on "
              "2026-02-20 --their-signer 林晓 --valid-from 2026-02-20 --valid-to 2028-12-31");
        typed("liuy", "contract sign HT-1");
        stage.job("take_due_steps");
        stage.done("zhengh", "consent add 林晓 --customer 林晓 --capacity self --scope file");
        stage.done("zhengh",
                   "transaction confirm-unproven " + intends(stage, "林晓") + " --reason 急用");
        stage.at("2026-04-01 09:00");
        typed("zhengh", "contract terminate HT-1 --reason 双方同意");
        stage.at("2027-03-03 09:00");
        stage.job("restate_customers");
        CHECK(status_of(stage, "林晓") == "lost");
        CHECK(stage.value("liuy", "customer", "林晓", "lost_on") == "2027-03-02");
    }
    TEST_CASE("RP-12 each night says how a customer stands, and who is lost is asked why") {
        Stage stage;
        stage.at("2026-03-02 09:00");
        has_person(stage, "林晓");
        stage.job("restate_customers");
        CHECK(status_of(stage, "林晓") == "potential");
        stage.done("lijg", "communication add --customer 林晓 --purpose 回访 --content 好");
        stage.job("restate_customers");
        CHECK(status_of(stage, "林晓") == "followed");
        stage.done("liuy", "consent add 林晓 --customer 林晓 --capacity self --scope file");
        stage.done("zhengh",
                   "transaction confirm-unproven " + intends(stage, "林晓") + " --reason 急用");
        stage.at("2027-03-02 09:00");
        stage.job("restate_customers");
        CHECK(status_of(stage, "林晓") == "cooperating");
        stage.at("2027-03-03 09:00");
        stage.job("restate_customers");
        CHECK(status_of(stage, "林晓") == "lost");
        CHECK(stage.value("liuy", "customer", "林晓", "lost_on") == "2027-03-02");
        CHECK(stage.done("lijg", "task list").dump().find("流失原因") != std::string::npos);
    }
}
