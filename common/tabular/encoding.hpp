// Text files in whatever encoding a spreadsheet program wrote, read as UTF-8.
// The guess is shown to people; bytes that contradict the encoding are marked, never replaced.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"

namespace dossier::tabular {

enum class Encoding : unsigned char {
    Utf8,
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    Gb18030,   ///< and GBK with the euro sign at 0x80, as Excel writes it
    Big5,      ///< code page 950
    Cp1252,    ///< Western European
    ShiftJis,  ///< code page 932
    EucKr,     ///< code page 949
};

/// "UTF-8", "UTF-8 (BOM)", "UTF-16LE", "UTF-16BE", "GB18030", "Big5", "CP1252", "Shift-JIS" or
/// "EUC-KR".
std::string_view name(Encoding encoding);
/// What people write for it: "utf-8", "gb18030" …: the words `--encoding` takes.
std::string_view option_word(Encoding encoding);
/// The encoding of that name, any case; also usual other names: "GBK", "GB2312", "CP936",
/// "CP950", "Latin1", "SJIS", "CP949" … Errors: nullopt for another name.
std::optional<Encoding> encoding_from(std::string_view name);
/// The same for what a person typed. Errors: kUnknownEncoding with the words it may be.
Result<Encoding> encoding_named(std::string_view typed);

/// One way to read the bytes of a file.
struct Reading {
    Encoding encoding = Encoding::Utf8;
    std::vector<std::string> samples;  ///< up to three cells with more than ASCII, read that way
};

/// What the bytes of a file most likely are, for a person to confirm.
struct Guess {
    Reading best;
    std::optional<Reading> next;  ///< the runner-up; none where the bytes leave no choice
    bool sure = true;             ///< false when `next` is about as likely
};

/// Stands in the text for a byte that is not of the encoding: U+FFFE, which no text may hold.
inline constexpr std::string_view kBadByte = "\xEF\xBF\xBE";

/// UTF-8 of bytes in one encoding, piece by piece, with `kBadByte` for each byte (each unit of
/// UTF-16) that is wrong.
class Decoder {
  public:
    explicit Decoder(Encoding encoding);
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;
    ~Decoder();

    /// Appends what `raw` says to `text`; the number of bytes that took: all of them, but not a
    /// character cut at the end unless these are the `last` bytes.
    std::size_t append(std::string_view raw, bool last, std::string& text);

  private:
    struct Converter;
    std::size_t append_bad(std::string_view raw, std::string& text) const;

    Encoding encoding_;
    std::unique_ptr<Converter> converter_;
};

/// A file as a sequence of pieces of UTF-8, without its byte order mark.
class TextReader {
  public:
    /// Guesses the encoding from the whole file (encoding_guess.hpp) unless `known` is given.
    /// Errors: kCannotOpen, kFileTooLarge.
    static Result<TextReader> open(const std::filesystem::path& path,
                                   std::uint64_t bytes_max,
                                   std::optional<Encoding> known = std::nullopt);

    [[nodiscard]] Encoding encoding() const { return guess_.best.encoding; }
    [[nodiscard]] const Guess& guess() const { return guess_; }
    /// The next piece, some 64 KiB, valid until the next call; empty at the end. `kBadByte` stands
    /// where bytes are not of the encoding.
    std::string_view read();

  private:
    TextReader(std::ifstream file, Guess guess);

    std::ifstream file_;
    Guess guess_;
    std::unique_ptr<Decoder> decoder_;
    std::string raw_;   ///< bytes read and not converted yet
    std::string text_;  ///< the piece handed out
    bool at_start_ = true;
    bool at_end_ = false;
};

/// The next 64 KiB of a file; empty at its end.
std::string read_block(std::ifstream& file);

}  // namespace dossier::tabular
