#include "tests/bench/bench_office.hpp"

#include <asio/post.hpp>
#include <stdlib.h>

#include "common/catalog/activity.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/vault/vault.hpp"

#include "server/store/sqlite/open.hpp"

namespace dossier::bench {
namespace {

vault::VaultPaths paths_in(const Folder& folder) {
    return {folder.path("dossier.db"), folder.path("dossier.keys")};
}

crypto::Secret make_vault(const Folder& folder, crypto::Random& random) {
    return sure(vault::create(paths_in(folder), vault::KeyFile{folder.path("key")}, random));
}

}  // namespace

Folder::Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "dossier-bench-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) std::exit(1);
    folder_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

BenchOffice::Threads::Threads(server::Store& office_store,
                              server::SyncDesk desk,
                              crypto::Random& random,
                              Log& log)
    : store(office_store),
      listener(loop,
               store,
               desk,
               random,
               log,
               {.host = "127.0.0.1", .handshakes_per_second = 1000, .handshakes_burst = 1000}) {}

BenchOffice::Threads::~Threads() {
    asio::post(loop, [this] { listener.stop(); });
    thread.join();
}

BenchOffice::BenchOffice() {
    auto key = make_vault(folder_, random_);
    store_ = sure(server::open_vault_store(paths_in(folder_), std::move(key), random_));
    office_ = std::make_unique<server::Office>(*store_, clock_, random_);
    server::Unit unit(*store_);
    server::make_office_keys(*store_, random_);
    keys_ = sure(server::load_office_keys(*store_));
    region_ = make(catalog::kRegion, {{"code", std::string("HD")}, {"name", std::string("华东")}});
    department_ =
        make(catalog::kDepartment, {{"code", std::string("XS")}, {"name", std::string("销售部")}});
    unit.commit();
    user_ = add_salesperson("s001");
}

RecordId BenchOffice::add_salesperson(const std::string& login) {
    return add_person(login, "salesperson", region_);
}

RecordId BenchOffice::add_person(const std::string& login,
                                 std::string_view role,
                                 const RecordId& region,
                                 int clearance_max) {
    server::Unit unit(*store_);
    const int clearance = std::min<int>(
        static_cast<int>(access::facts(*access::role_from(role)).clearance), clearance_max);
    const auto user = make(catalog::kUser, {{"login", login},
                                            {"employee_no", login},
                                            {"name", std::string("李建国")},
                                            {"department_id", department_},
                                            {"region_id", region},
                                            {"rank", std::string("staff")},
                                            {"clearance", std::int64_t{clearance}}});
    make(catalog::kRoleAssignment, {{"user_id", user}, {"role", std::string(role)}});
    unit.commit();
    return user;
}

RecordId BenchOffice::add_region(const std::string& code,
                                 const std::string& name,
                                 const RecordId& parent) {
    server::Unit unit(*store_);
    const auto region =
        make(catalog::kRegion,
             {{"code", code}, {"name", name}, {"parent_id", parent.is_none() ? Value{} : parent}});
    unit.commit();
    return region;
}

void BenchOffice::leave() {
    threads_.reset();
    office_.reset();
    store_.reset();
}

BenchOffice::~BenchOffice() = default;

RecordId BenchOffice::make(const catalog::Kind& kind,
                           std::initializer_list<std::pair<std::string_view, Value>> given) {
    const auto id = office_->ids().make<RecordId>();
    FieldValues values;
    for (const auto& [name, value] : given)
        assign(values, catalog::find_field(kind, name)->tag, value);
    sure(office_->change({}, {.source = "job",
                              .ops = {{.kind = merge::OpKind::Create,
                                       .record_kind = kind.tag,
                                       .record = id,
                                       .fields = values}}}));
    return id;
}

void BenchOffice::take(const std::vector<WorkRecord>& customers,
                       const std::vector<WorkRecord>& visits,
                       const RecordId& owner,
                       const RecordId& service) {
    constexpr std::size_t kUnit = 2000;
    const auto put = [&](const catalog::Kind& kind, const std::vector<WorkRecord>& records) {
        for (std::size_t from = 0; from < records.size(); from += kUnit) {
            server::Unit unit(*store_);
            for (std::size_t i = from; i < std::min(records.size(), from + kUnit); ++i) {
                FieldValues values = records[i].values;
                if (kind.tag == catalog::kCustomer.tag) {
                    assign(values, catalog::field(catalog::kCustomer, "owner_user_id").tag, owner);
                    if (!service.is_none())
                        assign(values, catalog::field(catalog::kCustomer, "service_user_id").tag,
                               service);
                    static constexpr auto& kState =
                        catalog::field(catalog::kCustomer, "file_state");
                    if (find(values, kState.tag) == nullptr)
                        assign(values, kState.tag, std::string("active"));
                }
                sure(office_->change({}, {.source = "import",
                                          .ops = {{.kind = merge::OpKind::Create,
                                                   .record_kind = kind.tag,
                                                   .record = records[i].id,
                                                   .fields = values}}}));
            }
            unit.commit();
        }
    };
    put(catalog::kCustomer, customers);
    put(catalog::kCommunication, visits);
}

BenchOffice::DeviceMade BenchOffice::device(const UserId& user) {
    auto pair = crypto::make_key_pair(random_);
    server::DeviceRow row;
    row.device = office_->ids().make<DeviceId>();
    row.user = user;
    row.code = "N" + std::to_string(++devices_);
    row.public_key = pair.public_key;
    row.state = static_cast<std::uint8_t>(protocol::DeviceState::Active);
    server::Unit unit(*store_);
    const auto record = row.device.as<RecordTag>();
    FieldValues values;
    const auto put = [&](std::string_view name, Value value) {
        assign(values, catalog::find_field(catalog::kDevice, name)->tag, std::move(value));
    };
    put("device_code", row.code);
    put("user_id", user.as<RecordTag>());
    put("public_key", to_hex(row.public_key));
    put("state", std::string("active"));
    sure(office_->change({}, {.source = "job",
                              .ops = {{.kind = merge::OpKind::Create,
                                       .record_kind = catalog::kDevice.tag,
                                       .record = record,
                                       .fields = values}}}));
    store_->save_device(row);
    unit.commit();
    return {row.device, row.code, std::move(pair.secret_key)};
}

std::uint16_t BenchOffice::open() {
    threads_ = std::make_unique<Threads>(*store_, server::SyncDesk{*office_, *keys_, batches_},
                                         random_, log_);
    const auto port = sure(threads_->listener.open());
    threads_->thread = std::thread([this] { threads_->loop.run(); });
    return port;
}

BenchLaptop::BenchLaptop(BenchOffice& office, const UserId& user) {
    auto key = make_vault(folder_, random_);
    store_ = sure(
        client::Store::open(sure(vault::Vault::open(paths_in(folder_), std::move(key), random_))));
    const auto device = office.device(user);
    client::Identity identity;
    identity.device = device.device;
    identity.user = user;
    identity.device_code = device.code;
    identity.server_address = "127.0.0.1:1";
    identity.server_key = office.keys().channel.public_key;
    std::copy_n(office.keys().instance.begin(),
                std::min(identity.server_instance.size(), office.keys().instance.size()),
                identity.server_instance.begin());
    identity.device_state = static_cast<std::uint8_t>(protocol::DeviceState::Active);
    store_->meta.set_identity(identity);
    store_->meta.set_device_key(device.key.view());
    intake_ = std::make_unique<client::Intake>(*store_, clock_);
}

client::Report BenchLaptop::sync(std::uint16_t port) {
    return sure(try_sync(port));
}

Result<client::Report> BenchLaptop::try_sync(std::uint16_t port) {
    client::ConnectionOptions options;
    options.address = "127.0.0.1:" + std::to_string(port);
    options.engine.app_version = "bench";
    return client::Connection(*store_, clock_, random_, log_, options).sync();
}

}  // namespace dossier::bench
