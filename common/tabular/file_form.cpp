#include "common/tabular/file_form.hpp"

#include <algorithm>
#include <array>

#include "common/base/input_file.hpp"
#include "common/tabular/faults.hpp"

namespace dossier::tabular {
namespace {

/// Enough for the words a file starts with and the directory of a compound file.
constexpr std::size_t kStartBytes = 65'536;

struct Form {
    std::string_view start;
    std::string_view name;
};
constexpr std::array<Form, 6> kForms{{{"%PDF-", "PDF"},
                                      {"\x89PNG", "PNG"},
                                      {"\xFF\xD8\xFF", "JPEG"},
                                      {"Rar!", "RAR"},
                                      {"7z\xBC\xAF", "7z"},
                                      {"{\\rtf", "RTF"}}};

std::string start_of(std::ifstream& file) {
    std::string start(kStartBytes, '\0');
    file.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(file.gcount()));
    return start;
}

/// Without the letters' case, a byte order mark and white space: as a browser looks at it. Zero
/// bytes are left out, so that UTF-16 reads alike.
std::string first_words(std::string_view start) {
    constexpr std::size_t kWords = 512;
    std::string words;
    for (const char c : start.substr(0, 2 * kWords)) {
        if (c == '\0' || static_cast<unsigned char>(c) >= 0x80) continue;
        const bool gap = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (gap && (words.empty() || words.back() == ' ')) continue;
        words += gap ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return words;
}

/// The name as UTF-16, as the directory of a compound file has it.
bool has_stream(std::string_view start, std::string_view name) {
    std::string wide;
    for (const char c : name) {
        wide += c;
        wide += '\0';
    }
    return start.find(wide) != std::string_view::npos;
}

/// Old workbooks, Word documents and encrypted workbooks are compound files. Source: MS-CFB,
/// MS-OFFCRYPTO 2.3.4.
Error compound(const std::filesystem::path& path, std::ifstream& file, std::string start) {
    // The directory may lie anywhere; the rest of the file is looked through in pieces.
    while (!start.empty()) {
        if (has_stream(start, "EncryptedPackage") || has_stream(start, "EncryptionInfo"))
            return fail(kProtectedWorkbook, path.string()).value();
        if (has_stream(start, "WordDocument"))
            return fail(kOtherForm, path.string(), "DOC").value();
        std::string overlap = start.substr(start.size() - std::min<std::size_t>(start.size(), 64));
        std::string more = start_of(file);
        start = more.empty() ? more : overlap + more;
    }
    return fail(kOldExcel, path.string()).value();
}

bool is_page(std::string_view words) {
    if (words.starts_with("mime-version:")) return true;
    if (!words.starts_with('<')) return false;
    for (const std::string_view tag : {"<html", "<!doctype html", "<table", "<head", "<body"}) {
        if (words.find(tag) != std::string_view::npos) return true;
    }
    return false;
}

}  // namespace

Result<Format> form_of(const std::filesystem::path& path) {
    if (!is_ordinary_file(path.string())) return fail(kCannotOpen, path.string());
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail(kCannotOpen, path.string());
    std::string start = start_of(file);
    if (start.starts_with("PK\x03\x04")) return Format::Xlsx;
    if (start.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
        return tl::unexpected(compound(path, file, std::move(start)));
    // Workbooks before 1997 are one stream that starts with its BOF record. Source: MS-XLS 2.4.21.
    for (const std::string_view record :
         {std::string_view("\x09\x08\x08\x00", 4), std::string_view("\x09\x04\x06\x00", 4),
          std::string_view("\x09\x02\x06\x00", 4), std::string_view("\x09\x00\x04\x00", 4)}) {
        if (start.starts_with(record)) return fail(kOldExcel, path.string());
    }
    for (const auto& [mark, name] : kForms) {
        if (start.starts_with(mark)) return fail(kOtherForm, path.string(), name);
    }
    const std::string words = first_words(start);
    if (is_page(words)) return fail(kWebPage, path.string());
    if (words.starts_with("<?xml")) return fail(kOtherForm, path.string(), "XML");
    return Format::Csv;
}

}  // namespace dossier::tabular
