// Contents of attachments on a laptop: which lie here, which wait for the office, which are still
// to come. What the person added here is kept until the office has it, whatever becomes of its
// record: sealed to the office when he may not read it any more. Everything else goes with its
// record.
#pragma once

#include <vector>

#include "common/content/sqlite_contents.hpp"

namespace dossier::client {

inline constexpr std::string_view kUploadTable = R"sql(
-- Contents added here that the office does not have yet; state = protocol::ContentState as last
-- told, 0 = not asked yet.
CREATE TABLE upload(record BLOB PRIMARY KEY, state INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)sql";
/// Whose document it is: with the customer it becomes unreadable here.
inline constexpr std::string_view kUploadCustomer = R"sql(
ALTER TABLE upload ADD COLUMN customer BLOB;
)sql";

/// A content of this laptop that waits for the office.
struct Upload {
    RecordId record;
    content::Held held;
    std::uint8_t state = 0;  ///< protocol::ContentState as last told; 0 = not asked yet
};

/// An attachment whose content is not here.
struct Missing {
    RecordId record;
    content::ContentId id{};
    std::uint64_t size = 0;
};

class Attachments {
  public:
    explicit Attachments(sqlite::Connection& db) : contents(db), db_(db) {}

    content::SqliteContents contents;

    /// The smallest first, at most `limit`.
    std::vector<Upload> uploads(std::size_t limit);
    std::uint64_t upload_count();
    bool is_upload(const RecordId& record);
    /// Contents a laptop receives that are not here, of records the office has given; the smallest
    /// first, at most `limit`.
    std::vector<Missing> missing(std::size_t limit);
    std::uint64_t missing_count();

    // ---- inside the caller's transaction
    void expect_upload(const RecordId& record, const RecordId& customer);
    void note_upload(const RecordId& record, std::uint8_t state);
    /// The office has it: from now on it goes with its record.
    void end_upload(const RecordId& record);
    /// Erases the contents of records that are not here any more; true when there were any.
    bool collect();
    /// Seals one content that waits for the office though its record is not here any more; false
    /// when there is none left, or no key to seal to. What the office did not take of a customer
    /// who is here stays its author's to read.
    bool seal_next();
    /// Every content that lies here of a record made on this device waits for the office again:
    /// it may have lost what it had.
    void offer_again(const DeviceId& device);
    /// From now on every upload counts as not asked about.
    void forget_answers();
    /// Forgets uploads the office answered it does not take.
    void give_up_refused();

  private:
    sqlite::Connection& db_;
};

}  // namespace dossier::client
