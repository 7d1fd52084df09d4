// Any bytes as a message, a changeset, verdicts and the entries of a batch: refused, or encoded
// again to the very same bytes.
#include "common/base/check.hpp"

#include "protocol/codec.hpp"

using namespace dossier;

namespace {

template <class Value>
void check_same(const Result<Value>& decoded, Bytes (*encode)(const Value&), ByteView bytes) {
    if (decoded) DOSSIER_CHECK(encode(*decoded) == Bytes(bytes.begin(), bytes.end()));
}

/// In the words of one of the protocols it was said.
void check_message(ByteView bytes) {
    const auto message = protocol::decode(bytes);
    bool same = !message;
    for (auto spoken = protocol::kProtocolMin; !same && spoken <= protocol::kProtocolMax; ++spoken)
        same = protocol::encode(*message, spoken) == Bytes(bytes.begin(), bytes.end());
    DOSSIER_CHECK(same);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes{data, size};
    check_message(bytes);
    check_same<merge::Changeset>(protocol::decode_changeset(bytes), &protocol::encode_changeset,
                                 bytes);
    check_same<std::vector<merge::Verdict>>(protocol::decode_verdicts(bytes),
                                            &protocol::encode_verdicts, bytes);
    check_same<std::vector<protocol::FacetEntry>>(protocol::decode_entries(bytes),
                                                  &protocol::encode_entries, bytes);
    return 0;
}
