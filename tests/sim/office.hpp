// The office of a run: the real store in a real vault, the real door, real sessions; no sockets
// and no thread. Its people and places, and the words with which a step changes them.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "server/store/sqlite/sqlite_store.hpp"
#include "server/sync/session.hpp"
#include "tests/sim/machine.hpp"
#include "tests/sim/plan.hpp"
#include "tests/support/values.hpp"

namespace dossier::sim {

using test::Given;
using test::values_of;
using test::words;
std::uint16_t tag_of(const catalog::Kind& kind, std::string_view name);
Value value_in(const FieldValues& values, const catalog::Kind& kind, std::string_view name);

class OfficeMachine : public Machine {
  public:
    using Machine::Machine;

    /// Opens what is on the disk. Errors: those of the vault and the store.
    Status open();
    void close();
    [[nodiscard]] bool is_open() const { return office_ != nullptr; }

    server::Office& office() { return *office_; }
    server::Store& store() { return *store_; }
    server::SyncDesk desk() { return {*office_, *keys_, *batches_}; }
    const server::OfficeKeys& keys() { return *keys_; }
    /// A second look at the database, past the store: for checks. Gone with `close`.
    sqlite::Connection& books();

    /// Runs `work` in a unit of work and commits it.
    template <class Work>
    auto inside(Work work) {
        server::Unit unit(*store_);
        office_->people().forget();
        auto result = work(*office_);
        unit.commit();
        return result;
    }
    /// The same without a trace.
    template <class Look>
    auto looking(Look look) {
        server::Unit unit(*store_);
        return look(*store_);
    }

    /// One op by `actor` (none = the office itself). Errors: the door's.
    Status change(const UserId& actor, merge::Op op, std::string_view reason = {});
    RecordId make(const catalog::Kind& kind, const FieldValues& values);
    /// Sets one field, with what the office has as its base.
    Status set(const UserId& actor,
               const catalog::Kind& kind,
               const RecordId& record,
               std::string_view name,
               Value value);
    Status event(const UserId& actor,
                 const catalog::Kind& kind,
                 const RecordId& record,
                 std::string_view name,
                 const FieldValues& values);
    std::vector<RecordId> all(const catalog::Kind& kind);
    FieldValues load(const catalog::Kind& kind, const RecordId& record);

    /// A device of the user that may sync.
    server::DeviceRow device(const UserId& user, const std::array<std::uint8_t, 32>& public_key);

    /// The company: three regions (the third inside the first), a department, those who decide.
    void found();
    UserId hire(std::string_view login, const RecordId& region, std::string_view role, int level);

    std::vector<RecordId> regions;
    RecordId department;
    UserId admin, manager, chief, clerk;

  private:
    std::unique_ptr<server::BatchCache> batches_;
    std::unique_ptr<server::SqliteStore> store_;
    std::unique_ptr<sqlite::Connection> books_;  // after the store: its vault lies below both
    std::unique_ptr<server::Office> office_;
    std::optional<server::OfficeKeys> keys_;
    std::string vfs_;
};

}  // namespace dossier::sim
