#include "core/domain/import/csv.hpp"
#include "core/schema/schema_file.hpp"
#include "sync/control/messages.hpp"
#include "sync/control/request_fields.hpp"

namespace kiem::control {

static_assert(kMaxImportBytes == spreadsheet::kMaxFileBytes, "a file that may be imported must be able to travel");
static_assert(kMaxRequestText >= kMaxSchemaFileBytes, "a schema file must be able to travel");

Result<WipedBytes> encode_request(const NodeRequest& request) { return to_frame(request, kRequestBounds); }
Result<NodeRequest> decode_request(ByteView item) { return from_item<NodeRequest>(item, kRequestBounds); }

}  // namespace kiem::control
