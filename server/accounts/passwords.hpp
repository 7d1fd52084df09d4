// Passwords, links that reset them, and second factors: set, taken away, each noted in the audit.
// Whatever proves who somebody is ends, when it changes, what was begun with the former one.
#pragma once

#include <string>
#include <vector>

#include "server/office/office.hpp"

namespace dossier::server {

/// A link is good once and so long.
inline constexpr std::chrono::hours kLinkLasts{24};

inline constexpr Fault kUnknownLink{
    "session.link",
    ErrorCode::Denied,
    {"这个链接已用过、已过期或不完整", "this link was used, is over or is not whole"},
    {"请管理员再给一个", "ask the administrator for another"}};
inline constexpr Fault kNoOffer{"session.no_offer",
                                ErrorCode::Conflict,
                                {"还没有开始设置第二重验证", "no second factor was begun"},
                                {"从头开始设置", "begin anew"}};
inline constexpr Fault kWrongCode{"session.wrong_code",
                                  ErrorCode::Usage,
                                  {"验证码不对", "the code is wrong"},
                                  {"等手机显示下一个再输入；手机的时间应自动校准",
                                   "wait for the next one; let the phone set its clock by itself"}};

/// All of the below inside the caller's unit of work.
class Passwords {
  public:
    explicit Passwords(Office& office) : office_(office) {}

    /// By whom: himself, at once good; or somebody else, until he signs in and changes it. All his
    /// sign-ins end but `kept` (0 = all), and so does his link.
    void set(const UserId& user, std::string verifier, const UserId& by, std::uint64_t kept = 0);
    /// The secret of a link under which he may set one himself; the one before is good no more.
    std::string make_link(const UserId& user, const UserId& by);
    /// Whose link it is. Errors: session.link.
    Result<UserId> user_of_link(std::string_view secret);

    /// A secret to be confirmed by a code of it; shown this once.
    Bytes offer_factor(const UserId& user);
    /// From now on codes of it are asked for. Recovery codes, shown this once.
    /// Errors: session.no_offer, session.wrong_code.
    Result<std::vector<std::string>> confirm_factor(const UserId& user,
                                                    std::string_view code,
                                                    std::uint64_t kept);
    /// He signs in by his password alone until he has set another.
    void reset_factor(const UserId& user, const UserId& by);

  private:
    CredentialRow of(const UserId& user);
    void note(std::string_view action, const UserId& user, const UserId& by);

    Office& office_;
};

}  // namespace dossier::server
