// CSV after RFC 4180, as spreadsheet programs really write it: comma, semicolon or tab, any line
// end, any of the encodings of encoding.hpp; and the guard against formulas hidden in text.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "common/tabular/table.hpp"

namespace dossier::tabular {

/// Opens a CSV file and reads its header.
/// Errors: kCannotOpen, kFileTooLarge, kUnsureEncoding, kNoHeader, or the error of the header row.
Result<std::unique_ptr<Source>> open_csv(const std::filesystem::path& path,
                                         const ReadOptions& options = {});

/// `text` with a ' before it when a spreadsheet could take it for a formula: it starts with
/// = + - @, their full-width forms, tab, line end or NUL, behind any number of '.
/// Source: OWASP ASVS 5.0 V1.2.10.
std::string neutralise(std::string_view text);
/// The text that `neutralise` was given; any other text unchanged.
std::string_view restore(std::string_view neutralised);

/// "12", "-12.5", "0.007": digits with an optional sign and an optional fraction, nothing else,
/// so that it needs no guard. No exponent, no leading +, no separators.
bool is_plain_number(std::string_view text);

}  // namespace dossier::tabular
