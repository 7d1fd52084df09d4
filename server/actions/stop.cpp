// Laptops that are stopped, lost, wiped or recovered.
#include <array>
#include <fstream>
#include <map>

#include "common/access/faults.hpp"
#include "common/action/answer.hpp"
#include "common/catalog/catalog.hpp"
#include "common/content/files.hpp"

#include "server/accounts/devices.hpp"
#include "server/actions/names.hpp"
#include "server/actions/shared_inputs.hpp"
#include "server/actions/tables.hpp"
#include "server/reading/find.hpp"
#include "server/sync/recover.hpp"

namespace dossier::server {
namespace {

using protocol::DeviceState;

Text wipe_word(const DeviceRow& row) {
    switch (row.wipe) {
        case WipeState::Ordered:
            return {"已下令，等终端下次连接执行", "ordered, carried out at its next contact"};
        case WipeState::Done:
            return {"终端已报告清除完毕", "the laptop reported that it is wiped"};
        case WipeState::None:
            break;
    }
    return {"无", "none"};
}

std::string_view wipe_code(const DeviceRow& row) {
    static constexpr std::array<std::string_view, 3> kWords{"none", "ordered", "done"};
    return kWords[static_cast<std::size_t>(row.wipe)];
}

std::string minute_or_dash(Instant at) {
    return at.ms == 0 ? "-" : office_minute(at);
}

std::size_t waiting_of(Context& context, const DeviceId& device) {
    std::size_t count = 0;
    for (const auto& row : context.office.store().withheld()) count += row.device == device ? 1 : 0;
    return count;
}

int show_row(Context& context, const DeviceRow& row) {
    auto& answer = context.answer;
    const auto state = static_cast<DeviceState>(row.state);
    const auto waiting = waiting_of(context, row.device);
    answer.document(
        {{"code", row.code},
         {"user", person_name(context.office, context.asker(), row.user)},
         {"state", std::string(state_word(state))},
         {"stopped_at",
          row.stopped_at.ms == 0 ? action::Json() : action::Json(iso_utc(row.stopped_at))},
         {"wipe", std::string(wipe_code(row))},
         {"wiped_at", row.wiped_at.ms == 0 ? action::Json() : action::Json(iso_utc(row.wiped_at))},
         {"applied", row.applied_oseq},
         {"held", waiting}});
    const auto say = [&](const Text& text) { return std::string(answer.in(text)); };
    answer.facts({{say({"终端", "Device"}), row.code},
                  {say({"使用人", "User"}), person_name(context.office, context.asker(), row.user)},
                  {say({"状态", "State"}), say(device_state(state))},
                  {say({"停用时间", "Stopped"}), minute_or_dash(row.stopped_at)},
                  {say({"最近同步", "Last sync"}), minute_or_dash(row.last_session)},
                  {say({"已收变更", "Changes received"}), std::to_string(row.applied_oseq)},
                  {say({"暂存待定", "Held for a decision"}), std::to_string(waiting)},
                  {say({"清除", "Wipe"}), say(wipe_word(row))},
                  {say({"清除报告", "Wipe reported"}), minute_or_dash(row.wiped_at)}});
    return 0;
}

/// The device as it is after `change`. Which devices there are is the administrator's to know.
template <class Change>
Result<int> changed(Context& context, Change change) {
    if (auto allowed = may_administer(context.office, context.actor); !allowed)
        return pass(allowed);
    Devices devices(context.office);
    const auto row = devices.find(context.inputs.text("code"));
    if (!row) return tl::unexpected(row.error());
    if (auto done = change(devices, row->device); !done) return pass(done);
    return show_row(context, context.office.store().device(row->device).value_or(*row));
}

Result<int> device_show(Context& context) {
    return changed(context, [](Devices&, const DeviceId&) { return Status{}; });
}
Result<int> suspend(Context& context) {
    return changed(context, [&](Devices& devices, const DeviceId& device) {
        return devices.stop(context.actor, device, DeviceState::Suspended);
    });
}
Result<int> resume(Context& context) {
    return changed(context, [&](Devices& devices, const DeviceId& device) {
        return devices.approve(context.actor, device);
    });
}
Result<int> lost(Context& context) {
    return changed(context, [&](Devices& devices, const DeviceId& device) {
        return devices.stop(context.actor, device, DeviceState::Lost);
    });
}
Result<int> wipe(Context& context) {
    return changed(context, [&](Devices& devices, const DeviceId& device) {
        return devices.wipe(context.actor, device);
    });
}

Status audit_recovery(Context& context, const DeviceRow& row, std::string_view detail) {
    AuditLine line;
    line.at = context.office.now();
    line.user = context.actor;
    line.device = row.device;
    line.action = "recover";
    line.entity = "device";
    line.record = row.device.as<RecordTag>();
    line.purpose = context.purpose;
    line.result = "ok";
    line.detail = detail;
    context.office.store().append_audit(std::move(line));
    return {};
}

Status new_passphrase(Context& context, const OfficeKeys& keys, const std::string& folder) {
    const auto path = context.file(context.inputs.text("new-passphrase-file"));
    if (auto ordinary = content::Source::open(path); !ordinary) return pass(ordinary);
    std::ifstream in(path);
    std::string line;
    if (!in || !std::getline(in, line)) return fail(kShortPassphrase);
    auto done = set_passphrase(folder, keys, line, context.office.random());
    crypto::wipe({reinterpret_cast<std::uint8_t*>(line.data()), line.size()});
    return done;
}

/// "applied 4, late 1": what became of the work.
std::string summary(Context& context, const std::vector<protocol::ChangesetVerdict>& verdicts) {
    std::map<merge::VerdictKind, std::size_t> counts;
    for (const auto& changeset : verdicts) {
        for (const auto& verdict : changeset.verdicts) ++counts[verdict.kind];
    }
    std::string text;
    for (const auto& [kind, count] : counts)
        text += (text.empty() ? "" : ", ") + std::string(context.answer.in(verdict_name(kind))) +
                " " + std::to_string(count);
    return text.empty() ? "-" : text;
}

void tell_recovered(Context& context, const DeviceRow& row, const Recovered& done) {
    context.answer.line(
        {"从终端 {} 的拷贝取出并提交 {} 次未上传的修改：{}",
         "out of the copy of device {}: {} unsent changes went through the door: {}"},
        {row.code, std::to_string(done.verdicts.size()), summary(context, done.verdicts)});
    if (done.branched)
        context.answer.line(Text{"此拷贝与办公室的记录分了叉：两边的内容都已保留，审计中记为 fork",
                                 "this copy had branched off: everything on both sides was kept, "
                                 "the audit calls it fork"});
    if (done.contents + done.contents_left > 0)
        context.answer.line(
            {"附件内容：取出 {} 个，未取 {} 个", "contents of attachments: {} taken, {} left"},
            {std::to_string(done.contents), std::to_string(done.contents_left)});
}

/// The device whose copy this is. One this office had and forgot, because it was set back to a
/// backup, is here again from now on, suspended: it may bring its work and gets nothing.
/// Errors: device.unknown, device.other_copy.
Result<DeviceRow> device_of(Context& context, LaptopCopy& copy, const std::string& folder) {
    const auto& code = context.inputs.text("code");
    const auto was = copy.identity();
    if (auto row = context.office.store().device(was.device)) {
        if (row->code == code || to_text(row->device) == code) return *row;
        return fail(kOtherLaptop, folder, code);
    }
    if (was.device_code != code && to_text(was.device) != code)
        return fail(kOtherLaptop, folder, code);
    const auto place = context.office.store().place(was.user.as<RecordTag>());
    if (was.device.is_none() || !place || !catalog::acts(place->kind))
        return fail(kUnknownDevice, code);
    auto row = Devices(context.office)
                   .add({.device = was.device,
                         .user = was.user,
                         .code = was.device_code,
                         .public_key = was.public_key,
                         .state = DeviceState::Suspended,
                         .note = context.purpose});
    if (row)
        context.answer.note({"办公室恢复备份后不认识此终端，已重新收下为 {}（暂停）",
                             "the office had forgotten this laptop after a restore: it is known "
                             "again as {}, suspended"},
                            {row->code});
    return row;
}

Result<int> recover(Context& context) {
    if (auto allowed = may_administer(context.office, context.actor); !allowed)
        return pass(allowed);
    constexpr std::size_t kPurposeMin = 4;
    if (character_count(context.purpose) < kPurposeMin) return fail(access::kFaultPurposeNeeded);
    const auto keys = load_office_keys(context.office.store());
    if (!keys) return tl::unexpected(keys.error());
    const std::string folder = context.file(context.inputs.text("folder"));
    auto copy = LaptopCopy::open(folder, *keys, context.office.random());
    if (!copy) return tl::unexpected(copy.error());
    auto row = device_of(context, **copy, folder);
    if (!row) return pass(row);
    BatchCache batches;
    const auto done = bring_unsent({context.office, *keys, batches}, **copy);
    if (!done) return tl::unexpected(done.error());
    copy->reset();  // the key slots are its own again
    const auto& verdicts = done->verdicts;
    const bool renew = context.inputs.has("new-passphrase-file");
    if (renew) {
        if (auto set = new_passphrase(context, *keys, folder); !set) return pass(set);
    }
    audit_recovery(context, *row,
                   std::to_string(verdicts.size()) + "/" + std::to_string(done->contents) +
                       (done->branched ? " fork" : "") + (renew ? " passphrase" : ""));
    tell_recovered(context, *row, *done);
    if (renew)
        context.answer.line({"已设置新口令：把 {}/dossier.keys 拷回终端",
                             "a new passphrase is set: copy {}/dossier.keys back to the laptop"},
                            {folder});
    context.answer.document({{"code", row->code},
                             {"brought", verdicts.size()},
                             {"branched", done->branched},
                             {"contents", done->contents},
                             {"contents_left", done->contents_left},
                             {"new_passphrase", renew}});
    return 0;
}

constexpr std::array kRecover{
    kDeviceCode,
    Input{"FOLDER", "", {"终端目录的拷贝", "a copy of the laptop's folder"}, Give::Required},
    Input{"new-passphrase-file",
          "FILE",
          {"新口令所在文件（第一行）", "file with a new passphrase in its first line"},
          Give::Optional,
          0,
          nullptr,
          Means::FileRead},
};

constexpr std::array kStopActions{
    Action{"device show",
           {"查看终端状态、清除进度", "state of a laptop, and of its wipe"},
           "dossierd device show N07",
           kOneDevice,
           Actor::Administrator,
           Runs::InUnit,
           device_show,
           Does::Reads},
    Action{"device suspend",
           {"暂停终端：可上传，收不到资料", "a laptop may bring its work and gets nothing"},
           "dossierd device suspend N07",
           kOneDevice,
           Actor::Administrator,
           Runs::AtOnce,
           suspend},
    Action{"device resume",
           {"恢复已暂停的终端", "let a suspended laptop sync again"},
           "dossierd device resume N07",
           kOneDevice,
           Actor::Administrator,
           Runs::InUnit,
           resume},
    Action{"device lost",
           {"报失：内容人工处理，下次连接时清除",
            "lost or stolen: what it brings waits for a person, it is wiped at its next contact"},
           "dossierd device lost N07",
           kOneDevice,
           Actor::Administrator,
           Runs::AtOnce,
           lost},
    Action{
        "device wipe",
        {"下次连接时先收内容再清除终端", "at its next contact it brings its work, then is wiped"},
        "dossierd device wipe N07",
        kOneDevice,
        Actor::Administrator,
        Runs::AtOnce,
        wipe},
    Action{"device recover",
           {"用办公室恢复密钥打开终端拷贝：取出未上传内容，或重设口令",
            "open a copy of a laptop with the office's recovery key: take out its unsent work, set "
            "a new passphrase"},
           "dossierd device recover N07 /media/n07 --purpose 员工离职交接",
           kRecover,
           Actor::Administrator,
           Runs::InUnit,
           recover,
           Does::Machine},
};

}  // namespace

std::span<const Action> stop_actions() {
    return kStopActions;
}

}  // namespace dossier::server
