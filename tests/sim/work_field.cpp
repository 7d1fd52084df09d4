// What people on laptops do, with or without a network: everything through the laptop's own door.
#include <array>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/document.hpp"
#include "common/sqlite/failure.hpp"

#include "client/intake/take_content.hpp"
#include "tests/sim/checks.hpp"

namespace dossier::sim {
namespace {

using catalog::kAttachment;
using catalog::kCommunication;
using catalog::kContact;
using catalog::kCustomer;
using catalog::Kind;

/// Fields of every merge policy a person may write text into.
constexpr std::array<std::string_view, 13> kTexts{
    "name",           "short_name",         "legal_rep",           "registration_info",
    "business_scope", "key_business",       "business_need",       "website",
    "remark",         "org_structure_note", "qualifications_note", "source_detail",
    "loss_reason"};

/// One person at work: what he has, what he picks, what he writes.
class Worker {
  public:
    Worker(World& world, const Step& step)
        : world_(world),
          who_(step.who),
          machine_(*world.laptops[step.who]),
          store_(machine_.store()),
          dice_(step.salt) {}

    RecordId pick(const Kind& kind) {
        const auto all = store_.replica.select({.kind = &kind, .limit = 2000});
        return all.empty() ? RecordId{} : all[dice_.below(all.size())];
    }
    std::string text(const Kind& kind, const RecordId& record, std::string_view name) {
        return world_.pen.write({who_, record, kind.tag, tag_of(kind, name)});
    }
    RecordId new_id() { return machine_.ids.make<RecordId>(); }
    void save(std::vector<merge::Op> ops) {
        if (!ops.empty()) world_.save(who_, std::move(ops));
    }
    void edit(const Kind& kind, const RecordId& record, const FieldValues& changed) {
        const auto seen = record.is_none() ? std::nullopt : store_.replica.seen(kind, record);
        if (seen) save(client::edit(kind, record, *seen, changed));
    }

    void new_customer() {
        const RecordId id = new_id();
        std::vector<merge::Op> ops{client::new_record(
            kCustomer, id,
            values_of(kCustomer, {{"name", text(kCustomer, id, "name")},
                                  {"key_business", text(kCustomer, id, "key_business")}}))};
        if (dice_.chance(400)) {
            const RecordId contact = new_id();
            ops.push_back(client::new_record(
                kContact, contact,
                values_of(kContact,
                          {{"customer_id", id}, {"name", text(kContact, contact, "name")}})));
        }
        save(std::move(ops));
    }
    void new_contact() {
        const RecordId customer = pick(kCustomer);
        if (customer.is_none()) return;
        const RecordId id = new_id();
        save({client::new_record(
            kContact, id,
            values_of(kContact, {{"customer_id", customer},
                                 {"name", text(kContact, id, "name")},
                                 {"job_title", text(kContact, id, "job_title")}}))});
    }
    void visit() {
        const RecordId customer = pick(kCustomer);
        if (customer.is_none()) return;
        const RecordId id = new_id();
        save({client::new_record(
            kCommunication, id,
            values_of(kCommunication, {{"customer_id", customer},
                                       {"purpose", text(kCommunication, id, "purpose")},
                                       {"content", text(kCommunication, id, "content")}}))});
    }
    void attach(std::size_t length) {
        const RecordId customer = pick(kCustomer);
        if (customer.is_none()) return;
        const RecordId id = new_id();
        const Bytes made = document_of(text(kAttachment, id, "content"), length);
        ByteView left = made;
        const auto read = [&](std::span<std::uint8_t> to) -> Result<std::size_t> {
            const std::size_t size = std::min(to.size(), left.size());
            std::copy_n(left.begin(), size, to.begin());
            left = left.subspan(size);
            return size;
        };
        auto values = client::take_content(store_, id, "单据.pdf", read, machine_.clock.now());
        if (!values) return world_.mix(bytes_of(values.error().id()));
        assign(*values, tag_of(kAttachment, "customer_id"), customer);
        assign(*values, tag_of(kAttachment, "title"), words(text(kAttachment, id, "title")));
        world_.contents[id] = made;
        save({client::new_record(kAttachment, id, *values)});
    }
    void attach_small() { attach(200 + dice_.below(40'000)); }
    /// Once a run: its pages are looked at again and again.
    void attach_large() {
        if (world_.has_large) return attach_small();
        world_.has_large = true;
        for (std::uint32_t at = 0; at < world_.laptops.size(); ++at)
            world_.short_lines[at] = 1 + dice_.below(5);
        attach(250'000 + dice_.below(350'000));
    }
    void edit_customer() {
        const RecordId id = pick(kCustomer);
        if (id.is_none()) return;
        if (dice_.chance(120)) return add_name(id);
        const auto name = kTexts[dice_.below(kTexts.size())];
        edit(kCustomer, id, values_of(kCustomer, {{name, text(kCustomer, id, name)}}));
    }
    void add_name(const RecordId& id) {
        const auto seen = store_.replica.seen(kCustomer, id);
        const auto& field = *catalog::find_field(kCustomer, "former_names");
        if (!seen) return;
        const Value addition =
            catalog::from_elements(field, {'"' + text(kCustomer, id, "former_names") + '"'});
        save(client::amend(kCustomer, id, *seen, field, addition));
    }
    void edit_address() {
        const RecordId id = pick(kCustomer);
        if (id.is_none()) return;
        const std::string street = text(kCustomer, id, "street_address");
        edit(kCustomer, id,
             values_of(kCustomer,
                       {{"street_address", street}, {"postcode", words(world_.pen.digits())}}));
    }
    void edit_contact() {
        const RecordId id = pick(kContact);
        if (id.is_none()) return;
        const std::string_view name = dice_.chance(500) ? "department" : "job_title";
        edit(kContact, id, values_of(kContact, {{name, text(kContact, id, name)}}));
    }
    void edit_visit() {
        const RecordId id = pick(kCommunication);
        if (id.is_none()) return;
        const std::string_view name = dice_.chance(500) ? "content" : "needs";
        edit(kCommunication, id,
             values_of(kCommunication, {{name, text(kCommunication, id, name)}}));
    }
    void remove() {
        const Kind& kind = dice_.chance(700) ? kContact : kCustomer;
        const RecordId id = pick(kind);
        const auto seen = id.is_none() ? std::nullopt : store_.replica.seen(kind, id);
        if (seen) save({client::removal(kind, id, *seen)});
    }
    void work_log() {
        const RecordId id = new_id();
        save({client::new_record(
            catalog::kWorkLog, id,
            values_of(catalog::kWorkLog, {{"summary", text(catalog::kWorkLog, id, "summary")}}))});
    }
    void search() {
        world_.on_laptop(who_, [&] { store_.search.find("qzx", 0, 20); });
    }
    void read_tray() {
        world_.on_laptop(who_, [&] {
            for (const auto& item : store_.tray.list(true)) {
                store_.tray.mark_read(item.id, machine_.clock.now());
            }
        });
    }
    /// A record of somebody else's laptop, guessed.
    void write_blind() {
        const auto& other = *world_.laptops[dice_.below(world_.laptops.size())];
        if (!const_cast<LaptopMachine&>(other).is_open() || other.doubtful) return;
        const auto ids = const_cast<LaptopMachine&>(other).store().replica.select(
            {.kind = &kCustomer, .limit = 100});
        if (ids.empty()) return;
        const RecordId id = ids[dice_.below(ids.size())];
        edit(kCustomer, id, values_of(kCustomer, {{"remark", text(kCustomer, id, "remark")}}));
    }

  private:
    World& world_;
    std::uint32_t who_;
    LaptopMachine& machine_;
    client::Store& store_;
    Dice dice_;
};

}  // namespace

void World::save(std::uint32_t laptop, std::vector<merge::Op> ops) {
    on_laptop(laptop, [&] {
        auto& machine = *laptops[laptop];
        merge::Changeset draft;
        draft.source = "cli";
        draft.ops = std::move(ops);
        const std::uint64_t next = machine.store().outbox.last().value + 1;
        // Until the door has answered nobody knows.
        Saved& kept = history[laptop].saved[next];
        kept = {.body = {}, .draft = draft, .certain = false};
        const auto saved = machine.intake().commit(std::move(draft));
        for (const auto& op : kept.draft.ops)
            tell(laptop, "  op " + std::to_string(static_cast<int>(op.kind)) + " kind " +
                             std::to_string(op.record_kind) + " " + to_text(op.record) + " tag " +
                             std::to_string(op.fields.empty() ? 0 : op.fields.front().tag) +
                             (saved ? " as " + std::to_string(saved->value)
                                    : " " + describe(saved.error(), Lang::En)));
        if (!saved) {
            history[laptop].saved.erase(next);
            ++counts.denied;
            mix(bytes_of(saved.error().id()));
            return;
        }
        if (saved->value != next) breach("I2 outbox", "a changeset got a number out of order");
        ++counts.ops;
        kept.certain = true;
        check_saved(*this, laptop, saved->value);
    });
}

void World::work_on_laptop(const Step& step) {
    auto& machine = *laptops[step.who];
    if (!machine.is_open() || machine.wiped) return;
    if (step.verb == Verb::Sync) return start_session(step.who);
    on_laptop(step.who, [&] {
        Worker worker(*this, step);
        switch (step.verb) {
            case Verb::NewCustomer:
                return worker.new_customer();
            case Verb::NewContact:
                return worker.new_contact();
            case Verb::Visit:
                return worker.visit();
            case Verb::EditCustomer:
                return worker.edit_customer();
            case Verb::EditAddress:
                return worker.edit_address();
            case Verb::EditContact:
                return worker.edit_contact();
            case Verb::EditVisit:
                return worker.edit_visit();
            case Verb::Remove:
                return worker.remove();
            case Verb::WorkLog:
                return worker.work_log();
            case Verb::Search:
                return worker.search();
            case Verb::ReadTray:
                return worker.read_tray();
            case Verb::Attach:
                return worker.attach_small();
            case Verb::AttachLarge:
                return worker.attach_large();
            case Verb::WriteBlind:
                return worker.write_blind();
            default:
                return;
        }
    });
}

}  // namespace dossier::sim
