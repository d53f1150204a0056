#include "core/oplog/operation.hpp"

#include "core/crypto/hash.hpp"
#include "core/oplog/codec.hpp"

namespace kiem {
namespace {

std::size_t bytes_here(const UnverifiedOperation& operation) {
  std::size_t total = operation.header.size() + operation.bones.size();
  for (const auto& part : operation.parts) total += part ? part->size() : 0;
  return total;
}

tl::unexpected<Error> mismatch(std::string_view what) {
  return fail(ErrorCode::not_canonical, Fault::peer, {"0", std::string(what)});
}

}  // namespace

OpId op_id(ByteView header_bytes) { return id_of<OpId>(kTagOperation, {header_bytes}); }
Hash32 bones_hash(ByteView bones_bytes) { return hash_of(kTagBones, {bones_bytes}); }
Hash32 part_hash(ByteView part_bytes) { return hash_of(kTagPart, {part_bytes}); }

Bytes signed_message(std::uint32_t suite, const OpId& id) {
  Bytes message;
  message.reserve(4 + OpId::kSize);
  append(message, le32(suite));
  append(message, view(id));
  return message;
}

bool is_unknown(const Header& header) {
  return header.format != kFormatNumber || header.suite != kSuite || header.enc != 0 ||
         codec::has_must_key(header.unknown);
}

bool is_unknown(const Header& header, const Bones& bones) {
  return is_unknown(header) || codec::has_must_key(bones.unknown) ||
         std::any_of(bones.mutations.begin(), bones.mutations.end(),
                     [](const Mutation& mutation) { return codec::has_must_key(mutation.unknown); });
}

Bytes encode(const UnverifiedOperation& operation) {
  CborWriter out;
  out.array(4);
  out.bytes(operation.header);
  out.bytes(operation.bones);
  if (operation.signature) {
    out.bytes(view(*operation.signature));
  } else {
    out.null();
  }
  KIEM_CHECK(operation.parts.size() <= kMaxParts);
  out.array(operation.parts.size());
  for (const auto& part : operation.parts) {
    if (part) {
      out.bytes(*part);
    } else {
      out.null();
    }
  }
  return out.take();
}

Result<UnverifiedOperation> decode_operation(ByteView bytes) {
  CborReader reader(bytes);
  UnverifiedOperation operation;
  KIEM_TRY(reader.array(4, 4));
  KIEM_TRY_GET(const ByteView header, reader.bytes());
  KIEM_TRY_GET(const ByteView bones, reader.bytes());
  if (header.size() + bones.size() > kMaxOperationBytes) return codec::over("operation", kMaxOperationBytes);
  operation.header = to_bytes(header);
  operation.bones = to_bytes(bones);
  KIEM_TRY_GET(const CborType signature, reader.peek());
  if (signature == CborType::null) {
    KIEM_TRY(reader.null());
  } else {
    KIEM_TRY_GET(operation.signature, reader.id<Signature>());
  }
  KIEM_TRY_GET(const std::size_t count, codec::read_count(reader, "parts", 0, kMaxParts));
  std::size_t total = header.size() + bones.size();
  for (std::size_t i = 0; i < count; ++i) {
    KIEM_TRY_GET(const CborType type, reader.peek());
    if (type == CborType::null) {
      KIEM_TRY(reader.null());
      operation.parts.emplace_back();
      continue;
    }
    KIEM_TRY_GET(const ByteView part, reader.bytes());
    total += part.size();
    if (total > kMaxOperationBytes) return codec::over("operation", kMaxOperationBytes);
    operation.parts.emplace_back(to_bytes(part));
  }
  KIEM_TRY(reader.finish());
  return operation;
}

Status check_whole(const UnverifiedOperation& operation, const Header& header, const Bones& bones) {
  if (bytes_here(operation) > kMaxOperationBytes ||
      operation.header.size() + operation.bones.size() + codec::bytes_of_parts(bones) > kMaxOperationBytes) {
    return codec::over("operation", kMaxOperationBytes);
  }
  if (header.bones_size != operation.bones.size() || header.bones_hash != bones_hash(operation.bones)) {
    return mismatch("the bones that the header names");
  }
  if (operation.parts.size() != bones.parts.size()) return mismatch("as many parts as the bones list");
  for (std::size_t i = 0; i < bones.parts.size(); ++i) {
    const auto& part = operation.parts[i];
    if (!part) continue;
    if (part->size() != bones.parts[i].size || part_hash(*part) != bones.parts[i].hash) {
      return mismatch("part " + std::to_string(i) + " as the bones list it");
    }
  }
  return {};
}

}  // namespace kiem
