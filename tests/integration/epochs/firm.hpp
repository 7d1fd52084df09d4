// An office that can be restored from a backup, and laptops that can be copied and put back. Both
// sides' engines talk in the bytes of the wire, without sockets.
#pragma once

#include <memory>

#include "client/sync/engine.hpp"
#include "server/sync/session.hpp"
#include "tests/support/peopled_office.hpp"
#include "tests/support/temp_client.hpp"

namespace dossier::test {

class Firm {
  public:
    explicit Firm(Kept how = Kept::Plain);
    ~Firm();

    /// A laptop of the user, enrolled and approved, not yet synced.
    std::unique_ptr<TempClient> laptop(const UserId& user);
    /// Another laptop with the same store.
    std::unique_ptr<TempClient> copy_of(TempClient& original);
    /// One session; the wire breaks before the office's message number `cut` (from 0).
    Result<client::Report> meet(TempClient& laptop, int cut = -1);
    /// One session that must end verified.
    client::Report met(TempClient& laptop);

    /// The laptop, known as `row` before, spends an invite for `user` and asks to be that again.
    Result<protocol::Enrolled> enrol_again(const server::DeviceRow& row, const UserId& user);
    /// An administrator approves it.
    Status approve(const DeviceId& device);

    void back_up();
    /// The office as it was at `back_up`, with a new epoch.
    void restore();
    /// The office as it was at `back_up`, and nobody knows: its disk forgot what came after.
    void set_back();
    /// The office whose database lies in this file, in place of the one there was.
    Status adopt(const std::filesystem::path& file);
    void adopt(std::unique_ptr<server::Store> store);
    /// The last backup.
    [[nodiscard]] std::filesystem::path backup() const {
        return folder_ / std::to_string(backups_);
    }
    server::Office& office() { return office_ ? *office_ : people.office; }
    /// Every file of the store as it is now, and the same put back later.
    static std::filesystem::path keep(TempClient& laptop);
    static void put_back(TempClient& laptop, const std::filesystem::path& kept);

    RecordId visit(TempClient& laptop, const RecordId& customer, std::string_view content);
    void set(TempClient& laptop, const RecordId& customer, std::string_view name, Value value);
    static std::string shown(TempClient& laptop, const RecordId& record, std::string_view name);
    std::string held(const RecordId& customer, std::string_view name);
    std::uint64_t visits();
    bool knows(const RecordId& visit);
    /// Audit lines of this action.
    std::size_t audited(std::string_view action);
    server::DeviceRow device(TempClient& laptop);
    server::Store& store() { return restored_ ? *restored_ : *people.store; }

    PeopledOffice people;
    server::Versions versions;
    std::uint32_t laptop_protocol = protocol::kProtocolMax;
    std::uint32_t laptop_schema = catalog::schema_version();
    std::uint64_t facets = 0;    ///< sent in the last session
    std::uint64_t messages = 0;  ///< of both sides in the last session

  private:
    struct Talk;
    Kept how_;
    std::filesystem::path folder_;
    std::unique_ptr<server::Store> restored_;
    std::unique_ptr<server::Office> office_;
    server::BatchCache batches_{4096};
    std::uint64_t backups_ = 0;
    std::uint8_t laptops_ = 0;
};

}  // namespace dossier::test
