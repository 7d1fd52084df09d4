// Signing in, in two halves around the dear part: what a password is held against is read from the
// store, the password is tried elsewhere, and what comes of it is written down. Between them
// anything may change; what was tried is held against what is there then.
#pragma once

#include <optional>
#include <string>

#include "server/accounts/agreement.hpp"
#include "server/accounts/attempts.hpp"
#include "server/accounts/sign_ins.hpp"

namespace dossier::server {

inline constexpr Fault kSignInWrong{
    "session.wrong",
    ErrorCode::Unauthenticated,
    {"登录名、密码或验证码不对", "login, password or code is wrong"},
    {"检查后重试；忘记密码请管理员给一个重设链接",
     "check and try again; if you forgot it, ask the administrator "
     "for a link to set a new one"}};
inline constexpr Fault kNeedsCode{"session.needs_code",
                                  ErrorCode::Unauthenticated,
                                  {"还需要验证码", "a code is needed, too"},
                                  {"输入手机上的六位数字，或一个恢复码",
                                   "give the six digits of your phone, or a recovery code"}};
inline constexpr Fault kWaitFirst{"session.wait",
                                  ErrorCode::TooOften,
                                  {"失败次数较多，请过 {} 秒再试", "too many failures: wait {} s"},
                                  {"等候期间不会计入新的失败", "nothing is counted meanwhile"}};
inline constexpr Fault kNeedsAgreement{"session.needs_agreement",
                                       ErrorCode::Denied,
                                       {"须先签署保密协议", "the agreement on secrecy comes first"},
                                       {"阅读后同意", "read it and agree"}};

/// What somebody says of himself.
struct SaidWho {
    std::string login;
    std::string password;
    std::string code;            ///< empty = none given
    std::optional<bool> agrees;  ///< to the agreement; nothing = was not asked yet
    std::string address;         ///< of the connection
};

/// What the password is to be held against.
struct Tried {
    UserId user;           ///< none = there is nobody of this login
    std::string verifier;  ///< nobody's where there is none
};

/// Inside a unit that is committed also after an error. Counts the try. Errors: session.wait.
Result<Tried> begin_sign_in(Office& office, const SaidWho& said);
/// Likewise; `fits` = the password was that of `tried`. Errors: session.wrong, session.needs_code,
/// session.needs_agreement ("required" or "asked").
Result<NewSignIn> conclude_sign_in(Office& office,
                                   const SaidWho& said,
                                   const Tried& tried,
                                   bool fits);

/// A code of the phone, or a recovery code, which is spent by it. Inside the caller's unit.
bool takes_code(Office& office, const UserId& user, std::string_view typed);

}  // namespace dossier::server
