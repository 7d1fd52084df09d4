// What a report is: a row of data and a pure function that folds facts to tables. The row says what
// is counted, which columns come out, who may run it and whose rows he sees, and when it is usually
// made; lists, answers, pages and rights derive from it. One header a report; reports.hpp lists
// them. The office (server/reports) makes the facts. Source: architecture 4, domain 5.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/access/role.hpp"
#include "common/base/ids.hpp"
#include "common/base/value.hpp"
#include "common/report/period.hpp"

namespace dossier::report {

/// What the values of a column are, whoever shows them.
enum class Unit : std::uint8_t {
    Words,
    Person,
    Record,
    Count,
    Days,
    Date,
    Share,   ///< basis points
    Tenths,  ///< of a point
    Money,   ///< fen
};

struct Column {
    std::string_view key;
    Text label;
    Unit unit = Unit::Words;
};

/// One of the tables a report answers with.
struct Section {
    std::string_view key;
    Text label;
    std::span<const Column> columns;
};

/// Whose rows somebody sees. Each holds those before it.
enum class Whose : std::uint8_t {
    Own,
    Subordinates,  ///< of everybody he stands above
    Department,    ///< of that of his post, and of those below it
    Region,        ///< likewise
    All,
};
struct Reader {
    access::Role role = access::Role::Salesperson;
    Whose whose = Whose::Own;
};

/// Until when something is to be done: 24:00 of so many days after the day it began, or so many
/// hours after its moment where no days are said.
struct Limit {
    int days = 0;
    int hours = 0;
    std::string_view setting = {};  ///< under which the company sets the days, where it may
};

/// What people are measured by: records of a kind, each of which begins, is to be done by a limit,
/// and is done. All but the words are names of fields.
struct Measure {
    std::string_view key;
    Text label;
    int weight = 0;  ///< in the score, 0 = none
    const catalog::Kind* over = nullptr;
    std::string_view person;   ///< whose it is
    std::string_view started;  ///< since when
    std::string_view done;     ///< when it was done; where the kind has none or it is empty, `step`
    /// The step of the kind's workflow that does it, as the history tells.
    std::string_view step = {};
    /// Field and code of the state in which it still waits to be done. What is neither done nor in
    /// it is no fact: it needed not be done.
    std::string_view waits_field = {};
    std::string_view waits_code = {};
    Limit limit = {};
};

/// Records that are counted as they stand now, and what the fold is told of each.
struct Source {
    const catalog::Kind* over = nullptr;
    /// Names of fields; the fold finds them in Fact::values.
    std::span<const std::string_view> tells;
    /// Only records whose field has one of these codes; empty = all.
    std::string_view only_field = {};
    std::span<const std::string_view> only_codes = {};
};

/// One thing that is counted. Times are the office's: corrected where a laptop's clock was off.
struct Fact {
    std::uint8_t measure = 0;  ///< which of the report's measures, else of its sources
    UserId person;             ///< whose it is; none = nobody's
    RecordId subject;          ///< what it is about
    bool is_named = true;      ///< who asks may know of the subject
    Instant started;
    Instant limit;                ///< the last moment in time
    std::optional<Instant> done;  ///< nullopt = not yet
    FieldValues values = {};      ///< of a source: what it tells
};

struct Question {
    Period period;
    Instant at;  ///< as things stood then: what was done later was not done
};

/// So many subjects of which who asks may not know. Source: domain 5.1.
struct Others {
    std::int64_t count = 0;
    bool operator==(const Others&) const = default;
};
/// Nothing is "–".
using Cell = std::
    variant<std::monostate, std::int64_t, Text, std::string, Instant, UserId, RecordId, Others>;
using Row = std::vector<Cell>;
using Rows = std::vector<Row>;

struct Report;
/// The tables of its sections, in their order. No clock and no database; whole numbers only.
using Fold = std::vector<Rows> (*)(const Report& report,
                                   std::span<const Fact> facts,
                                   const Question& question);

/// When it is usually made: on this day of the month, quarter or year that begins.
struct Schedule {
    Grain every = Grain::Quarterly;
    int day = 1;
};

struct Report {
    std::string_view code;  ///< "RP-14"
    Text label;
    Text help;
    Grain usual = Grain::Quarterly;  ///< the period where none is said: the one that runs
    std::span<const Measure> measures;
    std::span<const Source> sources = {};
    std::span<const Section> sections;
    std::span<const Reader> readers;  ///< by domain 3.3
    Schedule schedule;
    Fold fold = nullptr;
};

}  // namespace dossier::report
