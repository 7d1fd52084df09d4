#include "tests/sim/office.hpp"

#include "common/base/check.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"

#include "server/accounts/devices.hpp"

namespace dossier::sim {
namespace {

using catalog::kRoleAssignment;
using catalog::kUser;

constexpr int kCacheKib = 4096;
/// Small, so that a session has many batches between which things happen.
constexpr std::size_t kBatchBytes = 2000;

merge::Changeset changeset_of(merge::Op op, std::string_view reason) {
    merge::Changeset changeset;
    changeset.source = "cli";
    changeset.reason = std::string(reason);
    changeset.ops.push_back(std::move(op));
    return changeset;
}

}  // namespace

std::uint16_t tag_of(const catalog::Kind& kind, std::string_view name) {
    const auto* field = catalog::find_field(kind, name);
    DOSSIER_CHECK(field != nullptr);
    return field->tag;
}

Value value_in(const FieldValues& values, const catalog::Kind& kind, std::string_view name) {
    const Value* value = find(values, tag_of(kind, name));
    return value == nullptr ? Value{} : *value;
}

Status OfficeMachine::open() {
    auto vault = unlock();
    if (!vault) return pass(vault);
    vfs_ = (*vault)->vfs_name();
    const sqlite::OpenOptions options{
        .path = (*vault)->database_path(), .vfs = vfs_, .cache_kib = kCacheKib};
    store_ = std::make_unique<server::SqliteStore>(
        options, server::Shell{std::move(*vault), paths, data_key(), random});
    if (auto ready = store_->prepare(); !ready) return ready;
    {
        server::Unit unit(*store_);
        server::make_office_keys(*store_, random);
        unit.commit();
    }
    {
        server::Unit unit(*store_);
        auto keys = server::load_office_keys(*store_);
        if (!keys) return pass(keys);
        keys_.emplace(std::move(*keys));
    }
    office_ = std::make_unique<server::Office>(*store_, clock, random,
                                               server::high_water_at_start(*store_));
    batches_ = std::make_unique<server::BatchCache>(kBatchBytes);
    return {};
}

void OfficeMachine::close() {
    books_.reset();
    office_.reset();
    store_.reset();
}

sqlite::Connection& OfficeMachine::books() {
    if (!books_) {
        books_ = std::make_unique<sqlite::Connection>(
            sqlite::OpenOptions{.path = paths.database, .vfs = vfs_, .cache_kib = kCacheKib});
    }
    return *books_;
}

Status OfficeMachine::change(const UserId& actor, merge::Op op, std::string_view reason) {
    server::Unit unit(*store_);
    auto done = office_->change(actor, changeset_of(std::move(op), reason));
    if (!done) return pass(done);
    unit.commit();
    return {};
}

RecordId OfficeMachine::make(const catalog::Kind& kind, const FieldValues& values) {
    const auto id = office_->ids().make<RecordId>();
    const auto done = change(
        {},
        {.kind = merge::OpKind::Create, .record_kind = kind.tag, .record = id, .fields = values});
    return done ? id : RecordId{};
}

Status OfficeMachine::set(const UserId& actor,
                          const catalog::Kind& kind,
                          const RecordId& record,
                          std::string_view name,
                          Value value) {
    const auto& field = *catalog::find_field(kind, name);
    merge::Op op{.kind = merge::OpKind::Set, .record_kind = kind.tag, .record = record};
    looking([&](server::Store& store) {
        const auto before = store.load(kind.tag, record).value_or(FieldValues{});
        for (const auto* member : catalog::group_of(kind, field)) {
            const Value* held = find(before, member->tag);
            if (held == nullptr) continue;
            assign(op.base, member->tag, *held);
            assign(op.fields, member->tag, *held);
        }
        if (const auto state = store.facet(record, catalog::facet_of(kind, field)))
            op.base_fv = state->fv;
        return true;
    });
    assign(op.fields, field.tag, std::move(value));
    return change(actor, std::move(op));
}

Status OfficeMachine::event(const UserId& actor,
                            const catalog::Kind& kind,
                            const RecordId& record,
                            std::string_view name,
                            const FieldValues& values) {
    return change(actor,
                  {.kind = merge::OpKind::Event,
                   .record_kind = kind.tag,
                   .record = record,
                   .fields = values,
                   .event = std::string(name)},
                  "按业务安排 / as arranged");
}

std::vector<RecordId> OfficeMachine::all(const catalog::Kind& kind) {
    return looking([&](server::Store& store) { return store.list(kind.tag, {}, 100'000); });
}

FieldValues OfficeMachine::load(const catalog::Kind& kind, const RecordId& record) {
    return looking(
        [&](server::Store& store) { return store.load(kind.tag, record).value_or(FieldValues{}); });
}

server::DeviceRow OfficeMachine::device(const UserId& user,
                                        const std::array<std::uint8_t, 32>& public_key) {
    server::DeviceRow row{.user = user, .public_key = public_key};
    row.code = "N" + std::to_string(10 + inside([](server::Office& at) {
                                        return at.store().next("device_code");
                                    }));
    const RecordId id =
        make(catalog::kDevice, values_of(catalog::kDevice, {{"device_code", words(row.code)},
                                                            {"user_id", user.as<RecordTag>()},
                                                            {"public_key", to_hex(public_key)},
                                                            {"state", words("active")}}));
    DOSSIER_CHECK(!id.is_none());
    row.device = id.as<DeviceTag>();
    row.state = static_cast<std::uint8_t>(protocol::DeviceState::Active);
    inside([&](server::Office& at) {
        at.store().save_device(row);
        return true;
    });
    return row;
}

UserId OfficeMachine::hire(std::string_view login,
                           const RecordId& region,
                           std::string_view role,
                           int level) {
    const RecordId id =
        make(kUser, values_of(kUser, {{"login", words(login)},
                                      {"employee_no", words("E-" + std::string(login))},
                                      {"name", words(login)},
                                      {"department_id", department},
                                      {"region_id", region},
                                      {"clearance", std::int64_t{level}}}));
    DOSSIER_CHECK(!id.is_none());
    make(kRoleAssignment, values_of(kRoleAssignment, {{"user_id", id}, {"role", words(role)}}));
    return id.as<UserTag>();
}

void OfficeMachine::found() {
    const auto region = [&](std::string_view code, const RecordId& above) {
        auto values = values_of(catalog::kRegion, {{"code", words(code)}, {"name", words(code)}});
        if (!above.is_none()) assign(values, tag_of(catalog::kRegion, "parent_id"), above);
        regions.push_back(make(catalog::kRegion, values));
    };
    region("HD", {});
    region("XB", {});
    region("HN", regions.front());
    department = make(
        catalog::kDepartment,
        values_of(catalog::kDepartment, {{"code", words("YQ")}, {"name", words("仪器销售部")}}));
    admin = hire("admin", regions[0], "system_admin", 1);
    manager = hire("manager", regions[0], "service_manager", 3);
    chief = hire("chief", regions[0], "general_manager", 3);
    clerk = hire("clerk", regions[0], "info_clerk", 2);
}

}  // namespace dossier::sim
