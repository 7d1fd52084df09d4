#include "protocol/harmless.hpp"

#include <doctest/doctest.h>

namespace dossier::protocol {
namespace {

const std::string kHostile =
    "a\x1b[2J\xC2\x9B\xE2\x80\xAE"
    "b";
constexpr std::string_view kSafe = "a[2Jb";

template <class T>
T heard(T said) {
    Message message{std::move(said)};
    make_harmless(message);
    return std::get<T>(message);
}

TEST_SUITE("protocol/harmless") {
    TEST_CASE("words of the other side arrive without what could steer a terminal") {
        const auto refusal = heard(Refusal{kHostile, {kHostile}});
        CHECK(refusal.fault == kSafe);
        CHECK(refusal.args.front() == kSafe);
        CHECK(heard(Welcome{.notice = kHostile + "\n二"}).notice == std::string(kSafe) + "\n二");
        CHECK(heard(Enrolled{.device_code = kHostile}).device_code == kSafe);
        CHECK(heard(Enrolled{.user_name = kHostile}).user_name == kSafe);
        CHECK(heard(Enrol{.device_name = kHostile}).device_name == kSafe);
        CHECK(heard(Enrol{.app_version = kHostile}).app_version == kSafe);
        CHECK(heard(Hello{.app_version = kHostile}).app_version == kSafe);
        const merge::Verdict verdict{.reason = kHostile, .args = {kHostile}};
        const auto verdicts = heard(Verdicts{{{1, {verdict}}}});
        CHECK(verdicts.changesets.front().verdicts.front().reason == kSafe);
        CHECK(verdicts.changesets.front().verdicts.front().args.front() == kSafe);
    }

    TEST_CASE("of a value its author saw, what no door lets in is left out, all else stays") {
        merge::Changeset changeset{.reason = kHostile, .source = kHostile};
        changeset.ops.push_back({.base = {{20, kHostile}, {21, std::string("两\t行\n")}},
                                 .fields = {{20, kHostile}, {21, std::string("d")}}});
        const auto fields = changeset.ops.front().fields;
        make_harmless(changeset);
        CHECK(changeset.reason == kSafe);
        CHECK(changeset.source == kSafe);
        CHECK(changeset.ops.front().base ==
              FieldValues{{20, std::string(kSafe)}, {21, std::string("两\t行\n")}});
        CHECK(changeset.ops.front().fields == fields);  // the door refuses these itself, by name
    }
}

}  // namespace
}  // namespace dossier::protocol
