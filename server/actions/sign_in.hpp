// Who is signed in at a page of the office, for the shell that serves it: the dear part, trying a
// password, is done on the caller's thread and outside units of work, so none of this is called
// where others wait.
#pragma once

#include "server/accounts/sign_in.hpp"
#include "server/actions/action.hpp"

namespace dossier::server {

/// Somebody who is signed in, as his page shows him.
struct SignedIn {
    std::uint64_t number = 0;
    UserId user;
    std::string login;
    std::string name;
    std::vector<std::string> roles;  ///< codes
    std::string region;              ///< its name
    int clearance = 0;
    Instant ends_at;
    Need needs = Need::Nothing;
    std::uint64_t recovery_codes = 0;  ///< left of them
    bool has_factor = false;
    bool has_promised = false;  ///< the agreement
};

/// With the secret for the browser. Errors: those of begin_sign_in and conclude_sign_in.
Result<std::pair<SignedIn, std::string>> sign_in(Workplace& place, const SaidWho& said);
/// `token` = the browser's secret. Errors, also of all below: session.over.
Result<SignedIn> who_is_signed_in(Workplace& place, std::string_view token);
Status sign_out(Workplace& place, std::string_view token);
/// His own, newest first.
Result<std::vector<SignInRow>> own_sign_ins(Workplace& place, std::string_view token);
/// Errors: session.no_such.
Status end_own_sign_in(Workplace& place, std::string_view token, std::uint64_t number);

/// Errors: session.wrong (the old one), session.wait, password.short, password.common,
/// password.text.
Status change_password(Workplace& place,
                       std::string_view token,
                       std::string_view address,
                       std::string_view old_one,
                       std::string_view new_one);
/// By a link. Errors: session.link and those of a new password.
Status reset_password(Workplace& place, std::string_view link, std::string_view new_one);

struct OfferedFactor {
    std::string secret;  ///< as it is typed
    std::string uri;     ///< as it is drawn
};
/// Who has one says a code of it, or a recovery code. Errors: session.needs_code,
/// session.wrong_code, session.needs_password.
Result<OfferedFactor> offer_second_factor(Workplace& place,
                                          std::string_view token,
                                          std::string_view code);
/// The recovery codes. Errors: session.no_offer, session.wrong_code.
Result<std::vector<std::string>> confirm_second_factor(Workplace& place,
                                                       std::string_view token,
                                                       std::string_view code);

}  // namespace dossier::server
