// What is kept of a password so that nobody can read it there: Argon2id, by libsodium.
#pragma once

#include <string>
#include <string_view>

namespace dossier::crypto {

/// How dear one try is: to who signs in, to the office, and to who guesses.
struct PasswordCost {
    unsigned long long passes = 3;
    std::size_t memory_bytes = std::size_t{64} << 20U;
};

/// "$argon2id$v=19$m=…": salt and cost stand in it. Takes about a tenth of a second and the memory
/// of `cost`. Throws std::bad_alloc when there is none.
std::string password_verifier(std::string_view password, PasswordCost cost = {});
/// The same whether it is another password or no verifier at all: to who watches the clock too,
/// where `verifier` is `nobodys_verifier`.
bool is_password(std::string_view verifier, std::string_view password);
/// One that no password fits, as dear to try as any.
const std::string& nobodys_verifier();

}  // namespace dossier::crypto
