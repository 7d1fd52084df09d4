// Any text as an invite and as an address: refused, or written again and read the same.
#include "common/base/check.hpp"

#include "protocol/invite_code.hpp"

using namespace dossier;
using namespace dossier::protocol;

namespace {

bool same(const InviteCode& a, const InviteCode& b) {
    return a.server_key == b.server_key && a.instance == b.instance && a.invite == b.invite &&
           a.secret == b.secret && a.address == b.address;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of({data, size});
    if (const auto code = decode_invite(text)) {
        const auto again = decode_invite(encode_invite(*code));
        DOSSIER_CHECK(again && same(*again, *code));
        DOSSIER_CHECK(parse_address(code->address).has_value());
    }
    if (const auto address = parse_address(text)) {
        DOSSIER_CHECK(!address->host.empty() && !address->port.empty());
        DOSSIER_CHECK(address->host.size() + address->port.size() < size);
    }
    return 0;
}
