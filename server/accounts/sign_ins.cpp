#include "server/accounts/sign_ins.hpp"

namespace dossier::server {
namespace {

constexpr std::size_t kTokenBytes = 32;
constexpr int kFactorFrom = 2;  ///< clearance

AuditLine line_of(Office& office, std::string_view action, const SignInRow& row) {
    AuditLine line;
    line.at = office.now();
    line.user = row.user;
    line.action = action;
    line.entity = "sign_in";
    line.record = row.user.as<RecordTag>();
    line.result = "ok";
    line.detail = std::to_string(row.number);
    return line;
}

}  // namespace

NewSignIn SignIns::begin(const UserId& user, std::string_view address) {
    end_stale();
    std::array<std::uint8_t, kTokenBytes> secret{};
    office_.random().fill(secret);
    NewSignIn made{.row = {}, .token = to_hex(secret)};
    const Instant now = office_.now();
    made.row = {.token = sign_in_digest(made.token),
                .user = user,
                .began_at = now,
                .seen_at = now,
                .ends_at = now.plus(kSignInLasts),
                .address = std::string(address)};
    office_.store().save_sign_in(made.row);
    auto line = line_of(office_, "sign_in", made.row);
    line.detail += " " + made.row.address;
    office_.store().append_audit(std::move(line));
    return made;
}

bool SignIns::is_over(const SignInRow& row) const {
    const Instant now = office_.now();
    return now >= row.ends_at || merge::age(row.seen_at, now) >= kSignInIdle + kSeenEvery;
}

Result<SignInRow> SignIns::find(const Digest& token) {
    auto row = office_.store().sign_in(token);
    if (!row) return fail(kSignInOver);
    const Instant now = office_.now();
    if (is_over(*row)) {
        end(*row, UserId{}, "over");
        return fail(kSignInOver);
    }
    if (!office_.people().viewer(row->user, now).active) {
        end(*row, UserId{}, "disabled");
        return fail(kSignInOver);
    }
    if (merge::age(row->seen_at, now) >= kSeenEvery) {
        row->seen_at = now;
        office_.store().save_sign_in(*row);
    }
    return *row;
}

bool SignIns::goes_on(const Digest& token) {
    const auto row = office_.store().sign_in(token);
    return row && !is_over(*row) && office_.people().viewer(row->user, office_.now()).active;
}

Need SignIns::need_of(const UserId& user) {
    const auto credential = office_.store().credential(user);
    if (!credential || credential->is_temporary) return Need::Password;
    const bool is_cleared = office_.people().viewer(user, office_.now()).clearance >= kFactorFrom;
    return is_cleared && credential->factor.empty() ? Need::SecondFactor : Need::Nothing;
}

Result<SignInRow> SignIns::find_ready(const Digest& token) {
    auto row = find(token);
    if (!row) return row;
    const Need need = need_of(row->user);
    if (need == Need::Password) return fail(kNeedsPassword);
    if (need == Need::SecondFactor) return fail(kNeedsFactor);
    return row;
}

std::vector<SignInRow> SignIns::of(const UserId& user) {
    auto rows = office_.store().sign_ins(user);
    std::erase_if(rows, [&](const SignInRow& row) { return is_over(row); });
    return rows;
}

void SignIns::end(const SignInRow& row, const UserId& by, std::string_view why) {
    office_.store().end_sign_in(row.number);
    auto line = line_of(office_, "sign_out", row);
    line.user = by;
    line.detail += " " + std::string(why);
    office_.store().append_audit(std::move(line));
}

Status SignIns::end_own(const UserId& user, std::uint64_t number) {
    for (const SignInRow& row : office_.store().sign_ins(user)) {
        if (row.number != number) continue;
        end(row, user, "asked");
        return {};
    }
    return fail(kUnknownSignIn);
}

void SignIns::end_others(const UserId& user,
                         std::uint64_t but,
                         const UserId& by,
                         std::string_view why) {
    for (const SignInRow& row : office_.store().sign_ins(user)) {
        if (row.number != but) end(row, by, why);
    }
}

void SignIns::end_stale() {
    const Instant now = office_.now();
    const auto idle = std::chrono::milliseconds(kSignInIdle + kSeenEvery);
    for (const SignInRow& row : office_.store().stale_sign_ins(now, now.plus(-idle)))
        end(row, UserId{}, "over");
}

Digest sign_in_digest(std::string_view token) {
    return crypto::blake2b({bytes_of("dossier sign-in"), bytes_of(token)});
}

}  // namespace dossier::server
