// Phone numbers as people write them, in one form to store and one to compare: with and without
// +86, 0086, area code and extension one line is one line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

/// Digits a line has at least and a number with its extension at most.
inline constexpr std::size_t kPhoneDigitsMin = 5;
inline constexpr std::size_t kPhoneDigitsMax = 18;

/// A number as it is compared. Without country code for mainland China ("13900001001",
/// "057155501004", "4005551007"), without area code where none was written ("55501004"), with '+'
/// and country code for other countries.
struct PhoneNumber {
    std::string number;
    std::string extension;
    /// True when no area code was written: the line may be in any town.
    [[nodiscard]] bool is_local() const;
};

/// `typed` (canonical, half width) as it is stored: signs that stand for a hyphen are one, words
/// and signs of an extension ("分机", "转", "ext.", "x", "#", "*") too, dots between digits as
/// well. Errors: nullopt for what holds other characters, or fewer or more digits than a number
/// has.
std::optional<std::string> phone_text(std::string_view typed);
/// The numbers of a cell with several ("0571-55500913/55500914", "…、…", "…;…"), each as
/// `phone_text` stores it; one without area code takes that of the number before it. Errors:
/// nullopt when one of them is none.
std::optional<std::vector<std::string>> phone_texts(std::string_view typed);
/// The parts of a number. Errors: nullopt for what is none.
std::optional<PhoneNumber> phone_from(std::string_view typed);
/// What the line may be written as where its town is understood: "55501004" for "057155501004".
std::vector<std::string> locals_of(const PhoneNumber& phone);
/// Whether two numbers may be one line: equal, or equal but for an area code only one of them has.
bool same_line(const PhoneNumber& a, const PhoneNumber& b);

}  // namespace dossier
