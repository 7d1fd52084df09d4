// How people sign in at the office: what they prove themselves by, who is signed in, what went
// wrong lately, and who has promised secrecy. Nothing of it is a field of the catalog, so no sync
// and no export reaches it. One noun of the office's store.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/store/rows.hpp"

namespace dossier::server {

/// What one person proves himself by.
struct CredentialRow {
    UserId user;
    std::string password;         ///< its verifier (crypto/password.hpp); empty = none was set
    bool is_temporary = false;    ///< somebody else set it: to be changed before anything else
    Bytes factor;                 ///< secret of the second factor; empty = there is none
    Bytes offered_factor;         ///< shown and not confirmed yet; empty = none
    std::uint64_t last_step = 0;  ///< time step of the code accepted last: none is good twice
    Digest link{};  ///< of the secret of the link that resets it; zeros = there is none
    Instant link_until;
};

/// Somebody who is signed in.
struct SignInRow {
    std::uint64_t number = 0;  ///< given by the store, ascending, never again
    Digest token{};            ///< of the secret the browser holds
    UserId user;
    Instant began_at;
    Instant seen_at;
    Instant ends_at;
    std::string address;  ///< of the browser's machine
};

/// What failed lately, counted under a digest of who, from where, or both.
struct AttemptRow {
    Digest of{};
    std::uint64_t failures = 0;
    Instant last_at;
    Instant welcome_at;  ///< last success of this person from there; 0 = never
};

struct AgreementRow {
    UserId user;
    std::uint64_t edition = 0;  ///< of the text he agreed to
    Instant at;
};

class Credentials {
  public:
    virtual ~Credentials() = default;

    [[nodiscard]] virtual std::optional<CredentialRow> credential(const UserId& user) = 0;
    /// Who has this link; nobody for zeros.
    [[nodiscard]] virtual std::optional<CredentialRow> credential_by_link(const Digest& link) = 0;
    virtual void save_credential(const CredentialRow& row) = 0;

    /// In place of those there were.
    virtual void set_recovery_codes(const UserId& user, const std::vector<Digest>& codes) = 0;
    /// Takes it away; false when there is none like it.
    virtual bool spend_recovery_code(const UserId& user, const Digest& code) = 0;
    [[nodiscard]] virtual std::uint64_t recovery_codes_left(const UserId& user) = 0;

    [[nodiscard]] virtual std::optional<SignInRow> sign_in(const Digest& token) = 0;
    /// Newest first.
    [[nodiscard]] virtual std::vector<SignInRow> sign_ins(const UserId& user) = 0;
    /// Adds one that has no number yet and gives it one; else replaces it.
    virtual void save_sign_in(SignInRow& row) = 0;
    virtual void end_sign_in(std::uint64_t number) = 0;
    /// Those that ended by then, and those that were not seen after that time.
    [[nodiscard]] virtual std::vector<SignInRow> stale_sign_ins(Instant ended_by,
                                                                Instant unseen_since) = 0;

    [[nodiscard]] virtual std::optional<AttemptRow> attempt(const Digest& of) = 0;
    virtual void save_attempt(const AttemptRow& row) = 0;
    /// Those that nothing happened to since.
    virtual void forget_attempts(Instant failed_before, Instant welcome_before) = 0;

    [[nodiscard]] virtual std::optional<AgreementRow> agreement(const UserId& user) = 0;
    virtual void save_agreement(const AgreementRow& row) = 0;
};

}  // namespace dossier::server
