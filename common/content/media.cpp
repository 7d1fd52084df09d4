#include "common/content/media.hpp"

#include <algorithm>
#include <array>

namespace dossier::content {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kNameCharactersMax = 200;

/// How contents of a type begin.
using Begins = bool (*)(std::string_view head);

bool is_zip(std::string_view head) {
    return head.starts_with("PK\x03\x04"sv);
}
/// The compound files of Office 97.
bool is_compound(std::string_view head) {
    return head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv);
}
bool is_pdf(std::string_view head) {
    return head.starts_with("%PDF-"sv);
}
bool is_jpeg(std::string_view head) {
    return head.starts_with("\xFF\xD8\xFF"sv);
}
bool is_png(std::string_view head) {
    return head.starts_with("\x89PNG\r\n\x1A\n"sv);
}
bool is_webp(std::string_view head) {
    return head.starts_with("RIFF"sv) &&
           head.substr(std::min<std::size_t>(8, head.size())).starts_with("WEBP"sv);
}
bool is_tiff(std::string_view head) {
    return head.starts_with("II*\0"sv) || head.starts_with("MM\0*"sv);
}
bool is_heic(std::string_view head) {
    if (head.size() < 12 || head.substr(4, 4) != "ftyp"sv) return false;
    static constexpr std::array kBrands{"heic"sv, "heix"sv, "mif1"sv, "msf1"sv, "hevc"sv};
    return std::ranges::find(kBrands, head.substr(8, 4)) != kBrands.end();
}
bool is_bmp(std::string_view head) {
    // Bytes 6 to 9 are reserved and zero.
    return head.starts_with("BM"sv) && head.size() >= 14 && head.substr(6, 4) == "\0\0\0\0"sv;
}
bool is_gif(std::string_view head) {
    return head.starts_with("GIF87a"sv) || head.starts_with("GIF89a"sv);
}
bool is_rar(std::string_view head) {
    return head.starts_with("Rar!\x1A\x07\0"sv) || head.starts_with("Rar!\x1A\x07\x01\0"sv);
}
/// Sound in an MPEG-4 file, by the brands phones and recorders write.
bool is_m4a(std::string_view head) {
    if (head.size() < 12 || head.substr(4, 4) != "ftyp"sv) return false;
    static constexpr std::array kBrands{"M4A "sv, "M4B "sv, "mp42"sv, "isom"sv, "mp41"sv, "dash"sv};
    return std::ranges::find(kBrands, head.substr(8, 4)) != kBrands.end();
}
/// Files of WPS: compound ones of former and zip files of present programs.
bool is_wps(std::string_view head) {
    return is_compound(head) || is_zip(head);
}
/// Any encoding people write text in, and none of the others: no NUL and no page that a browser
/// would run.
bool is_text(std::string_view head) {
    static constexpr std::array<Begins, 10> kOthers{is_zip,  is_compound, is_pdf, is_jpeg, is_png,
                                                    is_heic, is_bmp,      is_gif, is_rar,  is_m4a};
    const bool other = std::ranges::any_of(kOthers, [&](Begins begins) { return begins(head); });
    const auto plain = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 || c == '\t' || c == '\n' || c == '\r' || c == '\f';
    };
    const auto first = head.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    const bool markup = first != std::string_view::npos && head[first] == '<';
    return !other && !markup && std::ranges::all_of(head, plain);
}

/// Mail begins with a line of its head: "Received: …". Source: RFC 5322, 2.2.
bool is_mail(std::string_view head) {
    const auto line = head.substr(0, head.find_first_of("\r\n"));
    const auto colon = line.find(':');
    const auto is_name = [](char c) { return c > ' ' && c <= '~'; };
    return is_text(head) && colon != std::string_view::npos && colon > 0 &&
           std::ranges::all_of(line.substr(0, colon), is_name);
}

struct Format {
    std::string_view extensions;  ///< lower case, '|'-separated
    std::string_view type;
    Begins begins;
};
constexpr std::array kFormats{
    Format{"pdf", "application/pdf", is_pdf},
    Format{"ofd", "application/ofd", is_zip},
    Format{"jpg|jpeg|jfif", "image/jpeg", is_jpeg},
    Format{"png", "image/png", is_png},
    Format{"webp", "image/webp", is_webp},
    Format{"tif|tiff", "image/tiff", is_tiff},
    Format{"heic|heif", "image/heic", is_heic},
    Format{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
           is_zip},
    Format{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", is_zip},
    Format{"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation",
           is_zip},
    Format{"doc", "application/msword", is_compound},
    Format{"xls", "application/vnd.ms-excel", is_compound},
    Format{"ppt", "application/vnd.ms-powerpoint", is_compound},
    Format{"txt", "text/plain", is_text},
    Format{"csv", "text/csv", is_text},
    Format{"bmp", "image/bmp", is_bmp},
    Format{"gif", "image/gif", is_gif},
    Format{"wps", "application/wps-office.wps", is_wps},
    Format{"et", "application/wps-office.et", is_wps},
    Format{"zip", "application/zip", is_zip},
    Format{"rar", "application/vnd.rar", is_rar},
    Format{"eml", "message/rfc822", is_mail},
    Format{"m4a", "audio/mp4", is_m4a},
};

bool lists(std::string_view words, std::string_view word) {
    while (!words.empty()) {
        const auto end = std::min(words.find('|'), words.size());
        if (words.substr(0, end) == word) return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

std::string extension_of(std::string_view name) {
    const auto dot = name.rfind('.');
    std::string extension(dot == std::string_view::npos ? std::string_view()
                                                        : name.substr(dot + 1));
    for (char& c : extension) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return extension;
}

std::string all_extensions() {
    std::string all;
    for (const Format& format : kFormats) {
        all += (all.empty() ? "" : " ") + std::string(format.extensions);
    }
    std::ranges::replace(all, '|', ' ');
    return all;
}

}  // namespace

Result<std::string_view> media_type_of(std::string_view file_name, ByteView head) {
    const std::string extension = extension_of(file_name);
    const auto* at = std::ranges::find_if(
        kFormats, [&](const Format& format) { return lists(format.extensions, extension); });
    if (at == kFormats.end()) return fail(kUnknownFormat, std::string(file_name), all_extensions());
    if (!may_be(at->type, head)) return fail(kFormatDiffers, std::string(file_name), extension);
    return at->type;
}

bool may_be(std::string_view media_type, ByteView head) {
    const auto* at = std::ranges::find(kFormats, media_type, &Format::type);
    const auto beginning = text_of(head.first(std::min(kHeadBytes, head.size())));
    return at != kFormats.end() && at->begins(beginning);
}

std::string kept_name(std::string_view path) {
    static constexpr std::string_view kUnsafe = ":*?\"<>|\\/";
    const auto slash = path.find_last_of("/\\");
    std::string name(slash == std::string_view::npos ? path : path.substr(slash + 1));
    for (char& c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7F || kUnsafe.find(c) != std::string_view::npos) c = '_';
    }
    auto canonical = canonical_text(name);
    if (!canonical || has_forbidden_character(*canonical)) {
        // Direction characters and broken UTF-8: only what is plain stays.
        std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
        canonical = canonical_text(name);
    }
    std::string kept = canonical.value_or("");
    if (character_count(kept) > kNameCharactersMax) {
        // The end tells the format.
        kept = std::string(tail(kept, kNameCharactersMax));
    }
    // Hidden by no dot, also none behind a blank or at the place where it was cut.
    for (std::string before; before != kept;) {
        before = kept;
        kept.erase(0, std::min(kept.find_first_not_of(". "), kept.size()));
        kept = canonical_text(kept).value_or("");
    }
    return kept.empty() ? "附件" : kept;
}

}  // namespace dossier::content
