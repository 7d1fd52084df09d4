// The company the matrix is held against: one person who is given every role in turn, and for each
// way a customer's file may stand to that person one file with a contact, a visit and a document.
#pragma once

#include "common/content/contents.hpp"

#include "tests/matrix/table.hpp"
#include "tests/support/peopled_office.hpp"

namespace dossier::test {

/// What is said where a purpose is asked for.
inline constexpr std::string_view kPurpose = "季度核定资料";

/// One customer file and how it stands to the person.
struct File {
    std::size_t level = 0;  ///< places in the dimensions of `file_dimensions`
    std::size_t region = 0;
    std::size_t owner = 0;
    std::size_t state = 0;
    RecordId customer;
    RecordId contact;
    RecordId visit;
    RecordId attachment;
};

/// Every role of domain 3.1, and "none": somebody whose only role has just ended.
std::vector<std::string> actors();
/// level, region, owner, state, in this order.
std::vector<Dimension> file_dimensions();
/// The places of a file in these, behind those of what is done and who does it.
std::vector<std::size_t> cell_of(std::size_t operation, std::size_t actor, const File& file);
/// "salesperson edit, level 2, region own, …": for people.
std::string told(const Table& table, const std::vector<std::size_t>& cell);

/// Values that are found nowhere else, one for each facet of a customer.
inline constexpr std::string_view kLegalRep = "明文法人甲";          // main
inline constexpr std::string_view kIdNumber = "11010519491231002X";  // masked
inline constexpr std::string_view kOwners = "明文股东乙";            // granted
inline constexpr std::string_view kStrategy = "明文策略丙";          // closed
inline constexpr std::string_view kFax = "0571-88001122";

/// One of each: every level, region, owner and state.
std::vector<File> every_file();
/// Those that tests of single matters speak of: others' files in the own region of levels 1 and 3,
/// in every state.
std::vector<File> few_files();

class World {
  public:
    /// With these files, the ids of which are ignored.
    explicit World(const std::vector<File>& wanted = every_file());

    /// From now on the person holds this role and no other, with the clearance that domain 3.1
    /// gives it.
    void becomes(std::string_view role);
    [[nodiscard]] const std::vector<File>& files() const { return files_; }

    PeopledOffice office{4242};
    UserId person;
    RecordId second_department;

  private:
    File make_file(const File& as);
    RecordId make_by_owner(const File& as, const catalog::Kind& kind, FieldValues values);
    void bring_into_state(const File& file);
    void move(const RecordId& customer, const RecordId& region, const RecordId& department);
    void attach(const RecordId& record);
    void system_set(const catalog::Kind& kind, const RecordId& id, std::string_view name, Value to);

    RecordId assignment_;
    std::vector<File> files_;
};

}  // namespace dossier::test
