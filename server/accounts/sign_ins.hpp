// Who is signed in: from the sign-in on for twelve hours, or until half an hour passes without a
// request. Kept in the store, so that it outlives the program; the browser's secret as a digest
// only.
#pragma once

#include <string>
#include <vector>

#include "server/office/office.hpp"

namespace dossier::server {

inline constexpr std::chrono::hours kSignInLasts{12};
inline constexpr std::chrono::minutes kSignInIdle{30};
/// How exactly it is kept when somebody was seen last: not every request is written down.
inline constexpr std::chrono::minutes kSeenEvery{1};

inline constexpr Fault kSignInOver{"session.over",
                                   ErrorCode::Unauthenticated,
                                   {"登录已结束", "you are not signed in any more"},
                                   {"重新登录", "sign in again"}};
inline constexpr Fault kNeedsPassword{
    "session.needs_password",
    ErrorCode::Denied,
    {"密码是别人设的，须先改成自己的", "your password was set by somebody else: change it first"},
    {"在登录后的页面上设置新密码", "set a new one on the page after signing in"}};
inline constexpr Fault kNeedsFactor{
    "session.needs_second_factor",
    ErrorCode::Denied,
    {"涉密等级 2 及以上须先设置第二重验证",
     "with a clearance of 2 or more a second factor comes first"},
    {"在登录后的页面上用手机扫码设置", "set one on the page after signing in, with your phone"}};
inline constexpr Fault kUnknownSignIn{"session.no_such",
                                      ErrorCode::NotFound,
                                      {"您没有这个登录", "that is no sign-in of yours"},
                                      {"刷新列表", "load the list again"}};

/// What comes before everything else.
enum class Need : std::uint8_t { Nothing, Password, SecondFactor };

/// A sign-in as it begins: the only time its secret is known here.
struct NewSignIn {
    SignInRow row;
    std::string token;
};

/// All of the below inside the caller's unit of work.
class SignIns {
  public:
    explicit SignIns(Office& office) : office_(office) {}

    NewSignIn begin(const UserId& user, std::string_view address);
    /// Who holds this secret, seen just now. One whose time is over, or whose user may not act any
    /// more, is ended. Errors: session.over.
    Result<SignInRow> find(const Digest& token);
    /// Whether it goes on, without being seen by it: a page that is only open keeps nobody signed
    /// in.
    bool goes_on(const Digest& token);
    /// What he has to do before anything else.
    Need need_of(const UserId& user);
    /// `find`, and that nothing comes first. Errors: session.over, session.needs_password,
    /// session.needs_second_factor.
    Result<SignInRow> find_ready(const Digest& token);
    /// Newest first.
    std::vector<SignInRow> of(const UserId& user);
    /// `why` is a word for the audit: "asked", "idle", "password".
    void end(const SignInRow& row, const UserId& by, std::string_view why);
    /// Ends one of his own. Errors: session.no_such for anybody else's.
    Status end_own(const UserId& user, std::uint64_t number);
    /// All of his but one.
    void end_others(const UserId& user, std::uint64_t but, const UserId& by, std::string_view why);
    /// Ends those whose time is over.
    void end_stale();

  private:
    [[nodiscard]] bool is_over(const SignInRow& row) const;

    Office& office_;
};

/// What is kept of a browser's secret.
Digest sign_in_digest(std::string_view token);

}  // namespace dossier::server
