// Several contacts in one row: which heading is a contact's, and of which of them a column is.
#pragma once

#include <string>
#include <vector>

#include "common/sheet/mapping.hpp"

namespace dossier::sheet {

/// Headings of a row in which columns of contacts' names repeat.
class ContactHeadings {
  public:
    explicit ContactHeadings(const std::vector<std::string>& header);

    /// The field of a contact this heading stands for although a customer has one of its name, or
    /// it bears a number: "手机2" beside "联系人2", "电话" as often as "联系人". nullptr for
    /// others.
    [[nodiscard]] const catalog::Field* field_of(const std::string& heading) const;

  private:
    const std::vector<std::string>& header_;
    std::vector<std::string> numbers_;  ///< of the columns of names
    std::size_t names_ = 0;
};

/// Says of each column of a contact whose it is.
void tell_contacts_apart(Mapping& mapping);

}  // namespace dossier::sheet
