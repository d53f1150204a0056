#include "tests/tools/describe.hpp"

namespace kiem::test {
namespace {

class Describer {
 public:
  Fields take() { return std::move(fields_); }

  void number(const std::string& name, std::uint64_t value) { put(name, std::to_string(value)); }
  void integer(const std::string& name, std::int64_t value) { put(name, std::to_string(value)); }
  void hex(const std::string& name, ByteView bytes) { put(name, to_hex(bytes)); }
  void text(const std::string& name, std::string_view value) { put(name, std::string(value)); }
  template <class IdType>
  void ids(const std::string& name, const std::vector<IdType>& list) {
    for (std::size_t i = 0; i < list.size(); ++i) hex(indexed(name, i), view(list[i]));
  }
  void unknown(const std::vector<UnknownField>& list) {
    for (const auto& field : list) hex("unknown." + std::to_string(field.key), field.value);
  }

  // Everything that `describe` puts stands under `name`.
  template <class Describe>
  void under(const std::string& name, Describe describe) {
    const std::string outer = prefix_;
    prefix_ += name + ".";
    describe();
    prefix_ = outer;
  }
  [[nodiscard]] static std::string indexed(const std::string& name, std::size_t index) {
    return name + "." + std::to_string(index);
  }

  void header(const Header& header) {
    number("format", header.format);
    number("suite", header.suite);
    number("enc", header.enc);
    hex("space", view(header.space));
    hex("circle", view(header.circle));
    hex("device", view(header.device));
    number("seq", header.seq);
    hex("prev", view(header.prev));
    ids("access_heads", header.access_heads);
    ids("seen", header.seen);
    number("class", static_cast<std::uint64_t>(header.op_class));
    integer("claimed", header.claimed.ms);
    unknown(header.unknown);
  }
  void bones_of(const Header& header) {
    hex("bones_hash", view(header.bones_hash));
    number("bones_size", header.bones_size);
  }

  void bones(const Bones& bones) {
    number("schema", bones.schema);
    hex("act", view(bones.act));
    for (std::size_t i = 0; i < bones.mutations.size(); ++i) {
      under(indexed("mutations", i), [&] { mutation(bones.mutations[i]); });
    }
    for (std::size_t i = 0; i < bones.parts.size(); ++i) {
      under(indexed("parts", i), [&] {
        const PartEntry& part = bones.parts[i];
        if (part.subject) hex("subject", view(*part.subject));
        number("size", part.size);
        hex("hash", view(part.hash));
      });
    }
    unknown(bones.unknown);
  }

  void values(const PartValues& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      under(indexed("values", i), [&] { value(values[i]); });
    }
  }
  void value(const Value& value) {
    std::visit([this](const auto& each) { describe_value(each); }, value);
  }

  void operation(const UnverifiedOperation& operation) {
    hex("header", operation.header);
    hex("bones", operation.bones);
    if (operation.signature) hex("signature", view(*operation.signature));
    for (std::size_t i = 0; i < operation.parts.size(); ++i) {
      text(indexed("parts", i), operation.parts[i] ? to_hex(*operation.parts[i]) : "absent");
    }
    hex("id", view(op_id(operation.header)));
  }

 private:
  void put(const std::string& name, std::string value) { fields_[prefix_ + name] = std::move(value); }

  void name(const std::string& field, const SchemaName& name) {
    under(field, [&] {
      if (name.act) hex("act", view(*name.act));
      number("number", name.number);
    });
  }
  void references(const std::string& field, const std::vector<Reference>& references) {
    for (std::size_t i = 0; i < references.size(); ++i) {
      under(indexed(field, i), [&] {
        const Reference& reference = references[i];
        if (reference.op) {
          hex("op", view(*reference.op));
        } else {
          number("back", reference.back);
        }
        number("mutation", reference.mutation);
        number("run", reference.run);
      });
    }
  }
  void mutation(const Mutation& mutation) {
    name("collection", mutation.collection);
    number("kind", mutation.kind);
    if (mutation.record) hex("record", view(*mutation.record));
    if (mutation.field) name("field", *mutation.field);
    references("supersedes", mutation.supersedes);
    for (std::size_t i = 0; i < mutation.cites.size(); ++i) {
      under(indexed("cites", i), [&] {
        number("purpose", mutation.cites[i].purpose);
        references("references", mutation.cites[i].references);
      });
    }
    ids("records", mutation.records);
    for (std::size_t i = 0; i < mutation.numbers.size(); ++i) number(indexed("numbers", i), mutation.numbers[i]);
    if (mutation.principal) hex("principal", view(*mutation.principal));
    if (mutation.part) number("part", *mutation.part);
    if (!mutation.authority.empty()) hex("authority", mutation.authority);
    unknown(mutation.unknown);
  }

  void describe_value(const TextValue& value) {
    text("type", "text");
    text("text", value.text);
    if (!value.language.empty()) text("language", value.language);
  }
  void describe_value(const IntegerValue& value) {
    text("type", "integer");
    integer("number", value.number);
  }
  void describe_value(const DateValue& value) {
    text("type", "date");
    integer("days", value.days);
  }
  void describe_value(const TimeValue& value) {
    text("type", "time");
    number("minutes", value.minutes);
    if (!value.zone.empty()) text("zone", value.zone);
  }
  void describe_value(const LengthValue& value) {
    text("type", "length");
    number("minutes", value.minutes);
  }
  void describe_value(const RecurrenceValue& value) {
    text("type", "recurrence");
    text("rule", value.rule);
  }
  void describe_value(const ChoiceValue& value) {
    text("type", "choice");
    number("choice", value.choice);
  }
  void describe_value(const PrincipalValue& value) {
    text("type", "principal");
    hex("principal", view(value.principal));
  }
  void describe_value(const RecordValue& value) {
    text("type", "record");
    hex("record", view(value.record));
  }
  void describe_value(const VersionValue& value) {
    text("type", "version");
    ids("heads", value.heads);
  }
  void describe_value(const FileValue& value) {
    text("type", "file");
    hex("ciphertext", view(value.ciphertext));
    hex("key", view(value.key));
    number("size", value.size);
  }
  void describe_value(const KeyValue& value) {
    text("type", "key");
    hex("key", view(value.key));
  }
  void describe_value(const DeviceValue& value) {
    text("type", "device");
    hex("device", view(value.device));
  }
  void describe_value(const SealedValue& value) {
    text("type", "sealed");
    hex("reference", value.reference);
    hex("ciphertext", view(value.ciphertext));
    hex("lock", view(value.lock));
    hex("subject", view(value.subject));
  }
  void describe_value(const NoValue&) { text("type", "none"); }
  void describe_value(const UnknownValue& value) {
    text("type", "unknown");
    hex("item", value.item);
  }

  std::string prefix_;
  Fields fields_;
};

}  // namespace

Result<Fields> describe(Decoder decoder, ByteView bytes) {
  Describer out;
  switch (decoder) {
    case Decoder::header: {
      KIEM_TRY_GET(const Header header, decode_header(bytes));
      out.header(header);
      out.bones_of(header);
      out.hex("id", view(op_id(bytes)));
      out.text("applied", is_unknown(header) ? "no" : "yes");
      break;
    }
    case Decoder::rest: {
      KIEM_TRY_GET(const Header header, decode_rest(bytes, Header{}));
      out.header(header);
      break;
    }
    case Decoder::bones: {
      KIEM_TRY_GET(const Bones bones, decode_bones(bytes));
      out.bones(bones);
      out.hex("bones_hash", view(bones_hash(bytes)));
      out.text("applied", is_unknown(Header{}, bones) ? "no" : "yes");
      break;
    }
    case Decoder::part: {
      KIEM_TRY_GET(const PartValues values, decode_part(bytes));
      out.hex("salt", bytes.first(kPartSaltBytes));
      out.values(values);
      out.hex("part_hash", view(part_hash(bytes)));
      break;
    }
    case Decoder::value: {
      KIEM_TRY_GET(const Value value, decode_value(bytes));
      out.value(value);
      break;
    }
    case Decoder::operation: {
      KIEM_TRY_GET(const UnverifiedOperation operation, decode_operation(bytes));
      out.operation(operation);
      break;
    }
    case Decoder::segment: {
      KIEM_TRY_GET(const auto run, decode_segment(bytes));
      for (std::size_t i = 0; i < run.size(); ++i) {
        out.under(std::to_string(i), [&] { out.operation(run[i]); });
      }
      break;
    }
  }
  return out.take();
}

}  // namespace kiem::test
