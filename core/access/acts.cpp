#include "core/access/acts.hpp"

#include "core/access/fields.hpp"
#include "core/crypto/hash.hpp"

namespace kiem {
namespace {

// The body's fields and the keys behind them as one struct, which is what a map of ours is.
template <class Body>
struct WithUnknown {
  Body body;
  std::vector<UnknownField> unknown;

  template <class Io>
  void fields(Io& io) {
    body.fields(io);
  }
};

bool knows_suite(const act::FoundingOfPerson& body) { return body.certificate.suite == kSuite; }
bool knows_suite(const act::EnrolDevice& body) { return body.certificate.suite == kSuite; }
template <class Body>
bool knows_suite(const Body&) {
  return true;
}

template <class Body>
Result<Act> read_body(CborReader& reader, bool& must) {
  WithUnknown<Body> whole;
  KIEM_TRY(access::read_fields(reader, whole, must));
  must = must || !knows_suite(whole.body);
  return Act{std::move(whole.body), std::move(whole.unknown)};
}

using ReadBody = Result<Act> (*)(CborReader&, bool&);
constexpr std::array<ReadBody, 23> kReaders{
    nullptr,
    read_body<act::FoundingOfSpace>,
    read_body<act::FoundingOfPerson>,
    read_body<act::EnrolDevice>,
    read_body<act::RemoveDevice>,
    read_body<act::NewPrekey>,
    read_body<act::Present>,
    read_body<act::Invite>,
    read_body<act::Admit>,
    read_body<act::ConfirmMember>,
    read_body<act::GrantMandate>,
    read_body<act::Promote>,
    read_body<act::EndMandate>,
    read_body<act::Demote>,
    read_body<act::RemovePerson>,
    read_body<act::Leave>,
    read_body<act::Fold>,
    read_body<act::Raise>,
    read_body<act::Cut>,
    read_body<act::Sign>,
    read_body<act::Seal>,
    read_body<act::ForkContinue>,
    read_body<act::ExtendSchema>,
};

struct KindOf {
  Number operator()(const act::UnknownAct& act) const { return act.kind; }
  template <class Body>
  Number operator()(const Body&) const {
    return static_cast<Number>(Body::kKind);
  }
};

}  // namespace

Bytes encode(const Certificate& certificate) { return access::write_fields(certificate); }

Result<Certificate> decode_certificate(ByteView bytes) {
  CborReader reader(bytes);
  Certificate certificate;
  // Whether a later version's key is in it matters to the act that brings the certificate, not to its bytes.
  bool must = false;
  KIEM_TRY(access::read_fields(reader, certificate, must));
  KIEM_TRY(reader.finish());
  return certificate;
}

DeviceId device_id(const Certificate& certificate) { return id_of<DeviceId>(kTagCertificate, {encode(certificate)}); }

Number kind_of(const Act& act) { return std::visit(KindOf{}, act.body); }

bool is_known_kind(Number kind) { return kind >= 1 && kind < kReaders.size(); }

Bytes encode(const Act& act) {
  if (const auto* unknown = std::get_if<act::UnknownAct>(&act.body)) {
    KIEM_CHECK(act.unknown.empty() && is_cbor_item(unknown->item));
    return unknown->item;
  }
  CborWriter out;
  out.array(2);
  out.unsigned_integer(kind_of(act));
  std::visit(
      [&](const auto& body) {
        using Body = std::decay_t<decltype(body)>;
        if constexpr (!std::is_same_v<Body, act::UnknownAct>) {
          out.raw(access::write_fields(WithUnknown<Body>{body, act.unknown}));
        }
      },
      act.body);
  return out.take();
}

Result<Act> decode_act(ByteView bytes) {
  if (bytes.size() > kMaxOperationBytes) {
    return fail(ErrorCode::too_large, Fault::peer, {"act", std::to_string(kMaxOperationBytes)});
  }
  CborReader reader(bytes);
  KIEM_TRY(reader.array(2, 2));
  KIEM_TRY_GET(const std::uint64_t kind, reader.unsigned_integer(UINT32_MAX));
  const auto number = static_cast<Number>(kind);
  const act::UnknownAct unknown{number, to_bytes(bytes)};
  if (!is_known_kind(number)) {
    KIEM_TRY(reader.item());
    KIEM_TRY(reader.finish());
    return Act{unknown, {}};
  }
  bool must = false;
  KIEM_TRY_GET(Act act, kReaders[number](reader, must));
  KIEM_TRY(reader.finish());
  if (must) return Act{unknown, {}};
  return act;
}

}  // namespace kiem
