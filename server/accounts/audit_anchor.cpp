#include "server/accounts/audit_anchor.hpp"

#include <algorithm>
#include <charconv>

#include "server/accounts/office_keys.hpp"
#include "server/store/audit_chain.hpp"

namespace dossier::server {
namespace {

constexpr std::string_view kLastAnchor = "office.audit_anchor";
constexpr std::string_view kForm = "dossier-anchor:1:";
constexpr std::size_t kAuditPage = 1000;

/// What is signed.
std::string signed_text(const Anchor& anchor) {
    return std::string(kForm) + std::to_string(anchor.end.seq) + ":" + to_hex(anchor.end.hash) +
           ":" + std::to_string(anchor.at.ms) + ":" + to_hex(anchor.key);
}

template <class Number>
bool read(std::string_view text, Number& number) {
    const auto done = std::from_chars(text.data(), text.data() + text.size(), number);
    return done.ec == std::errc() && done.ptr == text.data() + text.size();
}

template <std::size_t Size>
bool read(std::string_view text, std::array<std::uint8_t, Size>& bytes) {
    const auto raw = from_hex(text);
    if (!raw || raw->size() != Size) return false;
    std::ranges::copy(*raw, bytes.begin());
    return true;
}

std::string_view next_part(std::string_view& text) {
    const auto end = text.find(':');
    const auto part = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    return part;
}

}  // namespace

Anchor make_anchor(Office& office) {
    const auto seed = signing_seed(office.store(), office.random());
    const auto pair = crypto::signing_pair_of(seed.view());
    Anchor anchor{office.store().audit_end(), office.now(), pair.public_key};
    anchor.signature = crypto::sign(pair, bytes_of(signed_text(anchor)));
    office.store().set_meta(kLastAnchor, bytes_of(to_text(anchor)));
    return anchor;
}

std::optional<Anchor> last_anchor(Store& store) {
    const auto kept = store.meta(kLastAnchor);
    return kept ? anchor_from(text_of(*kept)) : std::nullopt;
}

std::string to_text(const Anchor& anchor) {
    return signed_text(anchor) + ":" + to_hex(anchor.signature);
}

std::optional<Anchor> anchor_from(std::string_view text) {
    if (!text.starts_with(kForm)) return std::nullopt;
    text.remove_prefix(kForm.size());
    Anchor anchor;
    const bool sound = read(next_part(text), anchor.end.seq) &&
                       read(next_part(text), anchor.end.hash) &&
                       read(next_part(text), anchor.at.ms) && read(next_part(text), anchor.key) &&
                       read(next_part(text), anchor.signature) && text.empty();
    return sound ? std::optional(anchor) : std::nullopt;
}

Result<AuditWalk> walk_audit(Store& store, const std::function<void(const AuditLine& line)>& see) {
    AuditWalk walk;
    AuditEnd& end = walk.end;
    for (auto page = store.audit(0, kAuditPage); !page.empty();
         page = store.audit(end.seq, kAuditPage)) {
        for (const AuditLine& line : page) {
            if (line.seq != end.seq + 1 || line.prev != end.hash || audit_hash(line) != line.hash)
                return fail(kChainBroken, std::to_string(end.seq + 1));
            end = {line.seq, line.hash};
            if (line.action == "restore" || line.action == "set_back")
                walk.set_back.emplace_back(line.seq, line.at);
            if (see) see(line);
        }
    }
    if (end != store.audit_end()) return fail(kChainBroken, std::to_string(end.seq + 1));
    return walk;
}

Result<Anchored> check_anchor(Office& office,
                              const AuditWalk& walk,
                              const Anchor& anchor,
                              std::uint64_t good) {
    auto& store = office.store();
    const auto seed = signing_seed(store, office.random());
    const auto ours = crypto::signing_pair_of(seed.view()).public_key;
    const std::string number = std::to_string(anchor.end.seq);
    if (anchor.key != ours ||
        !crypto::is_signed(ours, bytes_of(signed_text(anchor)), anchor.signature))
        return fail(kAnchorOfOther, number);
    if (anchor.end.seq == 0) return Anchored::Held;
    const auto there = store.audit(anchor.end.seq - 1, 1);
    if (!there.empty() && there.front().hash == anchor.end.hash) return Anchored::Held;
    // What was before the line that says so is the same in both.
    const bool set_back = std::ranges::any_of(walk.set_back, [&](const auto& point) {
        return point.first <= anchor.end.seq && anchor.at <= point.second;
    });
    if (set_back) return Anchored::SetBack;
    if (there.empty()) return fail(kAuditCut, std::to_string(walk.end.seq), number);
    return fail(kAuditRewritten, number, std::to_string(good));
}

Status hold_last_anchor(Office& office) {
    auto walk = walk_audit(office.store());
    if (!walk) return pass(walk);
    const auto anchor = last_anchor(office.store());
    if (!anchor) return {};
    auto held = check_anchor(office, *walk, *anchor);
    if (!held) return pass(held);
    return {};
}

}  // namespace dossier::server
