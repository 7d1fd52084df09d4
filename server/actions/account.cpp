// How people sign in, as far as it is an administrator's business: a password for somebody, a link
// under which he sets one himself, a second factor taken away, and who has promised secrecy.
#include <algorithm>
#include <array>
#include <fstream>

#include "common/access/faults.hpp"
#include "common/catalog/organisation.hpp"
#include "common/crypto/password.hpp"

#include "server/accounts/agreement.hpp"
#include "server/accounts/password_rules.hpp"
#include "server/accounts/passwords.hpp"
#include "server/actions/tables.hpp"
#include "server/reading/find.hpp"
#include "server/reading/known.hpp"
#include "server/reading/rights.hpp"

namespace dossier::server {
namespace {

using catalog::kUser;

inline constexpr Fault kNoPassword{
    "password.none",
    ErrorCode::Usage,
    {"没有给出密码，或文件“{}”读不出第一行",
     "no password was given, or file '{}' has no first line"},
    {"在终端上输入，或用 {in:password-file} 指定文件",
     "type it at the terminal, or name a file with {in:password-file}"}};
inline constexpr Fault kOwnPassword{
    "password.own",
    ErrorCode::Denied,
    {"自己的密码须凭原密码修改", "your own password is changed by who knows the former one"},
    {"在“我的登录”里修改", "change it on the page of your own sign-ins"}};

/// Somebody else's, by who administers; at the machine also one's own.
Result<UserId> whose(Context& context) {
    auto user = find_user(context.office, context.inputs.text("login"));
    if (!user) return user;
    const bool is_own = *user == context.actor;
    if (is_own && context.sign_in == 0) return user;
    if (auto allowed = may_administer(context.office, context.actor); !allowed)
        return pass(allowed);
    if (is_own) return fail(kOwnPassword);
    return user;
}

/// Typed, or the first line of a file.
Result<std::string> typed_password(Context& context) {
    if (context.inputs.has("password")) return composed_password(context.inputs.text("password"));
    const auto& file = context.inputs.text("password-file");
    std::ifstream in(context.file(file));
    std::string line;
    if (file.empty() || !in || !std::getline(in, line)) return fail(kNoPassword, file);
    return composed_password(line);
}

std::string login_of(Context& context, const UserId& user) {
    const auto values = context.office.store().load(kUser.tag, user.as<RecordTag>());
    return values ? text_in(*values, kUser, "login") : std::string();
}

/// Outside units of work: it is dear on purpose.
Result<int> set_password(Context& context) {
    std::string login;
    Result<UserId> user = UserId{};
    context.place.in_unit([&] {
        user = whose(context);
        if (user) login = login_of(context, *user);
    });
    if (!user) return pass(user);
    auto password = typed_password(context);
    if (!password) return pass(password);
    if (auto fit = check_password(*password, login); !fit) return pass(fit);
    auto verifier = crypto::password_verifier(*password);
    context.place.in_unit([&] {
        context.office.people().forget();
        user = whose(context);
        if (user) Passwords(context.office).set(*user, std::move(verifier), context.actor);
    });
    if (!user) return pass(user);
    const bool is_own = *user == context.actor;
    context.answer.line(is_own ? Text{"已设置 {} 的密码", "the password of {} is set"}
                               : Text{"已设置 {} 的密码；首次登录时须改成自己的",
                                      "the password of {} is set; he has to change it when he "
                                      "signs in"},
                        {login});
    context.answer.document({{"login", login}, {"temporary", !is_own}});
    return 0;
}

Result<int> reset_link(Context& context) {
    if (auto allowed = may_administer(context.office, context.actor); !allowed)
        return pass(allowed);
    const auto user = find_user(context.office, context.inputs.text("login"));
    if (!user) return tl::unexpected(user.error());
    if (!context.office.people().viewer(*user, context.office.now()).active)
        return fail(access::kFaultInactive);
    const auto secret = Passwords(context.office).make_link(*user, context.actor);
    const auto path = "/reset#" + secret;
    const auto login = login_of(context, *user);
    const auto until = context.office.now().plus(kLinkLasts);
    context.answer.line({"{} 可凭此链接设置新密码，只能用一次，{} 前有效：\n{}",
                         "under this link {} sets a new password, once, until {}:\n{}"},
                        {login, office_minute(until), path});
    context.answer.document(
        {{"login", login}, {"path", path}, {"token", secret}, {"until", iso_utc(until)}});
    return 0;
}

Result<int> reset_factor(Context& context) {
    if (auto allowed = may_administer(context.office, context.actor); !allowed)
        return pass(allowed);
    const auto user = find_user(context.office, context.inputs.text("login"));
    if (!user) return tl::unexpected(user.error());
    Passwords(context.office).reset_factor(*user, context.actor);
    const auto login = login_of(context, *user);
    context.answer.line({"已取消 {} 的第二重验证，其登录已全部结束",
                         "{} has no second factor any more; all his sign-ins are ended"},
                        {login});
    context.answer.document({{"login", login}});
    return 0;
}

Result<int> agreements(Context& context) {
    if (auto allowed = may_administer(context.office, context.actor); !allowed)
        return pass(allowed);
    const auto say = [&](const Text& text) { return std::string(context.answer.in(text)); };
    action::Table table({say({"登录名", "Login"}), say({"姓名", "Name"}), say({"签署", "Signed"})});
    auto list = action::Json::array();
    for (const Listed& each : known_records(context.office, context.asker(), kUser)) {
        const auto user = each.id.as<UserTag>();
        if (!context.office.people().viewer(user, context.office.now()).active) continue;
        const auto given = context.office.store().agreement(user);
        const bool is_given = given && given->edition >= agreement().edition;
        const auto login = text_in(each.values, kUser, "login");
        const auto name = text_in(each.values, kUser, "name");
        table.row({login, name, is_given ? office_minute(given->at) : say({"未签", "not yet"})});
        list.push_back(
            {{"login", login},
             {"name", name},
             {"signed_at", is_given ? action::Json(iso_utc(given->at)) : action::Json()}});
    }
    context.answer.table(std::move(table));
    context.answer.document(std::move(list));
    return 0;
}

constexpr Input kLogin{"LOGIN", "", {"登录名", "login"}, Give::Required};
constexpr std::array kOne{kLogin};
constexpr std::array kPassword{
    kLogin,
    Input{"password-file",
          "FILE",
          {"密码所在文件（第一行），不写则在终端上输入",
           "file with the password in its first line; else it is typed at the terminal"},
          Give::Optional,
          0,
          nullptr,
          Means::FileRead},
    Input{"password", "TEXT", {"密码：", "Password: "}, Give::Optional, 0, nullptr, Means::Secret}};

constexpr std::array kAccountActions{
    Action{"user password",
           {"设置用户的登录密码", "set the password somebody signs in with"},
           "dossierd user password lijg --password-file 初始密码.txt",
           kPassword,
           Actor::Administrator,
           Runs::OnStore,
           set_password},
    Action{"user reset-link",
           {"给用户一个自己设置密码的一次性链接",
            "give somebody a link under which he sets his password, once"},
           "dossierd user reset-link lijg",
           kOne,
           Actor::Administrator,
           Runs::InUnit,
           reset_link},
    Action{"user reset-2fa",
           {"取消用户的第二重验证（手机丢失时）",
            "take away somebody's second factor, when his phone is lost"},
           "dossierd user reset-2fa lijg",
           kOne,
           Actor::Administrator,
           Runs::AtOnce,
           reset_factor},
    Action{"user agreements",
           {"谁签了保密协议", "who has signed the agreement on secrecy"},
           "dossierd user agreements",
           {},
           Actor::Administrator,
           Runs::InUnit,
           agreements,
           Does::Reads},
};

}  // namespace

std::span<const Action> account_actions() {
    return kAccountActions;
}

}  // namespace dossier::server
