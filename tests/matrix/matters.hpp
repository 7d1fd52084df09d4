// One of everything a command may speak of, made around one customer's file.
#pragma once

#include "tests/matrix/desk.hpp"
#include "tests/matrix/wire.hpp"

namespace dossier::test {

/// Ids and numbers as they are typed.
struct Matters {
    std::string customer;
    std::string unposted;  ///< a file that waits to be posted
    std::string attachment;
    std::string removed;  ///< a contact of the file
    std::string open_case;
    std::string ruled_case;
    std::string proposal;
    std::string twin;   ///< a file that may be the same customer
    std::string pair;   ///< of both
    std::string merge;  ///< of two others
    std::string grant;
    std::string held;
    std::string active_device;
    std::string pending_device;
    std::string suspended_device;
    std::string session;
    std::vector<RecordId> files;  ///< all customers it is about
};

/// All of it about this file, of this level, in the region and department of the actor.
Matters make_matters(World& world, const File& file, const File& unposted);

/// The part of it that is about customer files alone: no grant, nothing held, no laptop, no
/// session.
Matters make_file_matters(World& world, const File& file, const File& unposted);

/// Raises all of it to level 3.
void hide(World& world, const Matters& matters);

/// The file whose places in the dimensions have these names.
const File& file_at(const World& world,
                    std::string_view level,
                    std::string_view region,
                    std::string_view owner,
                    std::string_view state);

}  // namespace dossier::test
