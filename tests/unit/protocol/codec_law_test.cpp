// Whatever values it holds, what is encoded is decoded to the same.
#include "protocol/codec.hpp"

#include "tests/support/law.hpp"

namespace dossier::protocol {
namespace {

using test::Draw;

std::string some_text(Draw& draw) {
    std::string text(draw.between<std::size_t>(0, 40), 'x');
    for (auto& c : text) c = static_cast<char>(draw.bits());
    return text;
}

RecordId some_id(Draw& draw) {
    RecordId id;
    for (auto& byte : id.bytes) byte = static_cast<std::uint8_t>(draw.bits());
    return id;
}

Value some_value(Draw& draw) {
    switch (draw.between(0, 4)) {
        case 0:
            return {};
        case 1:
            return static_cast<std::int64_t>(draw.bits());
        case 2:
            return some_text(draw);
        default:
            return some_id(draw);
    }
}

FieldValues some_values(Draw& draw) {
    FieldValues values;
    for (int left = draw.between(0, 6); left > 0; --left)
        assign(values, static_cast<std::uint16_t>(draw.bits()), some_value(draw));
    return values;
}

merge::Op some_op(Draw& draw) {
    return {.kind = static_cast<merge::OpKind>(draw.between(0, 256)),
            .record_kind = static_cast<std::uint16_t>(draw.bits()),
            .record = some_id(draw),
            .base_fv = {draw.bits()},
            .base = some_values(draw),
            .fields = some_values(draw),
            .event = some_text(draw)};
}

}  // namespace

TEST_SUITE("protocol/codec laws") {
    TEST_CASE("any changeset survives its bytes") {
        test::holds([](Draw& draw) {
            merge::Changeset changeset{.author = some_id(draw).as<UserTag>(),
                                       .claimed_at = {static_cast<std::int64_t>(draw.bits())},
                                       .ticks_ms = static_cast<std::int64_t>(draw.bits()),
                                       .schema = static_cast<std::uint32_t>(draw.bits()),
                                       .reason = some_text(draw),
                                       .source = some_text(draw)};
            for (int left = draw.between(0, 5); left > 0; --left)
                changeset.ops.push_back(some_op(draw));
            const auto again = decode_changeset(encode_changeset(changeset));
            RC_ASSERT(again.has_value());
            RC_ASSERT(*again == changeset);
        });
    }
    TEST_CASE("any entries survive their bytes") {
        test::holds([](Draw& draw) {
            std::vector<FacetEntry> entries(draw.between<std::size_t>(0, 5));
            for (FacetEntry& entry : entries) {
                entry = {some_id(draw),
                         static_cast<std::uint16_t>(draw.bits()),
                         static_cast<std::uint8_t>(draw.between(0, 128)),
                         draw.coin(),
                         {draw.bits()},
                         {}};
                if (entry.present) entry.content.assign(draw.between<std::size_t>(0, 300), 7);
            }
            const Bytes bytes = encode_entries(entries);
            const auto again = decode_entries(bytes);
            RC_ASSERT(again.has_value());
            RC_ASSERT(again->size() == entries.size());
            RC_ASSERT(encode_entries(*again) == bytes);
            for (std::size_t i = 0; i < entries.size(); ++i) {
                RC_ASSERT((*again)[i].record == entries[i].record);
                RC_ASSERT((*again)[i].fv == entries[i].fv);
                RC_ASSERT((*again)[i].content == entries[i].content);
            }
        });
    }
}

}  // namespace dossier::protocol
