#include "server/accounts/agreement.hpp"

#include <algorithm>
#include <array>

namespace dossier::server {
namespace {

using access::Role;

/// Who keeps or decides about files. Source: domain D-44.
constexpr std::array kBound{Role::ArchiveKeeper,  Role::InfoClerk,         Role::ServiceSupervisor,
                            Role::DeptManager,    Role::RegionalManager,   Role::MarketManager,
                            Role::ServiceManager, Role::MarketingDirector, Role::GeneralManager,
                            Role::SystemAdmin};

constexpr Agreement kAgreement{
    1,
    {"保密协议\n"
     "一、我在工作中接触到的客户档案、联系方式、价格、合同、信用和经营情况，均属公司秘密。\n"
     "二、我只为工作需要查阅，不抄录、拍摄、转发、带离，不向无权知悉的人透露。\n"
     "三、查阅机密内容时，我如实说明目的；我知道每次查阅、导出和修改都有记录。\n"
     "四、我的密码、验证码和终端只由我本人使用；丢失或疑被他人使用时，立即报告管理员。\n"
     "五、调岗或离职时交还全部资料，保密义务不因此终止。\n"
     "六、违反以上各条，我承担相应的纪律和法律责任。",
     "Agreement on secrecy\n"
     "1. Customer files, contacts, prices, contracts, credit and business that I come to know at "
     "work are secrets of the company.\n"
     "2. I read them for my work alone; I do not copy, photograph, forward or carry them away, nor "
     "tell them to anybody who may not know of them.\n"
     "3. When I read confidential content I state my purpose truly; I know that each reading, "
     "export and change is recorded.\n"
     "4. My password, my codes and my laptop are used by myself alone; if one is lost, or somebody "
     "else may have used it, I tell the administrator at once.\n"
     "5. When I change my post or leave, I give everything back; the duty of secrecy goes on.\n"
     "6. If I break any of this, I answer for it under the company's rules and the law."}};

}  // namespace

const Agreement& agreement() {
    return kAgreement;
}

Promise promise_of(Office& office, const UserId& user) {
    const auto given = office.store().agreement(user);
    if (given && given->edition >= kAgreement.edition) return Promise::Given;
    const auto& roles = office.people().viewer(user, office.now()).roles;
    const bool is_bound = std::ranges::any_of(roles, [](const auto& held) {
        return std::ranges::find(kBound, held.role) != kBound.end();
    });
    return is_bound ? Promise::Required : Promise::Asked;
}

void promise(Office& office, const UserId& user) {
    office.store().save_agreement({user, kAgreement.edition, office.now()});
    AuditLine line;
    line.at = office.now();
    line.user = user;
    line.action = "agree";
    line.entity = "agreement";
    line.record = user.as<RecordTag>();
    line.result = "ok";
    line.detail = "edition " + std::to_string(kAgreement.edition);
    office.store().append_audit(std::move(line));
}

}  // namespace dossier::server
