// What a person can ask for: one row from which command, help, example, document keys and the rows
// of the rights tables derive. Each side adds to its rows who may ask and the function that does
// it. Source: architecture 4.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/catalog/field.hpp"

namespace dossier::action {

enum class Give : std::uint8_t { Required, Optional, Flag, Many, SomeRequired };

/// What a text that is given stands for. A file of the machine where it is typed: one that is read,
/// or one that is written; what comes from elsewhere brings the bytes themselves. Folder: of that
/// machine, for its command line alone. Secret: typed unseen, never a word of a command line. Long:
/// words, for which "-" stands for standard input. FirstLine: of a file, or of standard input for
/// "-"; read where it is typed, so that an action gets the line.
enum class Means : std::uint8_t { Words, FileRead, FileWritten, Folder, Secret, Long, FirstLine };

/// One thing an action is told. In capitals ("CUSTOMER") it stands where it is written, otherwise
/// it is named ("region"). Its key in documents and in `Inputs` is the name in small letters.
struct Input {
    std::string_view name;
    std::string_view value;  ///< what stands for the value of a named one in the help
    Text help;
    Give give = Give::Optional;
    char letter = 0;                        ///< a short name, where it has one
    const catalog::Field* field = nullptr;  ///< the field it is read into, where there is one
    Means means = Means::Words;
    std::string_view along = {};  ///< name of the kind of a record that is made along with it

    [[nodiscard]] constexpr bool stands() const {
        return name.front() >= 'A' && name.front() <= 'Z';
    }
    [[nodiscard]] constexpr bool is_typed() const { return means != Means::Secret; }
    [[nodiscard]] constexpr bool is_many() const {
        return give == Give::Many || give == Give::SomeRequired;
    }
    [[nodiscard]] constexpr bool is_required() const {
        return give == Give::Required || give == Give::SomeRequired;
    }
    [[nodiscard]] std::string key() const;
};

struct Action {
    std::string_view words;  ///< "customer transfer"; with a point for the space its name
    Text help;
    std::string_view example;  ///< one line that works
    std::span<const Input> inputs;
};

/// A word that stands for several actions ("user"), in a few words.
struct Group {
    std::string_view word;
    Text help;
};

/// "customer.transfer".
std::string name_of(const Action& action);
/// The row of this name among those of a program; nullptr when there is none.
template <class Row>
const Row* find_named(const std::vector<const Row*>& rows, std::string_view name) {
    const auto at =
        std::ranges::find_if(rows, [&](const Row* each) { return name_of(*each) == name; });
    return at == rows.end() ? nullptr : *at;
}

}  // namespace dossier::action
