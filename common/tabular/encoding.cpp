#include "common/tabular/encoding.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <iconv.h>

#include "common/base/check.hpp"
#include "common/tabular/faults.hpp"

namespace dossier::tabular {
namespace {

constexpr std::size_t kPieceBytes = 65'536;
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

unsigned byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

/// What stands at `at`: its length when it is a UTF-8 character, 0 when it cannot become one,
/// nothing when the text ends inside it.
std::optional<std::size_t> utf8_length(std::string_view text, std::size_t at) {
    const unsigned first = byte_at(text, at);
    if (first < 0x80U) return 1;
    if (first < 0xC2U || first > 0xF4U) return 0;
    const std::size_t length = first < 0xE0U ? 2 : first < 0xF0U ? 3 : 4;
    for (std::size_t i = 1; i < length; ++i) {
        if (at + i == text.size()) return std::nullopt;
        const unsigned next = byte_at(text, at + i);
        // The second byte also excludes overlong forms, surrogates and what lies above U+10FFFF.
        const unsigned least = i > 1            ? 0x80U
                               : first == 0xE0U ? 0xA0U
                               : first == 0xF0U ? 0x90U
                                                : 0x80U;
        const unsigned most = i > 1            ? 0xBFU
                              : first == 0xEDU ? 0x9FU
                              : first == 0xF4U ? 0x8FU
                                               : 0xBFU;
        if (next < least || next > most) return 0;
    }
    return length;
}

/// End of the run of ASCII that starts at `at`.
std::size_t ascii_end(std::string_view text, std::size_t at) {
    while (at < text.size() && byte_at(text, at) < 0x80U) ++at;
    return at;
}

std::string read_block(std::ifstream& file) {
    std::string block(kPieceBytes, '\0');
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    block.resize(static_cast<std::size_t>(file.gcount()));
    return block;
}

std::optional<Encoding> encoding_by_mark(std::string_view start) {
    if (start.starts_with(kUtf8Mark)) return Encoding::Utf8Bom;
    if (start.starts_with("\xFF\xFE")) return Encoding::Utf16Le;
    if (start.starts_with("\xFE\xFF")) return Encoding::Utf16Be;
    if (start.starts_with("\x84\x31\x95\x33")) return Encoding::Gb18030;
    return std::nullopt;
}

/// UTF-16 without a mark: its separators and line ends leave zero bytes, all on the same side.
std::optional<Encoding> utf16_by_zeros(std::string_view start) {
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < start.size(); ++i) zeros[i % 2] += start[i] == '\0' ? 1U : 0U;
    if (zeros[0] + zeros[1] < 2) return std::nullopt;
    // A line end in the right place keeps a damaged 8-bit file from passing for UTF-16.
    const auto has_pair = [&](char first, char second) {
        for (std::size_t i = 0; i + 1 < start.size(); i += 2) {
            if (start[i] == first && start[i + 1] == second) return true;
        }
        return false;
    };
    if (zeros[0] == 0 && has_pair('\n', '\0')) return Encoding::Utf16Le;
    if (zeros[1] == 0 && has_pair('\0', '\n')) return Encoding::Utf16Be;
    return std::nullopt;
}

Encoding guess(std::ifstream& file) {
    std::string block = read_block(file);
    if (const auto marked = encoding_by_mark(block)) return *marked;
    if (const auto wide = utf16_by_zeros(block)) return *wide;
    std::size_t good = 0;
    std::size_t bad = 0;
    while (!block.empty()) {
        std::size_t at = 0;
        while ((at = ascii_end(block, at)) < block.size()) {
            const auto length = utf8_length(block, at);
            if (!length) break;
            *length > 0 ? ++good : ++bad;
            at += std::max<std::size_t>(*length, 1);
        }
        constexpr std::size_t kEnough = 1000;
        if (bad > kEnough && bad > good) return Encoding::Gb18030;
        const std::string more = read_block(file);
        if (more.empty()) {
            bad += at < block.size() ? 1U : 0U;  // the file ends inside a character
            break;
        }
        block.erase(0, at);
        block += more;
    }
    return good >= 4 * bad ? Encoding::Utf8 : Encoding::Gb18030;
}

struct Named {
    Encoding encoding;
    std::string_view name;
};
constexpr std::array<Named, 11> kNames{{{Encoding::Utf8, "UTF-8"},
                                        {Encoding::Utf8Bom, "UTF-8 (BOM)"},
                                        {Encoding::Utf16Le, "UTF-16LE"},
                                        {Encoding::Utf16Be, "UTF-16BE"},
                                        {Encoding::Gb18030, "GB18030"},
                                        {Encoding::Utf8, "UTF8"},
                                        {Encoding::Utf8Bom, "UTF-8-BOM"},
                                        {Encoding::Utf16Le, "UTF-16"},
                                        {Encoding::Gb18030, "GBK"},
                                        {Encoding::Gb18030, "GB2312"},
                                        {Encoding::Gb18030, "CP936"}}};

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

std::string_view name(Encoding encoding) {
    return std::find_if(kNames.begin(), kNames.end(),
                        [&](const Named& known) { return known.encoding == encoding; })
        ->name;
}

std::optional<Encoding> encoding_from(std::string_view name) {
    std::string wanted(name);
    std::transform(wanted.begin(), wanted.end(), wanted.begin(), upper);
    for (const Named& known : kNames) {
        if (known.name == wanted) return known.encoding;
    }
    return std::nullopt;
}

/// Owner of an iconv descriptor; none for UTF-8, which is only checked.
struct TextReader::Converter {
    explicit Converter(Encoding encoding) {
        if (encoding == Encoding::Utf8 || encoding == Encoding::Utf8Bom) return;
        handle = iconv_open("UTF-8", std::string(name(encoding)).c_str());
        DOSSIER_CHECK(reinterpret_cast<std::intptr_t>(*handle) != -1);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() {
        if (handle) iconv_close(*handle);
    }

    /// Appends to `text` what `raw` says and returns how many bytes of `raw` that took: all, or up
    /// to a character that is cut (`cut`) or wrong.
    std::size_t append(std::string_view raw, std::string& text, bool& cut) const;

    std::optional<iconv_t> handle;
};

std::size_t TextReader::Converter::append(std::string_view raw,
                                          std::string& text,
                                          bool& cut) const {
    cut = false;
    if (!handle) {
        std::size_t at = 0;
        while ((at = ascii_end(raw, at)) < raw.size()) {
            const auto length = utf8_length(raw, at);
            cut = !length.has_value();
            if (cut || *length == 0) break;
            at += *length;
        }
        text.append(raw.substr(0, at));
        return at;
    }
    // Two bytes of any of these encodings become at most three.
    std::string out(raw.size() * 2 + 4, '\0');
    char* from = const_cast<char*>(raw.data());  // iconv's signature; it only reads
    char* to = out.data();
    std::size_t from_left = raw.size();
    std::size_t to_left = out.size();
    const std::size_t outcome = iconv(*handle, &from, &from_left, &to, &to_left);
    cut = outcome == static_cast<std::size_t>(-1) && errno == EINVAL;
    text.append(out, 0, out.size() - to_left);
    return raw.size() - from_left;
}

TextReader::TextReader(std::ifstream file, Encoding encoding)
    : file_(std::move(file)),
      encoding_(encoding),
      converter_(std::make_unique<Converter>(encoding)) {}
TextReader::TextReader(TextReader&&) noexcept = default;
TextReader& TextReader::operator=(TextReader&&) noexcept = default;
TextReader::~TextReader() = default;

Result<TextReader> TextReader::open(const std::filesystem::path& path,
                                    std::uint64_t bytes_max,
                                    std::optional<Encoding> known) {
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(path, failed);
    std::ifstream file(path, std::ios::binary);
    if (failed || !file) return fail(kCannotOpen, path.string());
    if (bytes > bytes_max) return fail(kFileTooLarge, path.string(), std::to_string(bytes_max));
    if (!known) {
        known = guess(file);
        file.clear();
        file.seekg(0);
    }
    return TextReader(std::move(file), *known);
}

Result<std::string_view> TextReader::read() {
    text_.clear();
    while (text_.empty() && !wrong_) {
        const std::string more = read_block(file_);
        if (more.empty() && raw_.empty()) break;
        raw_ += more;
        if (auto done = convert(more.empty()); !done) wrong_ = std::move(done.error());
    }
    if (text_.empty() && wrong_) return tl::unexpected(*wrong_);
    return std::string_view(text_);
}

Status TextReader::convert(bool last) {
    bool cut = false;
    const std::size_t used = converter_->append(raw_, text_, cut);
    count_lines();
    if (used < raw_.size() && (last || !cut)) return bad_bytes_at(used);
    converted_bytes_ += used;
    raw_.erase(0, used);
    if (at_start_ && text_.starts_with(kUtf8Mark)) text_.erase(0, kUtf8Mark.size());
    at_start_ = false;
    return {};
}

tl::unexpected<Error> TextReader::bad_bytes_at(std::size_t position) {
    const auto line = 1 + std::max(line_feeds_, carriage_returns_);
    return fail(kBadEncoding, std::to_string(line), std::to_string(converted_bytes_ + position),
                name(encoding_));
}

void TextReader::count_lines() {
    line_feeds_ += static_cast<std::uint64_t>(std::count(text_.begin(), text_.end(), '\n'));
    carriage_returns_ += static_cast<std::uint64_t>(std::count(text_.begin(), text_.end(), '\r'));
}

}  // namespace dossier::tabular
