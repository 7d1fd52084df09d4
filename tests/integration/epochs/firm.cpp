#include "tests/integration/epochs/firm.hpp"

#include <deque>

#include <doctest/doctest.h>

#include "protocol/codec.hpp"
#include "protocol/refusals.hpp"

#include "client/intake/drafts.hpp"
#include "server/accounts/devices.hpp"
#include "server/accounts/invites.hpp"

namespace dossier::test {
namespace {

namespace fs = std::filesystem;

/// What the peer understands of a message said in `protocol`.
protocol::Message heard(const protocol::Message& said, std::uint32_t protocol) {
    CHECK(protocol::spoken_since(said) <= protocol);
    auto again = protocol::decode(protocol::encode(said, protocol));
    REQUIRE(again.has_value());
    return std::move(*again);
}

}  // namespace

Firm::Firm(Kept how) : people(42, how), how_(how) {
    std::string name = (fs::temp_directory_path() / "dossier-XXXXXX").string();
    DOSSIER_CHECK(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
}

Firm::~Firm() {
    office_.reset();
    restored_.reset();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

std::unique_ptr<TempClient> Firm::laptop(const UserId& user) {
    std::array<std::uint8_t, 32> key{};
    key.front() = ++laptops_;
    const auto row = people.device(user, protocol::DeviceState::Active, key);
    auto laptop = std::make_unique<TempClient>(user, 1000U + laptops_, how_);
    auto identity = *laptop->store().meta.identity();
    identity.device = row.device;
    server::Unit unit(store());
    identity.recovery_key = server::load_office_keys(store())->recovery.public_key;
    laptop->store().meta.set_identity(identity);
    return laptop;
}

fs::path Firm::keep(TempClient& laptop) {
    laptop.store().connection().checkpoint_and_truncate();
    const fs::path kept = laptop.folder() / "kept.db";
    fs::copy_file(laptop.path(), kept, fs::copy_options::overwrite_existing);
    return kept;
}

void Firm::put_back(TempClient& laptop, const fs::path& kept) {
    laptop.reopen([&] {
        for (const char* tail : {"", "-wal", "-shm"}) fs::remove(laptop.path() + tail);
        fs::copy_file(kept, laptop.path());
    });
}

std::unique_ptr<TempClient> Firm::copy_of(TempClient& original) {
    auto copy =
        std::make_unique<TempClient>(original.store().meta.identity()->user, 2000U + ++laptops_);
    put_back(*copy, keep(original));
    return copy;
}

Result<protocol::Enrolled> Firm::enrol_again(const server::DeviceRow& row, const UserId& user) {
    server::Unit unit(store());
    const auto keys = server::load_office_keys(store());
    REQUIRE(keys.has_value());
    server::Invites invites(office(), *keys);
    const auto code = protocol::decode_invite(*invites.create(UserId{}, user, "127.0.0.1:1"));
    REQUIRE(code.has_value());
    const protocol::Enrol asked{.invite = code->invite,
                                .secret = code->secret,
                                .former = protocol::FormerDevice{row.device, row.user, row.code}};
    const auto message = heard(asked, protocol::kProtocolMin);
    auto enrolled = invites.spend(std::get<protocol::Enrol>(message), row.public_key);
    unit.commit();
    return enrolled;
}

Status Firm::approve(const DeviceId& device) {
    server::Unit unit(store());
    auto done = server::Devices(office()).approve(people.admin, device);
    unit.commit();
    return done;
}

void Firm::back_up() {
    REQUIRE(store().backup_to((folder_ / std::to_string(++backups_)).string()));
}

void Firm::set_back() {
    const fs::path from = folder_ / std::to_string(backups_) / "office.db";
    const fs::path to = folder_ / "restored.db";
    office_.reset();
    restored_.reset();
    for (const char* tail : {"", "-wal", "-shm"}) fs::remove(to.string() + tail);
    fs::copy_file(from, to);
    REQUIRE(adopt(to));
}

void Firm::restore() {
    set_back();
    server::Unit unit(*restored_);
    server::renew_epoch(*restored_, people.random);
    unit.commit();
}

Status Firm::adopt(const fs::path& file) {
    office_.reset();
    restored_.reset();
    auto opened = server::open_plain_store(
        {.path = file.string(), .durability = sqlite::Durability::Relaxed, .cache_kib = 4096});
    if (!opened) return pass(opened);
    adopt(std::move(*opened));
    return {};
}

void Firm::adopt(std::unique_ptr<server::Store> store) {
    office_.reset();
    restored_ = std::move(store);
    office_ = std::make_unique<server::Office>(*restored_, people.clock, people.random);
}

/// One session under way.
struct Firm::Talk {
    Firm& firm;
    server::OfficeKeys keys;
    server::Session session;
    client::Engine engine;
    std::uint32_t spoken = protocol::kProtocolMin;
    std::deque<protocol::Message> to_office;
    int left;  ///< messages until the wire breaks; negative = never
    bool broken = false;

    /// What the office answers, a streamed message at a time.
    Status deliver(server::Session::Messages answers) {
        for (const auto& answer : answers) {
            if (const auto* welcome = std::get_if<protocol::Welcome>(&answer))
                spoken = welcome->protocol;
            broken = broken || left-- == 0;
            if (broken) return {};
            ++firm.messages;
            const auto message = heard(answer, spoken);
            if (const auto* refusal = std::get_if<protocol::Refusal>(&message))
                return tl::unexpected(protocol::error_of(*refusal));
            auto said = engine.on(message);
            if (!said) return pass(said);
            to_office.insert(to_office.end(), said->begin(), said->end());
        }
        return {};
    }

    Status exchange() {
        const auto message = heard(to_office.front(), spoken);
        to_office.pop_front();
        ++firm.messages;
        server::Unit unit(firm.store());
        auto answers = session.on(message);
        unit.commit();
        if (!answers) return pass(answers);
        if (auto done = deliver(std::move(*answers)); !done) return done;
        while (!broken && session.is_streaming()) {
            server::Unit next_unit(firm.store());
            auto next = session.next();
            next_unit.commit();
            if (!next) return pass(next);
            if (!*next) continue;
            if (auto done = deliver({std::move(**next)}); !done) return done;
        }
        return {};
    }
};

Result<client::Report> Firm::meet(TempClient& laptop, int cut) {
    auto keys = [&] {
        server::Unit unit(store());
        return std::move(*server::load_office_keys(store()));
    }();
    Talk talk{*this,
              std::move(keys),
              server::Session({office(), talk.keys, batches_, versions},
                              laptop.store().meta.identity()->device),
              client::Engine(laptop.store(), laptop.clock, laptop.log, {.app_version = "test"}),
              protocol::kProtocolMin,
              {},
              cut};
    messages = 0;
    auto hello = talk.engine.start();
    if (!hello) return pass(hello);
    auto& first = std::get<protocol::Hello>(hello->front());
    first.protocol_max = laptop_protocol;
    first.schema = laptop_schema;
    talk.to_office.assign(hello->begin(), hello->end());
    while (!talk.broken && !talk.to_office.empty()) {
        if (auto done = talk.exchange(); !done) return pass(done);
    }
    facets = talk.session.row().facets_sent;
    if (cut < 0) CHECK(talk.engine.finished());
    return talk.engine.report();
}

client::Report Firm::met(TempClient& laptop) {
    auto report = meet(laptop);
    if (!report) MESSAGE(describe(report.error(), Lang::En));
    REQUIRE(report.has_value());
    CHECK(report->verified);
    return *report;
}

RecordId Firm::visit(TempClient& laptop, const RecordId& customer, std::string_view content) {
    const auto id = laptop.ids.make<RecordId>();
    const auto saved =
        laptop.commit({client::new_record(kVisit, id,
                                          values_of(kVisit, {{"customer_id", customer},
                                                             {"purpose", words("新品介绍")},
                                                             {"content", words(content)}}))});
    if (!saved) MESSAGE(describe(saved.error(), Lang::En));
    REQUIRE(saved.has_value());
    return id;
}

void Firm::set(TempClient& laptop, const RecordId& customer, std::string_view name, Value value) {
    const auto seen = laptop.store().replica.seen(catalog::kCustomer, customer);
    REQUIRE(seen.has_value());
    const auto saved =
        laptop.commit(client::edit(catalog::kCustomer, customer, *seen,
                                   values_of(catalog::kCustomer, {{name, std::move(value)}})));
    REQUIRE(saved.has_value());
}

std::string Firm::shown(TempClient& laptop, const RecordId& record, std::string_view name) {
    const bool is_visit = laptop.store().replica.load(kVisit, record).has_value();
    const auto& kind = is_visit ? kVisit : catalog::kCustomer;
    const auto values = laptop.store().replica.load(kind, record);
    const auto* value = values ? find(*values, catalog::find_field(kind, name)->tag) : nullptr;
    const auto* text = value == nullptr ? nullptr : as_text(*value);
    return text == nullptr ? "" : *text;
}

std::string Firm::held(const RecordId& customer, std::string_view name) {
    server::Unit unit(store());
    const auto values = store().load(catalog::kCustomer.tag, customer).value_or(FieldValues{});
    const auto* value = find(values, catalog::find_field(catalog::kCustomer, name)->tag);
    const auto* text = value == nullptr ? nullptr : as_text(*value);
    return text == nullptr ? "" : *text;
}

std::uint64_t Firm::visits() {
    server::Unit unit(store());
    return store().count(kVisit.tag);
}

bool Firm::knows(const RecordId& visit) {
    server::Unit unit(store());
    return store().place(visit).has_value();
}

std::size_t Firm::audited(std::string_view action) {
    server::Unit unit(store());
    std::size_t count = 0;
    for (const auto& line : store().audit(0, 100'000)) count += line.action == action ? 1U : 0U;
    return count;
}

server::DeviceRow Firm::device(TempClient& laptop) {
    server::Unit unit(store());
    return *store().device(laptop.store().meta.identity()->device);
}

}  // namespace dossier::test
