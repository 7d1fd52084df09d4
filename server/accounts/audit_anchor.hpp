// Anchors: the end of the audit at one moment, signed by the office, to be kept where the office's
// disk is not. Held against the audit later they show whether its end was cut or rewritten since.
#pragma once

#include "common/base/result.hpp"
#include "common/crypto/sign.hpp"

#include "server/office/office.hpp"

namespace dossier::server {

inline constexpr Fault kChainBroken{
    "audit.chain_broken",
    ErrorCode::Corrupt,
    {"审计记录自第 {} 条起不再相连", "the audit log does not hold together from line {} on"},
    {"有人改动或删除了记录：保留现有文件，与备份对照",
     "somebody changed or removed lines: keep the files and compare with a backup"}};
inline constexpr Fault kAuditCut{
    "audit.cut",
    ErrorCode::Corrupt,
    {"审计记录到第 {} 条为止，而锚记有第 {} 条：末尾被截去",
     "the audit ends at line {}, but the anchor is of line {}: its end was cut off"},
    {"保留现有文件，与锚之后的备份对照", "keep the files and compare with a backup of after it"}};
inline constexpr Fault kAuditRewritten{
    "audit.rewritten",
    ErrorCode::Corrupt,
    {"审计记录第 {} 条与锚不符：第 {} 条之后被改写",
     "line {} of the audit is not that of the anchor: what follows line {} was rewritten"},
    {"保留现有文件，与锚之后的备份对照", "keep the files and compare with a backup of after it"}};
inline constexpr Fault kHeadUnknown{
    "audit.head_unknown",
    ErrorCode::Corrupt,
    {"审计记录共 {} 条，没有一条是 {}：末尾被截去或改写，或数据曾由备份恢复",
     "none of the {} lines of the audit is {}: its end was cut off or rewritten, or the data were "
     "restored from a backup"},
    {"用 {do:audit.list} 查找 restore 记录；没有恢复过则与备份对照",
     "look for a line \"restore\" in {do:audit.list}; if there was none, compare with a backup"}};
inline constexpr Fault kNotAnAnchor{
    "audit.not_an_anchor",
    ErrorCode::Usage,
    {"“{}”不是审计锚或末条", "\"{}\" is neither an anchor nor the head of an audit"},
    {"写 {do:audit.anchor} 打印的一行、其文件名，或末条的至少 16 位十六进制数字",
     "give a line that {do:audit.anchor} printed, a file of them, or at least 16 hexadecimal "
     "digits of a head"}};
inline constexpr Fault kAnchorOfOther{
    "audit.anchor_of_other",
    ErrorCode::Denied,
    {"第 {} 条的锚不是本办公室签的", "the anchor of line {} was not signed by this office"},
    {"核对锚的来源", "see where the anchor comes from"}};

struct Anchor {
    AuditEnd end;  ///< number of lines, hash of the last
    Instant at;
    crypto::VerifyKey key{};
    crypto::Signature signature{};
};

/// Of the end of the audit as it is now; kept as the last one made. Inside a unit of work.
Anchor make_anchor(Office& office);
/// The last one made; none = never. Inside a unit of work.
std::optional<Anchor> last_anchor(Store& store);
/// One word: "dossier-anchor:1:LINES:HEAD:TIME:KEY:SIGNATURE".
std::string to_text(const Anchor& anchor);
/// Errors: nullopt for what `to_text` would not write. Says nothing of the signature.
std::optional<Anchor> anchor_from(std::string_view text);

/// The audit, line by line from the first.
struct AuditWalk {
    AuditEnd end;
    /// Where these data were set back: the numbers of the lines that say so, and when.
    std::vector<std::pair<std::uint64_t, Instant>> set_back;
};
/// `see` gets every line that holds. Errors: audit.chain_broken, with the first that does not.
Result<AuditWalk> walk_audit(Store& store,
                             const std::function<void(const AuditLine& line)>& see = {});

enum class Anchored : std::uint8_t {
    Held,
    SetBack,  ///< made before these data were set back to a time before it
};
/// `good`: the last line known to be right. Errors: audit.anchor_of_other, audit.cut,
/// audit.rewritten.
Result<Anchored> check_anchor(Office& office,
                              const AuditWalk& walk,
                              const Anchor& anchor,
                              std::uint64_t good = 0);

/// The whole audit and the last anchor this office made. Errors: as both.
Status hold_last_anchor(Office& office);

}  // namespace dossier::server
