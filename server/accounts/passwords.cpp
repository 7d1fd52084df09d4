#include "server/accounts/passwords.hpp"

#include "server/accounts/one_time_code.hpp"
#include "server/accounts/sign_ins.hpp"

namespace dossier::server {
namespace {

constexpr std::size_t kLinkBytes = 20;

Digest link_digest(std::string_view secret) {
    return crypto::blake2b({bytes_of("dossier reset link"), bytes_of(secret)});
}

}  // namespace

CredentialRow Passwords::of(const UserId& user) {
    return office_.store().credential(user).value_or(CredentialRow{.user = user});
}

void Passwords::note(std::string_view action, const UserId& user, const UserId& by) {
    AuditLine line;
    line.at = office_.now();
    line.user = by;
    line.action = action;
    line.entity = "user";
    line.record = user.as<RecordTag>();
    line.result = "ok";
    office_.store().append_audit(std::move(line));
}

void Passwords::set(const UserId& user,
                    std::string verifier,
                    const UserId& by,
                    std::uint64_t kept) {
    auto row = of(user);
    row.password = std::move(verifier);
    row.is_temporary = by != user;
    row.link = {};
    row.link_until = {};
    office_.store().save_credential(row);
    note("password", user, by);
    SignIns(office_).end_others(user, kept, by, "password");
}

std::string Passwords::make_link(const UserId& user, const UserId& by) {
    std::array<std::uint8_t, kLinkBytes> bytes{};
    office_.random().fill(bytes);
    std::string secret = to_hex(bytes);
    auto row = of(user);
    row.link = link_digest(secret);
    row.link_until = office_.now().plus(kLinkLasts);
    office_.store().save_credential(row);
    note("reset_link", user, by);
    return secret;
}

Result<UserId> Passwords::user_of_link(std::string_view secret) {
    const auto row = office_.store().credential_by_link(link_digest(secret));
    if (!row) return fail(kUnknownLink);
    // One that is good for longer was given while the office's clock ran ahead.
    const auto left = merge::age(office_.now(), row->link_until);
    const bool is_good = left.count() > 0 && left <= kLinkLasts &&
                         office_.people().viewer(row->user, office_.now()).active;
    if (!is_good) return fail(kUnknownLink);
    return row->user;
}

Bytes Passwords::offer_factor(const UserId& user) {
    auto row = of(user);
    row.offered_factor = make_code_secret(office_.random());
    office_.store().save_credential(row);
    return row.offered_factor;
}

Result<std::vector<std::string>> Passwords::confirm_factor(const UserId& user,
                                                           std::string_view code,
                                                           std::uint64_t kept) {
    auto row = of(user);
    if (row.offered_factor.empty()) return fail(kNoOffer);
    const auto step = step_of_code(row.offered_factor, code, office_.now(), 0);
    if (!step) return fail(kWrongCode);
    row.factor = std::exchange(row.offered_factor, {});
    row.last_step = *step;
    office_.store().save_credential(row);
    auto codes = make_recovery_codes(office_.random());
    std::vector<Digest> digests;
    for (const auto& each : codes) digests.push_back(digest_of_recovery_code(each).value());
    office_.store().set_recovery_codes(user, digests);
    note("second_factor", user, user);
    SignIns(office_).end_others(user, kept, user, "second_factor");
    return codes;
}

void Passwords::reset_factor(const UserId& user, const UserId& by) {
    auto row = of(user);
    row.factor.clear();
    row.offered_factor.clear();
    office_.store().save_credential(row);
    office_.store().set_recovery_codes(user, {});
    note("reset_second_factor", user, by);
    SignIns(office_).end_others(user, 0, by, "second_factor");
}

}  // namespace dossier::server
