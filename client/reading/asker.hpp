// Who gets to read on this laptop: its one user, in his language, as far as the lease goes. No
// shell is known here; whatever one prints, it was read by these rules.
#pragma once

#include "common/base/text.hpp"

#include "client/store/store.hpp"

namespace dossier::client {

struct Asker {
    Lang lang = Lang::Zh;
    Lock lock = Lock::Open;  ///< while it is not open no name of a record is said
};

}  // namespace dossier::client
