// Any bytes as a compressed batch: refused, or no larger than allowed; and any bytes as a batch to
// be compressed, which must come back.
#include "common/base/check.hpp"

#include "protocol/compress.hpp"

using namespace dossier;
using namespace dossier::protocol;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Compressor compressor;
    static Decompressor decompressor;
    constexpr std::size_t kMost = 64U << 10U;  // small, so that a run stays quick
    const ByteView bytes{data, size};
    const auto plain = decompressor.decompress(bytes, kMost);
    if (plain) DOSSIER_CHECK(plain->size() <= kMost);
    const auto again = decompressor.decompress(compressor.compress(1, bytes));
    DOSSIER_CHECK(again && *again == Bytes(bytes.begin(), bytes.end()));
    return 0;
}
