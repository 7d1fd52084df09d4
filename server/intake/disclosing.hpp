// Disclosures to outsiders as guards and effects of the table in common/workflow/disclosure.hpp.
// Source, D-24, AS-37.
#pragma once

#include "server/intake/hand.hpp"

namespace dossier::server {

/// Which chain signs: above 秘密 the general manager (`workflow::Chain::variant`).
std::string_view signers_of_disclosure(const Desk& desk, const FieldValues& disclosure);

/// The customer agreed to disclosure, in force today, or the law is named; the fields are some of
/// the file's, each with a value, and no workflow's. Asked of a new one and again when it is given.
/// Errors: disclosure.basis, disclosure.field.
Status disclosure_fits(const Hand& hand);
/// Keeps the values of these fields as the office has them now, and their hash.
Status fix_values(Hand& hand);

}  // namespace dossier::server
