// How files are used (RP-17), counted from the audit: who reads is noted there, and nowhere else.
// Source: domain 5.2 RP-17, R-009, R-153.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "server/reading/asker.hpp"

namespace dossier::server {

/// What each row of the count stands for.
enum class UseBy : std::uint8_t { File, Department, Month };

struct UseAsked {
    UseBy by = UseBy::File;
    std::string first_day;  ///< "YYYY-MM-DD", in office time
    std::string last_day;
};
struct UseRow {
    RecordId of;        ///< the file or its department; none for months
    std::string month;  ///< "2026-03", of UseBy::Month
    std::uint64_t views = 0;
    std::uint64_t people = 0;  ///< different ones
    std::uint64_t grants = 0;  ///< that were given, in this time, to what the row stands for
    std::uint64_t files = 0;   ///< different ones
};
/// Readings that were allowed and grants that were made, between the two days, of files the asker
/// may know of. The most used first, months in order. Noted as "report".
/// Errors: access.denied but for who leads customer service, planning, marketing or the company.
Result<std::vector<UseRow>> use_of_files(Office& office,
                                         const Asker& asker,
                                         const UseAsked& asked,
                                         const std::function<void()>& give_way);

/// Files in force that nobody has read for twelve months, as far as the asker may know of them.
/// Noted and refused likewise.
Result<std::vector<RecordId>> unused_files(Office& office,
                                           const Asker& asker,
                                           const std::function<void()>& give_way);

}  // namespace dossier::server
