// Which passwords are taken: long enough, and none that a guesser tries first. No rule about signs
// and digits, which only makes people write them down. Source: NIST SP 800-63B, 5.1.1.2.
#pragma once

#include <string>
#include <string_view>

#include "common/base/result.hpp"

namespace dossier::server {

inline constexpr std::size_t kPasswordCharactersMin = 10;
inline constexpr std::size_t kPasswordCharactersMax = 128;

inline constexpr Fault kShortPassword{
    "password.short",
    ErrorCode::Usage,
    {"密码应为 {} 到 {} 个字符", "a password has {} to {} characters"},
    {"用几个不相干的词连成一句", "join a few words that have nothing to do with each other"}};
inline constexpr Fault kCommonPassword{
    "password.common",
    ErrorCode::Usage,
    {"这个密码太常见，会最先被猜到", "this password is one of those that are guessed first"},
    {"不要用登录名、键盘顺序、重复或常见的词",
     "use no login, no row of the keyboard, nothing repeated and no common word alone"}};
inline constexpr Fault kPasswordText{
    "password.text",
    ErrorCode::Usage,
    {"密码含有不能使用的字符", "the password holds bytes that are no text"},
    {"换一个密码", "choose another"}};

/// The form in which passwords are compared. Errors: password.text.
Result<std::string> composed_password(std::string_view typed);
/// Of a composed one, for the person of this login. Errors: password.short, password.common.
Status check_password(std::string_view password, std::string_view login);

}  // namespace dossier::server
