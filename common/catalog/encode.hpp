// Bytes of a facet and of single values: the form hashed, sent and kept in the journal.
#pragma once

#include "common/base/result.hpp"
#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"
#include "common/crypto/digest.hpp"

namespace dossier::catalog {

/// Layout: for each non-empty value ascending by tag: varint(tag) || varint(type and length) ||
/// bytes. One encoding for one list of values; empty values are not written. Unknown tags pass
/// through.
Bytes encode(const FieldValues& values);
void encode_to(Bytes& out, const FieldValues& values);
/// Errors: Malformed for anything `encode` would not have written.
Result<FieldValues> decode(ByteView bytes);

/// BLAKE2b-256 of record id (16) || facet (1) || fv (8, little-endian) || encoded values: what both
/// sides add up in a scope's set hash. Source: sync 5.3.6.
crypto::Digest facet_hash(const RecordId& record, Facet facet, Fv version, ByteView encoded);

}  // namespace dossier::catalog
