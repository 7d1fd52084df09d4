#include "server/accounts/sign_in.hpp"

#include "common/crypto/password.hpp"

#include "server/accounts/one_time_code.hpp"

namespace dossier::server {
namespace {

void note_failure(Office& office, const UserId& user, const SaidWho& said, std::string_view why) {
    AuditLine line;
    line.at = office.now();
    line.user = user;
    line.action = "sign_in";
    line.entity = "sign_in";
    line.record = user.as<RecordTag>();
    line.result = "denied";
    line.detail = std::string(why) + " " + said.address;
    office.store().append_audit(std::move(line));
}

/// Nobody of this name, without a password and disabled are told from a wrong one by nobody.
std::optional<CredentialRow> credential_of(Office& office, const UserId& user) {
    if (user.is_none() || !office.people().viewer(user, office.now()).active) return std::nullopt;
    auto row = office.store().credential(user);
    if (!row || row->password.empty()) return std::nullopt;
    return row;
}

}  // namespace

Result<Tried> begin_sign_in(Office& office, const SaidWho& said) {
    office.people().forget();
    Attempts attempts(office, said.login, said.address);
    if (const auto wait = attempts.wait(); wait.count() > 0)
        return fail(kWaitFirst, std::to_string(wait.count()));
    attempts.count();
    const auto user = office.people().user_by_login(said.login).value_or(UserId{});
    const auto credential = credential_of(office, user);
    if (!credential) return Tried{user, crypto::nobodys_verifier()};
    return Tried{user, credential->password};
}

bool takes_code(Office& office, const UserId& user, std::string_view typed) {
    auto row = office.store().credential(user);
    if (!row || row->factor.empty()) return false;
    if (const auto step = step_of_code(row->factor, typed, office.now(), row->last_step)) {
        row->last_step = *step;
        office.store().save_credential(*row);
        return true;
    }
    const auto digest = digest_of_recovery_code(typed);
    return digest && office.store().spend_recovery_code(user, *digest);
}

Result<NewSignIn> conclude_sign_in(Office& office,
                                   const SaidWho& said,
                                   const Tried& tried,
                                   bool fits) {
    office.people().forget();
    const auto credential = credential_of(office, tried.user);
    if (!fits || !credential || credential->password != tried.verifier) {
        note_failure(office, tried.user, said, "password");
        return fail(kSignInWrong);
    }
    Attempts attempts(office, said.login, said.address);
    const Promise promised = promise_of(office, tried.user);
    const bool lacks_code = !credential->factor.empty() && said.code.empty();
    const bool may_skip = promised == Promise::Asked && said.agrees.has_value();
    const bool lacks_promise =
        promised != Promise::Given && !said.agrees.value_or(false) && !may_skip;
    if (lacks_code) {
        attempts.take_back();
        return fail(kNeedsCode);
    }
    // Asked before the code is taken, which is good only once.
    if (lacks_promise) {
        attempts.take_back();
        return fail(kNeedsAgreement, promised == Promise::Required ? "required" : "asked");
    }
    if (!credential->factor.empty() && !takes_code(office, tried.user, said.code)) {
        note_failure(office, tried.user, said, "code");
        return fail(kSignInWrong);
    }
    attempts.welcome();
    if (promised != Promise::Given && said.agrees.value_or(false)) promise(office, tried.user);
    return SignIns(office).begin(tried.user, said.address);
}

}  // namespace dossier::server
