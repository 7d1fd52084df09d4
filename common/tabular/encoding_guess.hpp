// Which encoding the bytes of a table are in. Pure but for the file it reads.
//
// The lines that hold more than ASCII are the evidence. Under each encoding they have a price in
// bits: what a text in that encoding would need to say them, where common characters are cheap,
// rare ones dear and bytes that do not fit dearest. The cheapest reading is the guess; a runner-up
// within `kSureBits` (a thousand to one) makes it unsure.
#pragma once

#include "common/tabular/encoding.hpp"

namespace dossier::tabular {

inline constexpr int kSureBits = 10;

/// Of a file from its start: by byte order mark, by the zero bytes of UTF-16, else by price. With
/// `known` only that one is read, for its samples.
Guess guess_encoding(std::ifstream& file, std::optional<Encoding> known = std::nullopt);

/// The same of lines that are already in memory, no mark and no UTF-16 among them.
Guess guess_of_lines(std::string_view lines);

/// What `lines` cost in bits when read in `encoding`. Lower is likelier.
double price_in_bits(std::string_view lines, Encoding encoding);

}  // namespace dossier::tabular
