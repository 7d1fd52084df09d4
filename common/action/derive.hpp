// The actions every kind has, as rows made from its table alone: add edit show list remove history
// import export. Each side binds them to its functions and lets a row of its own go first where a
// kind needs more (a document its file, a user his account). Source: architecture 4.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "common/action/action.hpp"
#include "common/catalog/catalog.hpp"

namespace dossier::action {

enum class Verb : std::uint8_t { Add, Edit, Show, List, Remove, History, Import, Export };

struct Derived {
    Action row;
    const catalog::Kind* kind = nullptr;
    Verb verb = Verb::List;
};

/// The rows of all kinds for a program of this name, kinds in the order of the catalog. Made once;
/// what they name lives as long as the process.
const std::vector<Derived>& derived_actions(std::string_view program);

/// What every import is told, on both sides: file, encoding, sheet, heading row, mapping, columns
/// left out, what is changed, cleared, only checked and reported.
std::span<const Input> import_inputs();

/// What the office's import of files is told beside it.
const Input& batch_input();

/// Whether a person may say a value of this field for a record of the kind: the office's own
/// fields, the record it hangs on and what a program finds out by itself are not said.
bool is_said(const catalog::Kind& kind, const catalog::Field& field);
/// The key under which a record of the kind is named ("customer").
std::string record_key(const catalog::Kind& kind);
/// The field whose value stands first when a record is added; null where all are named.
const catalog::Field* first_said(const catalog::Kind& kind);
/// What the record hangs on, as an input: the kind it is of, by its key; null for none, and for
/// what is its author's own.
const catalog::Kind* above(const catalog::Kind& kind);
/// "customer-feature": the word of a kind on a command line and in a path.
std::string word_of(const catalog::Kind& kind);
/// The kind a group of derived actions is of; null when there is none.
const catalog::Kind* kind_of_word(std::string_view word);
/// What a word that stands for several actions means: as a program's groups say, else the kind it
/// is the word of; empty for any other.
Text group_help(std::span<const Group> groups, std::string_view word);

}  // namespace dossier::action
