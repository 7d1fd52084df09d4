#include "server/actions/sign_in.hpp"

#include "common/catalog/organisation.hpp"
#include "common/crypto/password.hpp"

#include "server/accounts/one_time_code.hpp"
#include "server/accounts/password_rules.hpp"
#include "server/accounts/passwords.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

using catalog::kUser;

/// `work` inside a unit of work, whatever it says committed; what it gives.
template <class Work>
auto in_unit(Workplace& place, Work work) {
    std::optional<decltype(work())> made;
    place.in_unit([&] {
        place.office.people().forget();
        made.emplace(work());
    });
    return std::move(*made);
}

/// The same for who holds the secret: `work(row)`.
template <class Work>
auto as_signed_in(Workplace& place, std::string_view token, Work work) {
    using Made = decltype(work(SignInRow{}));
    return in_unit(place, [&]() -> Made {
        auto row = SignIns(place.office).find(sign_in_digest(token));
        if (!row) return tl::unexpected(row.error());
        return work(*row);
    });
}

FieldValues user_values(Office& office, const UserId& user) {
    return office.store().load(kUser.tag, user.as<RecordTag>()).value_or(FieldValues{});
}

SignedIn facts_of(Office& office, const SignInRow& row) {
    const auto values = user_values(office, row.user);
    const auto& viewer = office.people().viewer(row.user, office.now());
    const auto credential = office.store().credential(row.user).value_or(CredentialRow{});
    const Asker asker{row.user, {}, Lang::Zh};
    SignedIn facts{.number = row.number,
                   .user = row.user,
                   .login = text_in(values, kUser, "login"),
                   .name = text_in(values, kUser, "name"),
                   .roles = {},
                   .region = title_of(office, asker, viewer.region),
                   .clearance = viewer.clearance,
                   .ends_at = row.ends_at,
                   .needs = SignIns(office).need_of(row.user),
                   .recovery_codes = office.store().recovery_codes_left(row.user),
                   .has_factor = !credential.factor.empty(),
                   .has_promised = promise_of(office, row.user) == Promise::Given};
    for (const auto& held : viewer.roles) facts.roles.emplace_back(access::facts(held.role).code);
    return facts;
}

/// One that may be kept, tried and made here. Errors: those of a new password.
Result<std::string> verifier_of(std::string_view typed, std::string_view login) {
    auto password = composed_password(typed);
    if (!password) return pass(password);
    if (auto fit = check_password(*password, login); !fit) return pass(fit);
    return crypto::password_verifier(*password);
}

}  // namespace

Result<std::pair<SignedIn, std::string>> sign_in(Workplace& place, const SaidWho& said) {
    const auto tried = in_unit(place, [&] { return begin_sign_in(place.office, said); });
    if (!tried) return tl::unexpected(tried.error());
    const auto password = composed_password(said.password);
    const bool fits = crypto::is_password(tried->verifier, password ? *password : "");
    using Made = Result<std::pair<SignedIn, std::string>>;
    return in_unit(place, [&]() -> Made {
        auto made = conclude_sign_in(place.office, said, *tried, fits && password);
        if (!made) return pass(made);
        return std::pair{facts_of(place.office, made->row), made->token};
    });
}

Result<SignedIn> who_is_signed_in(Workplace& place, std::string_view token) {
    return as_signed_in(place, token, [&](const SignInRow& row) -> Result<SignedIn> {
        return facts_of(place.office, row);
    });
}

Status sign_out(Workplace& place, std::string_view token) {
    return as_signed_in(place, token, [&](const SignInRow& row) -> Status {
        SignIns(place.office).end(row, row.user, "asked");
        return {};
    });
}

Result<std::vector<SignInRow>> own_sign_ins(Workplace& place, std::string_view token) {
    using Made = Result<std::vector<SignInRow>>;
    return as_signed_in(place, token, [&](const SignInRow& row) -> Made {
        return SignIns(place.office).of(row.user);
    });
}

Status end_own_sign_in(Workplace& place, std::string_view token, std::uint64_t number) {
    return as_signed_in(place, token, [&](const SignInRow& row) -> Status {
        return SignIns(place.office).end_own(row.user, number);
    });
}

Status change_password(Workplace& place,
                       std::string_view token,
                       std::string_view address,
                       std::string_view old_one,
                       std::string_view new_one) {
    std::string login;
    const auto tried = as_signed_in(place, token, [&](const SignInRow& row) -> Result<Tried> {
        login = text_in(user_values(place.office, row.user), kUser, "login");
        return begin_sign_in(place.office, {.login = login, .address = std::string(address)});
    });
    if (!tried) return tl::unexpected(tried.error());
    const auto old_password = composed_password(old_one);
    if (!old_password || !crypto::is_password(tried->verifier, *old_password))
        return fail(kSignInWrong);
    auto verifier = verifier_of(new_one, login);
    return as_signed_in(place, token, [&](const SignInRow& row) -> Status {
        Attempts(place.office, login, address).take_back();
        if (!verifier) return tl::unexpected(verifier.error());
        Passwords(place.office).set(row.user, std::move(*verifier), row.user, row.number);
        return {};
    });
}

Status reset_password(Workplace& place, std::string_view link, std::string_view new_one) {
    std::string login;
    const auto whose = [&]() -> Result<UserId> {
        auto user = Passwords(place.office).user_of_link(link);
        if (user) login = text_in(user_values(place.office, *user), kUser, "login");
        return user;
    };
    if (const auto user = in_unit(place, whose); !user) return tl::unexpected(user.error());
    auto verifier = verifier_of(new_one, login);
    if (!verifier) return pass(verifier);
    return in_unit(place, [&]() -> Status {
        const auto user = whose();
        if (!user) return tl::unexpected(user.error());
        Passwords(place.office).set(*user, std::move(*verifier), *user);
        return {};
    });
}

Result<OfferedFactor> offer_second_factor(Workplace& place,
                                          std::string_view token,
                                          std::string_view code) {
    return as_signed_in(place, token, [&](const SignInRow& row) -> Result<OfferedFactor> {
        if (SignIns(place.office).need_of(row.user) == Need::Password) return fail(kNeedsPassword);
        const auto held = place.office.store().credential(row.user).value_or(CredentialRow{});
        if (!held.factor.empty() && code.empty()) return fail(kNeedsCode);
        if (!held.factor.empty() && !takes_code(place.office, row.user, code))
            return fail(kWrongCode);
        const auto secret = Passwords(place.office).offer_factor(row.user);
        const auto login = text_in(user_values(place.office, row.user), kUser, "login");
        return OfferedFactor{written_secret(secret), code_uri(secret, login)};
    });
}

Result<std::vector<std::string>> confirm_second_factor(Workplace& place,
                                                       std::string_view token,
                                                       std::string_view code) {
    using Made = Result<std::vector<std::string>>;
    return as_signed_in(place, token, [&](const SignInRow& row) -> Made {
        return Passwords(place.office).confirm_factor(row.user, code, row.number);
    });
}

}  // namespace dossier::server
