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

/// The values of one row, by the record they go to.
struct RowValues {
    FieldValues record;
    FieldValues contact;                        ///< of the contact a customer row brings along
    std::vector<std::uint16_t> record_cleared;  ///< fields whose cell holds the sign that clears
    std::vector<std::uint16_t> contact_cleared;
    std::vector<Trouble> told;       ///< cells that are kept otherwise than written
    std::vector<Trouble> left;       ///< cells that are left out; the row is taken without them
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
    void read_cell(const Column& column, const std::string& text, RowValues& values);
    void read_value(const Column& column, const std::string& text, RowValues& values);
    std::string one_line(const Column& column, const std::string& text, RowValues& values) const;
    void keep(const Column& column, Value value, RowValues& values);
    void trouble(const Column& column, Error error, RowValues& values) const;
    void add_constants(RowValues& values);
    FieldValues& side(const Column& column, RowValues& values) const;

    const Mapping& mapping_;
    std::vector<const Column*> in_order_;
    std::string clears_;
    Host& host_;
    Instant now_;
};

/// The elements of `held` and those of `given` that are not among them: a list gains, it loses
/// nothing. Phones of one line are one.
Value united(const catalog::Field& field, const Value& held, const Value& given);

}  // namespace dossier::sheet
