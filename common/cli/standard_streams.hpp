// The three files a program starts with.
#pragma once

namespace dossier::cli {

/// Takes the places of standard input, output and error where the caller closed them: else the next
/// file that is opened gets such a number, and what is printed goes into it. What is written to a
/// taken place fails as before. Before any file is opened.
void hold_standard_streams();

}  // namespace dossier::cli
