// One row of a table as values: each cell read by its column, what cannot be read named.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/sheet/mapping.hpp"
#include "common/tabular/table.hpp"
#include "common/time/clock.hpp"

namespace dossier::sheet {

class Host;

/// Something of a row that is not stored: its column and why.
struct Trouble {
    std::string field;
    Error error;
};

/// What a row says of one record.
struct Said {
    FieldValues values;
    std::vector<std::uint16_t> cleared = {};  ///< fields whose cell holds the sign that clears

    [[nodiscard]] bool is_nothing() const { return values.empty() && cleared.empty(); }
};

/// The values of one row, by the record they go to.
struct RowValues {
    Said record;
    std::vector<Said> contacts;      ///< those a customer row brings along, no person twice
    std::vector<Trouble> told;       ///< cells that are kept otherwise than written
    std::vector<Trouble> left;       ///< cells that are left out; the row is taken without them
    std::vector<Trouble> blank;      ///< words that stand for no value, told once a column
    std::optional<Trouble> refused;  ///< why the row cannot be taken at all
};

/// Reads cells in the order in which they explain each other: provinces before cities before
/// districts. A cell that cannot be read costs its row only where the field is required or names
/// another record.
class RowReader {
  public:
    /// `clears` empties a field where a cell holds exactly that; none when empty.
    RowReader(const Mapping& mapping, std::string clears, Host& host, Instant now);

    RowValues read(const tabular::Row& row);

  private:
    void refuse_totals(const tabular::Row& row, RowValues& values) const;
    void read_cell(const Column& column, const std::string& text, RowValues& values);
    void read_value(const Column& column, const std::string& text, RowValues& values);
    std::string one_line(const Column& column, const std::string& text, RowValues& values) const;
    void keep(const Column& column, Value value, RowValues& values) const;
    void trouble(const Column& column, Error error, RowValues& values) const;
    void add_constants(RowValues& values);
    void settle_identity(RowValues& values) const;
    void join_contacts(RowValues& values) const;
    Said& side(const Column& column, RowValues& values) const;

    const Mapping& mapping_;
    std::vector<const Column*> in_order_;
    std::string clears_;
    Host& host_;
    Instant now_;
};

/// The heading of this contact's first column; empty where it has none.
std::string heading_of_contact(const Mapping& mapping, std::size_t contact);

/// The elements of `held` and those of `given` that are not among them: a list gains, it loses
/// nothing. Phones of one line are one.
Value united(const catalog::Field& field, const Value& held, const Value& given);

}  // namespace dossier::sheet
