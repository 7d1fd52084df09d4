// Who may hold what on a laptop, stated a second time from the domain's words (3.2 to 3.4): the
// product's own decision is never asked. Reads plain rows of the office.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/catalog/catalog.hpp"

#include "server/store/store.hpp"

namespace dossier::sim {

class Rights {
  public:
    /// As the office's rows say at `now`; within one unit of work.
    Rights(server::Store& store, Instant now) : store_(store), now_(now) {}

    /// Whether a laptop of this user may hold this facet of this record.
    bool may_hold(const UserId& user, const RecordId& record, catalog::Facet facet);

  private:
    struct Person {
        bool active = false;
        int clearance = 0;
        RecordId region;
        std::set<std::string> roles;
        struct Opened {
            RecordId customer;
            int level;
        };
        std::vector<Opened> opened;  ///< by offline grants in force
    };
    struct File {
        UserId owner, service, creator;
        RecordId region;
        int level = 1;
        std::string state;
    };
    const Person& person(const UserId& user);
    const File& file(const RecordId& customer);
    bool of_customer(const Person& person,
                     const UserId& user,
                     const catalog::Kind& kind,
                     const server::Place& place,
                     catalog::Facet facet);
    bool of_person(const UserId& user,
                   const catalog::Kind& kind,
                   const server::Place& place,
                   catalog::Facet facet);
    bool of_matter(const UserId& user, const catalog::Kind& kind, const RecordId& record);
    bool is_in(const RecordId& region, const RecordId& above);

    server::Store& store_;
    Instant now_;
    std::map<UserId, Person> people_;
    std::map<RecordId, File> files_;
};

}  // namespace dossier::sim
