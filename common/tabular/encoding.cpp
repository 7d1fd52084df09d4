#include "common/tabular/encoding.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include <iconv.h>

#include "common/base/check.hpp"
#include "common/base/input_file.hpp"
#include "common/tabular/encoding_guess.hpp"
#include "common/tabular/faults.hpp"
#include "common/tabular/utf8_length.hpp"

namespace dossier::tabular {
namespace {

constexpr std::size_t kPieceBytes = 65'536;
constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";

struct Named {
    Encoding encoding;
    std::string_view name;   ///< shown to people
    std::string_view word;   ///< of --encoding
    std::string_view iconv;  ///< of the converter; none for UTF-8, which is only checked
    std::string_view also;   ///< other names, upper case without - and _, '|'-separated
};
constexpr std::array<Named, 9> kNames{{
    {Encoding::Utf8, "UTF-8", "utf-8", "", "UTF8"},
    {Encoding::Utf8Bom, "UTF-8 (BOM)", "utf-8", "", "UTF8BOM|UTF8 (BOM)"},
    {Encoding::Utf16Le, "UTF-16LE", "utf-16", "UTF-16LE", "UTF16LE|UTF16|UNICODE"},
    {Encoding::Utf16Be, "UTF-16BE", "utf-16be", "UTF-16BE", "UTF16BE"},
    {Encoding::Gb18030, "GB18030", "gb18030", "GB18030", "GB18030|GBK|GB2312|CP936|ANSI"},
    {Encoding::Big5, "Big5", "big5", "CP950", "BIG5|CP950|BIG5HKSCS"},
    {Encoding::Cp1252, "CP1252", "cp1252", "CP1252", "CP1252|WINDOWS1252|LATIN1|ISO88591"},
    {Encoding::ShiftJis, "Shift-JIS", "shift-jis", "CP932", "SHIFTJIS|SJIS|CP932"},
    {Encoding::EucKr, "EUC-KR", "euc-kr", "CP949", "EUCKR|CP949|UHC"},
}};

const Named& row(Encoding encoding) {
    return *std::find_if(kNames.begin(), kNames.end(),
                         [&](const Named& known) { return known.encoding == encoding; });
}

/// Upper case without what people put between the parts of a name.
std::string plain_name(std::string_view name) {
    std::string plain;
    for (const char c : name) {
        if (c == '-' || c == '_') continue;
        plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return plain;
}

bool is_among(std::string_view name, std::string_view list) {
    while (!list.empty()) {
        const auto end = std::min(list.find('|'), list.size());
        if (list.substr(0, end) == name) return true;
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return false;
}

}  // namespace

std::string read_block(std::ifstream& file) {
    std::string block(kPieceBytes, '\0');
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    block.resize(static_cast<std::size_t>(file.gcount()));
    return block;
}

std::string_view name(Encoding encoding) {
    return row(encoding).name;
}
std::string_view option_word(Encoding encoding) {
    return row(encoding).word;
}

std::optional<Encoding> encoding_from(std::string_view name) {
    const std::string wanted = plain_name(name);
    for (const Named& known : kNames) {
        if (is_among(wanted, known.also)) return known.encoding;
    }
    return std::nullopt;
}

Result<Encoding> encoding_named(std::string_view typed) {
    const auto found = encoding_from(typed);
    if (!found) return fail(kUnknownEncoding, typed);
    return *found;
}

/// Owner of an iconv descriptor and of the room its answers need.
struct Decoder::Converter {
    explicit Converter(std::string_view name)
        : handle(iconv_open("UTF-8", std::string(name).c_str())) {
        DOSSIER_CHECK(reinterpret_cast<std::intptr_t>(handle) != -1);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() { iconv_close(handle); }

    /// The bytes of `raw` that were good, up to one that is wrong or a character that is `cut`.
    std::size_t append(std::string_view raw, std::string& text, bool& cut) {
        // One byte becomes at most three; a little at a time, so that a bad byte costs little.
        constexpr std::size_t kStepBytes = 1024;
        std::array<char, 3 * kStepBytes + 4> out;
        char* from = const_cast<char*>(raw.data());  // iconv's signature; it only reads
        std::size_t left = std::min(raw.size(), kStepBytes);
        char* to = out.data();
        std::size_t room = out.size();
        const bool failed = iconv(handle, &from, &left, &to, &room) == static_cast<std::size_t>(-1);
        wrong = failed && errno == EILSEQ;
        cut = failed && errno == EINVAL && raw.size() <= kStepBytes;
        text.append(out.data(), out.size() - room);
        // Without this the descriptor would remember what it refused.
        if (failed) iconv(handle, nullptr, nullptr, nullptr, nullptr);
        return static_cast<std::size_t>(from - raw.data());
    }

    iconv_t handle;
    bool wrong = false;  ///< the last answer ended at a byte that is not of the encoding
};

Decoder::Decoder(Encoding encoding) : encoding_(encoding) {
    if (!row(encoding).iconv.empty()) converter_ = std::make_unique<Converter>(row(encoding).iconv);
}
Decoder::~Decoder() = default;

std::size_t Decoder::append_bad(std::string_view raw, std::string& text) const {
    const bool wide = encoding_ == Encoding::Utf16Le || encoding_ == Encoding::Utf16Be;
    const bool euro = encoding_ == Encoding::Gb18030 && raw.front() == '\x80';
    text += euro ? std::string_view("€") : kBadByte;
    return wide && raw.size() > 1 ? 2 : 1;
}

std::size_t Decoder::append(std::string_view raw, bool last, std::string& text) {
    std::size_t at = 0;
    while (at < raw.size()) {
        bool cut = false;
        bool wrong = false;
        if (converter_) {
            at += converter_->append(raw.substr(at), text, cut);
            wrong = converter_->wrong;
        } else {
            const std::size_t from = at;
            while ((at = ascii_end(raw, at)) < raw.size()) {
                const auto length = utf8_length(raw, at);
                cut = !length.has_value();
                wrong = !cut && *length == 0;
                if (cut || wrong) break;
                at += *length;
            }
            text.append(raw.substr(from, at - from));
        }
        if (cut && !last) break;
        if (cut || wrong) at += append_bad(raw.substr(at), text);
    }
    return at;
}

TextReader::TextReader(std::ifstream file, Guess guess)
    : file_(std::move(file)),
      guess_(std::move(guess)),
      decoder_(std::make_unique<Decoder>(guess_.best.encoding)) {}

Result<TextReader> TextReader::open(const std::filesystem::path& path,
                                    std::uint64_t bytes_max,
                                    std::optional<Encoding> known) {
    if (!is_ordinary_file(path.string())) return fail(kCannotOpen, path.string());
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(path, failed);
    std::ifstream file(path, std::ios::binary);
    if (failed || !file) return fail(kCannotOpen, path.string());
    if (bytes > bytes_max) return fail(kFileTooLarge, path.string(), std::to_string(bytes_max));
    auto guess = guess_encoding(file, known);
    file.clear();
    file.seekg(0);
    return TextReader(std::move(file), std::move(guess));
}

std::string_view TextReader::read() {
    text_.clear();
    while (text_.empty() && !at_end_) {
        const std::string more = read_block(file_);
        at_end_ = more.empty();
        raw_ += more;
        raw_.erase(0, decoder_->append(raw_, at_end_, text_));
        if (at_start_ && text_.starts_with(kUtf8Mark)) text_.erase(0, kUtf8Mark.size());
        at_start_ = at_start_ && text_.empty();
    }
    return text_;
}

}  // namespace dossier::tabular
