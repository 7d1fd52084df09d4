// What of a facet leaves the office, and the hash both sides add up. Pure.
#pragma once

#include "common/catalog/catalog.hpp"
#include "common/crypto/digest.hpp"

namespace dossier::server {

/// The values of a facet as a laptop may hold them: those of Facet::Masked with their middle
/// hidden, all others as they are.
FieldValues leaving(const catalog::Kind& kind, catalog::Facet facet, FieldValues values);

/// catalog::facet_hash over the encoded leaving values.
crypto::Digest leaving_hash(const catalog::Kind& kind,
                            const RecordId& record,
                            catalog::Facet facet,
                            Fv version,
                            const FieldValues& values);

}  // namespace dossier::server
