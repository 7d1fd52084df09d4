// What became of something the office did not take as it was written, in a sentence.
#pragma once

#include "client/cli/command.hpp"
#include "client/store/tray.hpp"

namespace dossier::client {

/// Why it lies in the tray and what to do; of a settled one who decided it, how and for what
/// reason.
std::string tray_words(Context& context, const TrayItem& item);

}  // namespace dossier::client
