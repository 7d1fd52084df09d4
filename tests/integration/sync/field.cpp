#include "tests/integration/sync/field.hpp"

#include <asio/post.hpp>
#include <doctest/doctest.h>

#include "common/catalog/document.hpp"

#include "client/intake/take_content.hpp"

namespace dossier::test {

server::OfficeKeys Server::keys_of(server::Store& store) {
    server::Unit unit(store);
    auto keys = server::load_office_keys(store);
    REQUIRE(keys.has_value());
    return std::move(*keys);
}

Server::Server(server::Store& store, server::Office& office, server::ListenerOptions options)
    : keys_(keys_of(store)),
      store_(store),
      listener_(loop_, store_, {office, keys_, batches_}, random_, log_, [&options] {
          options.host = "127.0.0.1";
          options.handshakes_burst = std::max(options.handshakes_burst, 1.0);
          return options;
      }()) {
    const auto port = listener_.open();
    REQUIRE(port.has_value());
    port_ = *port;
    thread_ = std::thread([this] { loop_.run(); });
}

Server::~Server() {
    asio::post(loop_, [this] { listener_.stop(); });
    thread_.join();
}

Laptop::Laptop(std::uint64_t seed) : random(seed) {
    std::string name = (std::filesystem::temp_directory_path() / "dossier-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
    options.engine.app_version = "test";
    reopen();
}

Laptop::~Laptop() {
    intake_.reset();
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Laptop::reopen() {
    intake_.reset();
    store_.reset();
    auto opened = client::Store::open(sqlite::OpenOptions{
        .path = (folder_ / "client.db").string(), .durability = sqlite::Durability::Relaxed});
    REQUIRE(opened.has_value());
    store_ = std::move(*opened);
    intake_ = std::make_unique<client::Intake>(*store_, clock);
}

Result<client::Identity> Laptop::enrol(const std::string& invite, const std::string& name) {
    return client::Connection(*store_, clock, random, log, options).enrol(invite, name);
}

Result<client::Report> Laptop::sync(const std::string& address) {
    auto towards = options;
    towards.address = address;
    return client::Connection(*store_, clock, random, log, towards).sync();
}

RecordId Laptop::visit(const RecordId& customer, std::string_view content) {
    const auto id = ids.make<RecordId>();
    merge::Changeset draft;
    draft.source = "cli";
    draft.ops = {client::new_record(kVisit, id,
                                    values_of(kVisit, {{"customer_id", customer},
                                                       {"purpose", words("新品介绍")},
                                                       {"content", words(content)}}))};
    const auto saved = intake_->commit(std::move(draft));
    if (!saved) MESSAGE(describe(saved.error(), Lang::En));
    REQUIRE(saved.has_value());
    return id;
}

Result<RecordId> Laptop::attach(const RecordId& customer,
                                std::string_view file_name,
                                ByteView bytes,
                                const RecordId& version_of) {
    const auto id = ids.make<RecordId>();
    const auto read = [&](std::span<std::uint8_t> to) -> Result<std::size_t> {
        const std::size_t size = std::min(to.size(), bytes.size());
        std::copy_n(bytes.begin(), size, to.begin());
        bytes = bytes.subspan(size);
        return size;
    };
    auto values = client::take_content(*store_, id, file_name, read, clock.now());
    if (!values) return pass(values);
    const auto& kind = catalog::kAttachment;
    assign(*values, catalog::field(kind, "customer_id").tag, customer);
    assign(*values, catalog::field(kind, "title").tag, words(file_name));
    if (!version_of.is_none())
        assign(*values, catalog::field(kind, "version_of_id").tag, version_of);
    merge::Changeset draft;
    draft.source = "cli";
    draft.ops = {client::new_record(kind, id, *values)};
    const auto saved = intake_->commit(std::move(draft));
    if (!saved) return tl::unexpected(saved.error());
    return id;
}

Result<OSeq> Laptop::set(const catalog::Kind& kind,
                         const RecordId& record,
                         std::string_view name,
                         Value value) {
    const auto seen = store_->replica.seen(kind, record);
    REQUIRE(seen.has_value());
    merge::Changeset draft;
    draft.source = "cli";
    draft.ops = client::edit(kind, record, *seen, values_of(kind, {{name, std::move(value)}}));
    return intake_->commit(std::move(draft));
}

std::string Laptop::shown(const catalog::Kind& kind,
                          const RecordId& record,
                          std::string_view name) {
    const auto values = store_->replica.load(kind, record);
    const auto* value = values ? find(*values, catalog::find_field(kind, name)->tag) : nullptr;
    const auto* text = value == nullptr ? nullptr : as_text(*value);
    return text == nullptr ? "" : *text;
}

bool Laptop::holds(const catalog::Kind& kind, const RecordId& record) {
    return store_->replica.load(kind, record).has_value();
}

std::string Field::invite(const UserId& user, const std::string& address) {
    server::Unit unit(*office.store);
    auto keys = server::load_office_keys(*office.store);
    REQUIRE(keys.has_value());
    auto code = server::Invites(office.office, *keys).create(UserId{}, user, address);
    REQUIRE(code.has_value());
    unit.commit();
    return *code;
}

void Field::approve(const DeviceId& device) {
    server::Unit unit(*office.store);
    const auto approved = server::Devices(office.office).approve(UserId{}, device);
    if (!approved) MESSAGE(describe(approved.error(), Lang::En));
    REQUIRE(approved.has_value());
    unit.commit();
}

std::unique_ptr<Laptop> Field::laptop(const UserId& user) {
    auto laptop = std::make_unique<Laptop>(++seeds);
    const auto code = invite(user, "127.0.0.1:1");
    {
        const Server server(office);
        laptop->options.address = server.address();
        const auto identity = laptop->enrol(code);
        if (!identity) MESSAGE(describe(identity.error(), Lang::En));
        REQUIRE(identity.has_value());
    }
    approve(laptop->store().meta.identity()->device);
    return laptop;
}

Result<client::Report> Field::sync(Laptop& laptop) {
    const Server server(office);
    return laptop.sync(server.address());
}

client::Report Field::synced(Laptop& laptop) {
    auto report = sync(laptop);
    if (!report) MESSAGE(describe(report.error(), Lang::En));
    REQUIRE(report.has_value());
    CHECK(report->verified);
    CHECK(report->incidents == 0);
    return *report;
}

}  // namespace dossier::test
