#include "server/store/facet_content.hpp"

#include "common/catalog/canonical.hpp"
#include "common/catalog/encode.hpp"

namespace dossier::server {

FieldValues leaving(const catalog::Kind& kind, catalog::Facet facet, FieldValues values) {
    if (facet != catalog::Facet::Masked) return values;
    for (FieldValue& each : values) {
        const catalog::Field* field = catalog::find_field(kind, each.tag);
        if (field != nullptr) each.value = catalog::masked(*field, each.value);
    }
    return values;
}

crypto::Digest leaving_hash(const catalog::Kind& kind,
                            const RecordId& record,
                            catalog::Facet facet,
                            Fv version,
                            const FieldValues& values) {
    return catalog::facet_hash(record, facet, version,
                               catalog::encode(leaving(kind, facet, values)));
}

}  // namespace dossier::server
