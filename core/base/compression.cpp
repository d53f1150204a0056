#include "core/base/compression.hpp"

#include <zstd.h>

#include <array>

#include "core/base/check.hpp"

namespace kiem {
namespace {

// Of every zstd frame (RFC 8878 section 3.1.1).
constexpr std::array<std::uint8_t, 4> kMagic{0x28, 0xb5, 0x2f, 0xfd};
constexpr int kLevel = 3;
// Reaches over all of what a caller gives as earlier and as content.
constexpr int kWindowLog = 17;

struct FreeContext {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

std::size_t sure(std::size_t answer) {
  KIEM_CHECK(ZSTD_isError(answer) == 0);
  return answer;
}

tl::unexpected<Error> refuse() { return fail(ErrorCode::not_canonical, Fault::peer, {"0", "compressed bytes"}); }

}  // namespace

struct Compression::Contexts {
  std::unique_ptr<ZSTD_CCtx, FreeContext> out;
  std::unique_ptr<ZSTD_DCtx, FreeContext> in;
};

Compression::Compression() : contexts_(std::make_unique<Contexts>()) {}
Compression::~Compression() = default;
Compression::Compression(Compression&&) noexcept = default;
Compression& Compression::operator=(Compression&&) noexcept = default;

Bytes Compression::compress(ByteView content, ByteView earlier) {
  auto& context = contexts_->out;
  if (!context) {
    context.reset(ZSTD_createCCtx());
    KIEM_CHECK(context != nullptr);
    sure(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel));
    sure(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_windowLog, kWindowLog));
    sure(ZSTD_CCtx_setParameter(context.get(), ZSTD_c_contentSizeFlag, 0));
  }
  sure(ZSTD_CCtx_refPrefix(context.get(), earlier.data(), earlier.size()));
  Bytes made(ZSTD_compressBound(content.size()));
  made.resize(sure(ZSTD_compress2(context.get(), made.data(), made.size(), content.data(), content.size())));
  KIEM_CHECK(made.size() > kMagic.size());
  made.erase(made.begin(), made.begin() + kMagic.size());
  return made;
}

Result<Bytes> Compression::expand(ByteView compressed, std::size_t size, ByteView earlier) {
  auto& context = contexts_->in;
  if (!context) {
    context.reset(ZSTD_createDCtx());
    KIEM_CHECK(context != nullptr);
    sure(ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kWindowLog));
  }
  Bytes whole(kMagic.begin(), kMagic.end());
  append(whole, compressed);
  // One frame and nothing behind it: several would be as many ways to say the same.
  if (ZSTD_findFrameCompressedSize(whole.data(), whole.size()) != whole.size()) return refuse();
  sure(ZSTD_DCtx_refPrefix(context.get(), earlier.data(), earlier.size()));
  Bytes content(size);
  const std::size_t made =
      ZSTD_decompressDCtx(context.get(), content.data(), content.size(), whole.data(), whole.size());
  if (ZSTD_isError(made) != 0 || made != size) {
    sure(ZSTD_DCtx_reset(context.get(), ZSTD_reset_session_only));
    return refuse();
  }
  return content;
}

}  // namespace kiem
