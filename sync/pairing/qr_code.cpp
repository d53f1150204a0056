#include "sync/pairing/qr_code.hpp"

#include <qrencode.h>

#include <memory>

#include "core/base/bytes.hpp"
#include "core/crypto/secret.hpp"

namespace kiem {
namespace {

struct Freed {
  void operator()(QRcode* code) const { QRcode_free(code); }
};

constexpr std::size_t kMostBytes = 2953;

}  // namespace

std::optional<QrCode> qr_code_of(std::string_view text) {
  if (text.empty() || text.size() > kMostBytes) return std::nullopt;
  const ByteView bytes = view(text);
  constexpr int kSmallestThatFits = 0;
  const std::unique_ptr<QRcode, Freed> made(
      QRcode_encodeData(static_cast<int>(bytes.size()), bytes.data(), kSmallestThatFits, QR_ECLEVEL_L));
  if (made == nullptr) return std::nullopt;
  QrCode code;
  code.side = static_cast<std::size_t>(made->width);
  const std::size_t squares = code.side * code.side;
  code.black.reserve(squares);
  for (std::size_t i = 0; i < squares; ++i) code.black.push_back(made->data[i] & 1U);  // the other bits are its notes
  return code;
}

void wipe_picture(QrCode& code) {
  wipe(code.black);
  code = {};
}

}  // namespace kiem
