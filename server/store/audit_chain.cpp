#include "server/store/audit_chain.hpp"

namespace dossier::server {

Digest audit_hash(const AuditLine& line) {
    Bytes bytes;
    append_le(bytes, line.seq);
    append_le(bytes, line.at.ms);
    append_le(bytes, line.client_at.ms);
    append(bytes, line.user.view());
    append(bytes, line.device.view());
    append(bytes, line.record.view());
    for (const std::string* text :
         {&line.action, &line.entity, &line.fields, &line.purpose, &line.result, &line.detail}) {
        append_le(bytes, static_cast<std::uint32_t>(text->size()));
        append(bytes, bytes_of(*text));
    }
    return crypto::blake2b({line.prev, bytes});
}

}  // namespace dossier::server
