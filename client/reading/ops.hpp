// What somebody did on this laptop, and what became of it, in a sentence.
#pragma once

#include "common/action/answer.hpp"

#include "client/reading/asker.hpp"

namespace dossier::client {

/// "修改客户 明润：传真 0571-88990012".
std::string op_words(Store& store, const Asker& asker, const merge::Op& op);
/// {"op":…, "kind":…, "record":…, "event":…, "values":{…}}.
action::Json op_document(const merge::Op& op);
/// What an op speaks of: the customer, and for what hangs on a customer its own title too.
std::string subject_of(Store& store, const Asker& asker, const merge::Op& op);
/// How what a tray item went to ended: the code of the proposal's or case's state; empty while it
/// is open, or where that does not lie here.
std::string outcome_of(Store& store, const TrayItem& item);
/// Why it lies in the tray and what to do; of a settled one who decided it, how and for what
/// reason.
std::string tray_words(Store& store, const Asker& asker, const TrayItem& item);

}  // namespace dossier::client
