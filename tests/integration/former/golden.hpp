// The golden databases: how they are kept, and a folder to open copies of them in.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::test {

/// What every pair holds, in words.
inline constexpr std::string_view kAcme = "杭州明润医药有限公司";
inline constexpr std::string_view kHarbour = "宁波港机";
inline constexpr std::string_view kSentWords = "谈了天平";
inline constexpr std::string_view kUnsentWords = "还没有送出的话";
/// The content of the one attachment.
Bytes golden_content();

/// A folder of its own, gone at the end.
class Scratch {
  public:
    Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch();
    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const {
        return path_ / name;
    }
    /// Unpacks a golden file here.
    [[nodiscard]] std::filesystem::path copy_of(const std::filesystem::path& golden) const;

  private:
    std::filesystem::path path_;
};

/// Golden files of one side ("laptop", "office"), pair by pair in the same order: a pair knows each
/// other.
std::vector<std::filesystem::path> golden_of(std::string_view side);
/// `pair` = the versions of both schemas, the office's first.
void write_golden(std::string_view pair,
                  std::string_view side,
                  const std::filesystem::path& database);

Bytes file_bytes(const std::filesystem::path& path);
/// Tables with their columns, and indexes: what two databases of one schema have in common.
std::vector<std::string> shape_of(sqlite::Connection& db);

}  // namespace dossier::test
