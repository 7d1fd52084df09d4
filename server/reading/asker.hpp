// Who asks to read, and for what: everything a reading depends on but the data. No shell is known
// here; whatever one prints, it was read by these rules.
#pragma once

#include <string>

#include "common/base/text.hpp"

#include "server/office/office.hpp"

namespace dossier::server {

struct Asker {
    UserId who;            ///< none = nobody in particular, who may read what everybody may
    std::string purpose;   ///< as stated; empty = none
    Lang lang = Lang::Zh;  ///< of titles and names
};

}  // namespace dossier::server
