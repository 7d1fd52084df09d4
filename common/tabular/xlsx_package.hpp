// The zip file a workbook is: its entries checked against the limits before one is inflated.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/result.hpp"
#include "common/tabular/table.hpp"
#include "common/tabular/xml.hpp"

namespace dossier::tabular {

/// An open workbook file. One entry is read at a time.
class Package {
  public:
    /// Errors: kCannotOpen, kFileTooLarge, kNotWorkbook; kHostileWorkbook for too many entries,
    /// a symbolic link, a ratio above the limit; kProtectedWorkbook for an encrypted entry.
    static Result<Package> open(const std::filesystem::path& path, const Limits& limits);

    [[nodiscard]] const Limits& limits() const { return limits_; }
    [[nodiscard]] bool has(const std::string& entry) const { return entries_.contains(entry); }
    /// Starts to read `entry`, of at most `bytes_max` inflated.
    /// Errors: kNotWorkbook when there is none, kHostileWorkbook when it is larger.
    Status start(const std::string& entry, std::uint64_t bytes_max);
    /// The next piece of the entry, valid until the next call; empty once at its end, when its
    /// checksum has been verified. Errors: kNotWorkbook.
    Result<std::string_view> read();
    /// Reads the whole of an entry into `handler`, of a small one unless `bytes_max` says more.
    /// Errors: those of `start`, `read`, `judged`; kHostileWorkbook when the handler refuses more.
    Status parse(const std::string& entry,
                 XmlHandler& handler,
                 std::optional<std::uint64_t> bytes_max = std::nullopt);
    /// What the outcome of a reader says of the file. Errors: kNotWorkbook; kHostileWorkbook for a
    /// document type or what no spreadsheet program writes.
    [[nodiscard]] Status judged(XmlReader::Outcome outcome) const;

    [[nodiscard]] tl::unexpected<Error> damaged(std::string_view what) const;
    [[nodiscard]] tl::unexpected<Error> hostile(std::string_view what) const;

  private:
    struct Close {
        void operator()(void* file) const;
    };
    struct Entry {
        std::uint64_t position;
        std::uint64_t number;
        std::uint64_t inflated_bytes;
    };

    Package(void* file, std::string path, const Limits& limits)
        : file_(file), path_(std::move(path)), limits_(limits) {}
    Status list_entries();
    Status list_entry();

    std::unique_ptr<void, Close> file_;
    std::string path_;
    Limits limits_;
    std::map<std::string, Entry> entries_;
    std::string piece_;
};

}  // namespace dossier::tabular
