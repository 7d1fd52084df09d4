// Text files in whatever encoding a spreadsheet program wrote, read as UTF-8.
// The guess is shown to people; bytes that contradict it are an error, never replaced.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/result.hpp"

namespace dossier::tabular {

enum class Encoding : unsigned char { Utf8, Utf8Bom, Utf16Le, Utf16Be, Gb18030 };

/// "UTF-8", "UTF-8 (BOM)", "UTF-16LE", "UTF-16BE" or "GB18030".
std::string_view name(Encoding encoding);
/// The encoding of that name, any case; also "GBK", "GB2312" and "CP936", which GB18030 contains.
/// Errors: nullopt for another name.
std::optional<Encoding> encoding_from(std::string_view name);

/// A file as a sequence of pieces of UTF-8, without its byte order mark.
class TextReader {
  public:
    /// Guesses the encoding from the whole file unless `known` is given: by byte order mark, by
    /// the zero bytes of UTF-16, then UTF-8 when at least four of five multi-byte sequences are
    /// UTF-8 (a damaged UTF-8 file must not pass for GB18030), else GB18030.
    /// Errors: kCannotOpen, kFileTooLarge.
    static Result<TextReader> open(const std::filesystem::path& path,
                                   std::uint64_t bytes_max,
                                   std::optional<Encoding> known = std::nullopt);

    TextReader(TextReader&&) noexcept;
    TextReader& operator=(TextReader&&) noexcept;
    ~TextReader();

    [[nodiscard]] Encoding encoding() const { return encoding_; }
    /// The next piece, some 64 KiB, valid until the next call; empty at the end.
    /// Errors: kBadEncoding, which names line and byte offset, after all text before those bytes.
    Result<std::string_view> read();

  private:
    struct Converter;
    TextReader(std::ifstream file, Encoding encoding);

    Status convert(bool last);
    tl::unexpected<Error> bad_bytes_at(std::size_t position);
    void count_lines();

    std::ifstream file_;
    Encoding encoding_;
    std::unique_ptr<Converter> converter_;
    std::string raw_;             ///< bytes read and not converted yet
    std::string text_;            ///< the piece handed out
    std::optional<Error> wrong_;  ///< told once the text before it is handed out
    std::uint64_t converted_bytes_ = 0;
    std::uint64_t line_feeds_ = 0;
    std::uint64_t carriage_returns_ = 0;
    bool at_start_ = true;
};

}  // namespace dossier::tabular
