#include "common/tabular/xlsx_package.hpp"

#include <array>

#include <minizip/unzip.h>
#include <sys/stat.h>

#include "common/tabular/faults.hpp"
#include "common/tabular/file_form.hpp"

namespace dossier::tabular {

void Package::Close::operator()(void* file) const {
    unzClose(file);  // closes the entry being read too
}

tl::unexpected<Error> Package::damaged(std::string_view what) const {
    return fail(kNotWorkbook, path_, what);
}
tl::unexpected<Error> Package::hostile(std::string_view what) const {
    return fail(kHostileWorkbook, path_, what);
}

Result<Package> Package::open(const std::filesystem::path& path, const Limits& limits) {
    std::error_code failed;
    const auto bytes = std::filesystem::file_size(path, failed);
    if (failed) return fail(kCannotOpen, path.string());
    if (bytes > limits.file_bytes) {
        return fail(kFileTooLarge, path.string(), std::to_string(limits.file_bytes));
    }
    Package package(unzOpen64(path.c_str()), path.string(), limits);
    if (!package.file_) return package.damaged("no zip directory");
    if (auto listed = package.list_entries(); !listed) return pass(listed);
    return package;
}

Status Package::list_entries() {
    unz_global_info64 all{};
    if (unzGetGlobalInfo64(file_.get(), &all) != UNZ_OK) return damaged("no zip directory");
    if (all.number_entry > limits_.entries)
        return hostile(std::to_string(all.number_entry) + " entries");
    for (int at = unzGoToFirstFile(file_.get()); at != UNZ_END_OF_LIST_OF_FILE;
         at = unzGoToNextFile(file_.get())) {
        if (at != UNZ_OK) return damaged("zip directory");
        if (auto listed = list_entry(); !listed) return listed;
    }
    return {};
}

Status Package::list_entry() {
    std::array<char, 512> name{};
    unz_file_info64 info{};
    unz64_file_pos position{};
    if (unzGetCurrentFileInfo64(file_.get(), &info, name.data(), name.size() - 1, nullptr, 0,
                                nullptr, 0) != UNZ_OK ||
        info.size_filename >= name.size() || unzGetFilePos64(file_.get(), &position) != UNZ_OK) {
        return damaged("zip directory");
    }
    constexpr unsigned kEncrypted = 1;
    constexpr unsigned kUnixModeShift = 16;
    if ((info.flag & kEncrypted) != 0) return fail(kProtectedWorkbook, path_);
    if (S_ISLNK(info.external_fa >> kUnixModeShift)) {
        return hostile(std::string("symbolic link ") + name.data());
    }
    // Below 4 KiB a ratio says nothing: an empty part of a sheet deflates to a few bytes.
    constexpr std::uint64_t kSmall = 4096;
    if (info.uncompressed_size > kSmall &&
        info.uncompressed_size / limits_.ratio > info.compressed_size) {
        return hostile(std::string("ratio of ") + name.data());
    }
    const Entry entry{position.pos_in_zip_directory, position.num_of_file, info.uncompressed_size};
    if (!entries_.emplace(name.data(), entry).second) return damaged("two entries of one name");
    return {};
}

Status Package::start(const std::string& entry, std::uint64_t bytes_max) {
    const auto found = entries_.find(entry);
    if (found == entries_.end()) return damaged("no " + entry);
    // minizip never inflates more than the directory declares.
    if (found->second.inflated_bytes > bytes_max) return hostile("size of " + entry);
    const unz64_file_pos position{found->second.position, found->second.number};
    if (unzGoToFilePos64(file_.get(), &position) != UNZ_OK ||
        unzOpenCurrentFile(file_.get()) != UNZ_OK) {
        return damaged(entry);
    }
    return {};
}

Result<std::string_view> Package::read() {
    constexpr std::size_t kPieceBytes = 65'536;
    piece_.resize(kPieceBytes);
    const int got = unzReadCurrentFile(file_.get(), piece_.data(), kPieceBytes);
    if (got < 0) return damaged("compressed data");
    piece_.resize(static_cast<std::size_t>(got));
    if (got == 0 && unzCloseCurrentFile(file_.get()) != UNZ_OK) return damaged("checksum");
    return std::string_view(piece_);
}

Status Package::judged(XmlReader::Outcome outcome) const {
    switch (outcome) {
        case XmlReader::Outcome::HasDocumentType:
            return hostile("XML document type");
        case XmlReader::Outcome::TooLarge:
            return hostile("XML depth, names or attributes");
        case XmlReader::Outcome::Malformed:
            return damaged("XML");
        default:
            return {};
    }
}

Status Package::parse(const std::string& entry,
                      XmlHandler& handler,
                      std::optional<std::uint64_t> bytes_max) {
    if (auto started = start(entry, bytes_max.value_or(limits_.entry_bytes)); !started)
        return started;
    XmlReader reader(handler);
    for (;;) {
        const auto piece = read();
        if (!piece) return tl::unexpected(piece.error());
        if (auto fed = judged(reader.feed(*piece)); !fed || piece->empty()) return fed;
        if (const auto why = handler.refusal(); !why.empty()) return hostile(why);
    }
}

}  // namespace dossier::tabular
