// zstd for batches: one frame with its content size, nothing before or after it (SPEC.md 8).
// Each object keeps its zstd context between calls; one thread at a time.
#pragma once

#include <cstddef>
#include <memory>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"

#include "protocol/limits.hpp"

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace dossier::protocol {

inline constexpr Fault kInflated{
    "protocol.inflated",
    ErrorCode::Oversized,
    {"压缩数据展开后超过 {} 字节的上限", "compressed data would exceed the limit of {} bytes"},
    {"检查对方是否为 Dossier 程序", "check that the peer is a Dossier program"}};
inline constexpr Fault kCompressed{
    "protocol.compressed",
    ErrorCode::Malformed,
    {"压缩数据损坏或不合规定", "compressed data is damaged or not allowed"},
    {"重新同步；若再次出现，把两端程序升级到同一版本",
     "sync again; if it recurs, upgrade both programs to the same version"}};

inline constexpr int kBatchLevel = 3;

class Compressor {
  public:
    /// Throws std::bad_alloc.
    Compressor();
    /// One zstd frame of `plain`, which is at most kInflatedBytesMax. Throws std::bad_alloc.
    Bytes compress(int level, ByteView plain);

  private:
    struct Free {
        void operator()(ZSTD_CCtx_s* context) const;
    };
    std::unique_ptr<ZSTD_CCtx_s, Free> context_;
};

class Decompressor {
  public:
    /// Throws std::bad_alloc.
    Decompressor();
    /// The plain bytes of exactly one frame. Memory is bounded by the size the frame declares,
    /// that by `most`, and the frame must keep its word.
    /// Errors: protocol.inflated, protocol.compressed.
    Result<Bytes> decompress(ByteView frame, std::size_t most = kInflatedBytesMax);

  private:
    struct Free {
        void operator()(ZSTD_DCtx_s* context) const;
    };
    std::unique_ptr<ZSTD_DCtx_s, Free> context_;
};

}  // namespace dossier::protocol
