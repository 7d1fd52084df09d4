// What the messages about branched outboxes and about ranges that differ consist of (SPEC 10.3).
// Included by codec.cpp only.
#pragma once

#include "protocol/bounded.hpp"
#include "protocol/messages.hpp"

namespace dossier::protocol {

template <class Archive>
void serialize(Archive& archive, ChainHead& place) {
    archive(place.oseq, place.head);
}
template <class Archive>
void serialize(Archive& archive, RecordRange& range) {
    archive(range.from, range.to);
}
template <class Archive>
void serialize(Archive& archive, RangeSum& part) {
    archive(part.range, part.count, part.sum);
}
template <class Archive>
void serialize(Archive& archive, FacetHash& facet) {
    archive(facet.record, facet.facet, facet.hash);
}
template <class Archive>
void serialize(Archive& archive, FacetPlace& place) {
    archive(place.record, place.facet);
}
template <class Archive>
void serialize(Archive& archive, Probe& probe) {
    archive.version(kFirstVersion);
    bounded(archive, probe.heads, kProbeHeadsMax);
}
template <class Archive>
void serialize(Archive& archive, Known& known) {
    archive.version(kFirstVersion);
    archive(known.oseq);
}
template <class Archive>
void serialize(Archive& archive, Branch& branch) {
    archive.version(kFirstVersion);
    archive(branch.from);
}
template <class Archive>
void serialize(Archive& archive, Branched& branched) {
    archive.version(kFirstVersion);
    archive(branched.device_epoch);
}
template <class Archive>
void serialize(Archive& archive, Compare& compare) {
    archive.version(kFirstVersion);
    archive(compare.scope);
    bounded(archive, compare.ranges, kCompareRangesMax);
}
template <class Archive>
void serialize(Archive& archive, Ranges& ranges) {
    archive.version(kFirstVersion);
    archive(ranges.scope);
    bounded(archive, ranges.sums, kCompareRangesMax * kRangeParts);
    bounded(archive, ranges.listed, kCompareRangesMax * kRangeParts);
    archive(ranges.facets);
}
template <class Archive>
void serialize(Archive& archive, Fetch& fetch) {
    archive.version(kFirstVersion);
    archive(fetch.scope);
    bounded(archive, fetch.facets, kFetchFacetsMax);
}
template <class Archive>
void serialize(Archive& archive, Fetched& fetched) {
    archive.version(kFirstVersion);
    archive(fetched.scope, fetched.count, fetched.entries);
}

}  // namespace dossier::protocol
