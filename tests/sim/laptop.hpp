// A laptop of a run: the real client store in a real vault, the real door, the real engine.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <vector>

#include "client/intake/drafts.hpp"
#include "client/intake/intake.hpp"
#include "client/sync/engine.hpp"
#include "tests/sim/machine.hpp"

namespace dossier::sim {

class LaptopMachine : public Machine {
  public:
    LaptopMachine(std::uint64_t seed, const std::int64_t& now)
        : Machine(seed, now), keys(crypto::make_key_pair(random)) {}

    /// Opens what is on the disk. Errors: those of the vault and the store.
    Status open() {
        close();
        auto vault = unlock();
        if (!vault) return pass(vault);
        auto store = client::Store::open(std::move(*vault));
        if (!store) return pass(store);
        store_ = std::move(*store);
        intake_ = std::make_unique<client::Intake>(*store_, clock);
        return {};
    }
    void close() {
        intake_.reset();
        store_.reset();
    }
    [[nodiscard]] bool is_open() const { return intake_ != nullptr; }
    client::Store& store() { return *store_; }
    client::Intake& intake() { return *intake_; }

    crypto::KeyPair keys;
    DeviceId device;
    UserId user;
    std::string code;
    bool online = true;
    bool wiped = false;        ///< told the office so: nobody opens it again
    bool old_program = false;  ///< one protocol behind, and enrolled before laptops sealed

    /// What was read in a sealed piece of the disk; as long as its seal is the same, so is that.
    struct Piece {
        std::array<std::uint8_t, 40> seal{};
        std::vector<std::uint32_t> values;
    };
    std::map<std::pair<std::uint8_t, std::uint64_t>, Piece> looked_at;

  private:
    std::unique_ptr<client::Store> store_;
    std::unique_ptr<client::Intake> intake_;
};

}  // namespace dossier::sim
