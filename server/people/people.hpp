// Who is who at the office: viewers, subjects, regions and superiors, read from the store and kept
// for one unit of work. Everything `access::decide` needs, and nothing more.
#pragma once

#include <map>
#include <optional>
#include <string_view>

#include "common/access/scopes.hpp"

#include "server/store/store.hpp"

namespace dossier::server {

class People {
  public:
    explicit People(Store& store) : store_(store) {}

    /// The viewer with the roles and grants in force at `now`. None or unknown user: an inactive
    /// viewer, who may do nothing.
    const access::Viewer& viewer(const UserId& user, Instant now);
    /// The viewer as he was at an earlier time: active then, with the roles and grants of then. For
    /// work that arrives after a right was lost. Not kept.
    access::Viewer viewer_then(const UserId& user, Instant at);
    /// Until when `viewer` stays as it is unless somebody changes it: the first of its roles and
    /// grants ends then.
    Instant good_until(const UserId& user, Instant now);
    /// The facts of a record that decide who may do what; `values` are those of the record itself.
    access::Subject subject(const Place& place, const FieldValues& values);
    /// The same as it was for `owner` at an earlier time: for work written before a transfer.
    static access::Subject owned_by(access::Subject subject, const UserId& owner) {
        subject.owner = owner;
        return subject;
    }
    /// The same as it was before the customer with these values was merged into another.
    static access::Subject before_merge(access::Subject subject, const FieldValues& customer);
    /// Customers in whose circle, or that of a record of theirs, he is named (domain 2.5.1).
    std::vector<RecordId> files_known_to(const UserId& user);
    /// Offline grants in force on a customer.
    std::vector<access::OfflineGrant> offline_grants(const RecordId& customer, Instant now);

    /// The region and all below it.
    std::vector<RecordId> regions_below(const RecordId& region);
    /// The same, and of departments; nothing when they are more than `most`.
    std::optional<std::vector<RecordId>> regions_below(const RecordId& region, std::size_t most);
    std::optional<std::vector<RecordId>> departments_below(const RecordId& department,
                                                           std::size_t most);
    /// Everybody whose `superiors` hold this person; nothing when they are more than `most`.
    std::optional<std::vector<RecordId>> people_below(const UserId& user, std::size_t most);
    /// Regions a viewer reads, each with all below it: what `access::scopes_for` asks for.
    std::vector<RecordId> regions_read(const access::Viewer& viewer);
    /// The record and those above it, nearest first.
    const std::vector<RecordId>& regions_above(const RecordId& region);
    const std::vector<RecordId>& departments_above(const RecordId& department);
    const std::vector<UserId>& superiors(const UserId& user);

    std::optional<UserId> user_by_login(std::string_view login);
    /// Name for people to read; the UUID when there is none.
    std::string name(const UserId& user);

    /// Forgets what it read: called when people, roles, regions or grants changed.
    void forget();
    /// Somebody's rights were changed through the door: what was told to laptops may be out of
    /// date. `rights` grows with each.
    void note_change() {
        ++rights_;
        forget();
    }
    [[nodiscard]] std::uint64_t rights() const { return rights_; }

  private:
    /// Follows `parent_tag` upward from `start`, itself first; a cycle ends the walk.
    std::vector<RecordId> upward(std::uint16_t kind,
                                 std::uint16_t parent_tag,
                                 const RecordId& start);
    /// The other way round: `start` first, then everything above which it stands. Nothing when
    /// that is more than `most` beside it.
    std::optional<std::vector<RecordId>> downward(std::uint16_t kind,
                                                  std::uint16_t parent_tag,
                                                  const RecordId& start,
                                                  std::size_t most);
    access::Viewer read(const UserId& user, const FieldValues& values, Instant at);
    std::vector<FieldValues> posts_of(const UserId& user);
    std::vector<FieldValues> grants_of(const UserId& user);
    void load_offline_grants(Instant now);

    Store& store_;
    std::uint64_t rights_ = 0;
    std::map<UserId, access::Viewer> viewers_;
    std::map<RecordId, std::vector<RecordId>> regions_;
    std::map<RecordId, std::vector<RecordId>> departments_;
    std::map<UserId, std::vector<UserId>> superiors_;
    std::map<RecordId, FieldValues> customers_;
    std::optional<std::map<RecordId, std::vector<access::OfflineGrant>>> offline_grants_;
};

}  // namespace dossier::server
