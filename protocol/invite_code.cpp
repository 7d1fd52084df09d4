#include "protocol/invite_code.hpp"

#include <algorithm>

namespace dossier::protocol {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::size_t kChecksumBytes = 4;
constexpr std::size_t kCodeBytes = 1 + 32 + 16 + 8 + 16 + kChecksumBytes;

ByteView checksum_of(ByteView head, crypto::Digest& digest) {
    digest = crypto::blake2b({bytes_of("dossier invite"), head});
    return ByteView(digest).first(kChecksumBytes);
}

template <std::size_t N>
void take(ByteView& from, std::array<std::uint8_t, N>& to) {
    std::copy_n(from.begin(), N, to.begin());
    from = from.subspan(N);
}

}  // namespace

ServerInstance server_instance(const InstanceId& instance) {
    ServerInstance whole{};
    std::copy(instance.begin(), instance.end(), whole.begin());
    return whole;
}

std::string encode_invite(const InviteCode& code) {
    Bytes bytes{kVersion};
    append(bytes, code.server_key);
    append(bytes, code.instance);
    append(bytes, code.invite);
    append(bytes, code.secret);
    crypto::Digest digest;
    append(bytes, checksum_of(Bytes(bytes), digest));
    return to_base32(bytes) + "@" + code.address;
}

Result<InviteCode> decode_invite(std::string_view text) {
    const auto at = text.rfind('@');
    if (at == std::string_view::npos) return fail(kInviteCode);
    const auto bytes = from_base32(text.substr(0, at));
    if (!bytes || bytes->empty()) return fail(kInviteCode);
    if (bytes->front() > kVersion) return fail(kInviteVersion, std::to_string(bytes->front()));
    if (bytes->size() != kCodeBytes || bytes->front() != kVersion) return fail(kInviteCode);
    const ByteView head = ByteView(*bytes).first(kCodeBytes - kChecksumBytes);
    crypto::Digest digest;
    const ByteView checksum = checksum_of(head, digest);
    if (!std::equal(checksum.begin(), checksum.end(), head.end())) return fail(kInviteCode);
    InviteCode code;
    ByteView rest = head.subspan(1);
    take(rest, code.server_key);
    take(rest, code.instance);
    take(rest, code.invite);
    take(rest, code.secret);
    code.address = std::string(text.substr(at + 1));
    if (auto address = parse_address(code.address); !address) return pass(address);
    return code;
}

Result<Address> parse_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0) return fail(kInviteCode);
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    const bool digits =
        !port.empty() && port.size() <= 5 &&
        std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (host.empty() || !digits || std::stoi(std::string(port)) > 65'535) return fail(kInviteCode);
    return Address{std::string(host), std::string(port)};
}

}  // namespace dossier::protocol
