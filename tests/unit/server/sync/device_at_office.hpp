// One device's session with a peopled office, message by message, without a channel.
#pragma once

#include <doctest/doctest.h>

#include "common/merge/op.hpp"

#include "protocol/codec.hpp"
#include "protocol/refusals.hpp"

#include "server/sync/session.hpp"
#include "tests/support/peopled_office.hpp"

namespace dossier::test {

/// A device with its outbox, as an honest or dishonest program would keep it.
class DeviceAtOffice {
  public:
    DeviceAtOffice(PeopledOffice& office,
                   const UserId& user,
                   protocol::DeviceState state = protocol::DeviceState::Active,
                   std::size_t batch_bytes = 4096)
        : office_(office), keys_(keys_of(office)), batches_(batch_bytes), user_(user) {
        std::array<std::uint8_t, 32> key{};
        office.random.fill(key);
        row = office.device(user, state, key);
        connect();
    }

    /// A new session; what was pushed before stays pushed.
    void connect() {
        session_ = std::make_unique<server::Session>(
            server::SyncDesk{office_.office, keys_, batches_}, row.device);
    }
    Result<server::Session::Messages> say(const protocol::Message& message) {
        server::Unit unit(*office_.store);
        auto answers = session_->on(message);
        unit.commit();
        return answers;
    }
    /// Everything the office streams now.
    server::Session::Messages stream() {
        server::Session::Messages all;
        while (session_->is_streaming()) {
            server::Unit unit(*office_.store);
            auto next = session_->next();
            REQUIRE(next.has_value());
            if (*next) all.push_back(std::move(**next));
            unit.commit();
        }
        return all;
    }
    Result<std::optional<protocol::Message>> next() { return session_->next(); }
    /// The same in a unit of work of its own.
    Result<std::optional<protocol::Message>> next_unit() {
        server::Unit unit(*office_.store);
        auto more = session_->next();
        unit.commit();
        return more;
    }
    bool outlived() { return session_->outlived(); }
    protocol::Hello hello() const {
        protocol::Hello hello{.schema = catalog::schema_version(),
                              .device_now_ms = office_.clock.now().ms + clock_off_ms};
        hello.outbox_last = outbox.size();
        hello.outbox_head = head_;
        hello.unsent = outbox.size();
        return hello;
    }
    /// Writes one op into the outbox.
    const protocol::Frozen& write(merge::Op op) {
        merge::Changeset changeset{.author = author.is_none() ? user_ : author,
                                   .claimed_at = {office_.clock.now().ms + clock_off_ms},
                                   .schema = catalog::schema_version(),
                                   .source = "cli",
                                   .ops = {std::move(op)}};
        return freeze(protocol::encode_changeset(changeset));
    }
    const protocol::Frozen& freeze(Bytes body) {
        outbox.push_back({outbox.size() + 1, head_, std::move(body)});
        head_ = protocol::chain(head_, outbox.back().oseq, outbox.back().body);
        return outbox.back();
    }
    merge::Op visit(const RecordId& customer) {
        return {.kind = merge::OpKind::Create,
                .record_kind = kVisit.tag,
                .record = office_.office.ids().make<RecordId>(),
                .fields = values_of(kVisit, {{"customer_id", customer},
                                             {"purpose", words("新品介绍")},
                                             {"content", words("谈了天平")}})};
    }
    /// Verdicts of the first changeset answered; fails the test when there are none.
    static std::vector<merge::Verdict> verdicts(const Result<server::Session::Messages>& answers) {
        REQUIRE(answers.has_value());
        REQUIRE_FALSE(answers->empty());
        const auto* told = std::get_if<protocol::Verdicts>(&answers->front());
        REQUIRE(told != nullptr);
        return told->changesets.front().verdicts;
    }

    server::DeviceRow row;
    [[nodiscard]] const server::Session& session() const { return *session_; }

    std::vector<protocol::Frozen> outbox;
    UserId author;                  ///< none = the device's user
    std::int64_t clock_off_ms = 0;  ///< the device's clock minus the office's

  private:
    static server::OfficeKeys keys_of(PeopledOffice& office) {
        server::Unit unit(*office.store);
        return std::move(*server::load_office_keys(*office.store));
    }

    PeopledOffice& office_;
    server::OfficeKeys keys_;
    server::BatchCache batches_;
    UserId user_;
    crypto::Digest head_{};
    std::unique_ptr<server::Session> session_;
};

/// The id of what went wrong; "ok" when nothing did.
template <class T>
std::string fault_of(const Result<T>& result) {
    return result ? "ok" : std::string(result.error().id());
}

}  // namespace dossier::test
