// What people on laptops do, with or without a network: everything through the laptop's own door.
#include <array>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/document.hpp"
#include "common/merge/derived_id.hpp"
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
using catalog::kWorkLog;
using catalog::kWorkLogLine;

/// Fields of every merge policy a person may write text into.
constexpr std::array<std::string_view, 13> kFieldTexts{
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
    /// What is written back was somebody's before.
    void say_again(const FieldValues& values) {
        for (const auto& each : values) {
            const auto* text = as_text(each.value);
            if (text == nullptr) continue;
            for (const auto value : world_.pen.found_in(bytes_of(*text)))
                world_.said_again[machine_.user].insert(value);
        }
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
        const auto name = kFieldTexts[dice_.below(kFieldTexts.size())];
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
    void edit_address() { edit_address(pick(kCustomer)); }
    void edit_address(const RecordId& id) {
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
        if (dice_.chance(250))
            return edit(kContact, id, values_of(kContact, {{"is_primary", std::int64_t{1}}}));
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
    /// Own words of before, answered or not: changed again once or thrice, or changed back.
    void correct() {
        struct Word {
            const Kind* kind;
            RecordId record;
            const catalog::Field* field;
        };
        std::vector<Word> words;
        for (const auto& entry : store_.outbox.history(40)) {
            for (const auto& op : entry.changeset.ops) {
                const auto* kind = catalog::find_kind(op.record_kind);
                const auto* field = kind == nullptr || op.kind != merge::OpKind::Set
                                        ? nullptr
                                        : catalog::find_field(*kind, op.fields.front().tag);
                if (field != nullptr && store_.replica.load(*kind, op.record))
                    words.push_back({kind, op.record, field});
            }
        }
        if (words.empty()) return edit_customer();
        const auto& word = words[dice_.below(words.size())];
        const bool back = dice_.chance(450);
        const auto began = world_.counts.crashes + world_.counts.disk_faults;
        const auto goes_on = [&] {
            return world_.counts.crashes + world_.counts.disk_faults == began && machine_.is_open();
        };
        for (auto left = back ? dice_.below(2) : 1 + 2 * dice_.below(2); left > 0 && goes_on();
             --left)
            rewrite(*word.kind, word.record, *word.field);
        if (back && goes_on()) write_back(*word.kind, word.record, *word.field);
    }
    void rewrite(const Kind& kind, const RecordId& record, const catalog::Field& field) {
        const auto group = catalog::group_of(kind, field);
        if (field.type == catalog::Type::Text && group.size() == 1)
            return edit(kind, record,
                        values_of(kind, {{field.name, text(kind, record, field.name)}}));
        if (field.name == "former_names") return add_name(record);
        if (group.size() > 1) edit_address(record);
    }
    void write_back(const Kind& kind, const RecordId& record, const catalog::Field& field) {
        const auto office =
            store_.replica.office_values(kind, record, catalog::facet_of(kind, field));
        FieldValues values;
        for (const auto* member : catalog::group_of(kind, field)) {
            const Value* held = find(office, member->tag);
            assign(values, member->tag, held == nullptr ? Value{} : *held);
        }
        say_again(values);
        edit(kind, record, values);
    }
    /// Removes what it may take back, or anything, and another laptop edits it: which of them the
    /// office hears first is chance.
    void remove_edited() {
        const std::array kinds{&kContact, &kCommunication, &kAttachment};
        const Kind& kind = *kinds[dice_.below(kinds.size())];
        std::vector<RecordId> own;
        for (const RecordId& id : store_.replica.select({.kind = &kind, .limit = 2000})) {
            const auto values = store_.replica.load(kind, id).value_or(FieldValues{});
            const Value* by = find(values, catalog::kCreatedBy);
            if (by != nullptr && as_record(*by).as<UserTag>() == machine_.user) own.push_back(id);
        }
        const RecordId id = own.empty() ? pick(kind) : own[dice_.below(own.size())];
        const auto seen = id.is_none() ? std::nullopt : store_.replica.seen(kind, id);
        if (!seen) return;
        edit_elsewhere(kind, id);
        save({client::removal(kind, id, *seen)});
    }
    void edit_elsewhere(const Kind& kind, const RecordId& id) {
        const std::string_view name = kind.tag == kContact.tag         ? "job_title"
                                      : kind.tag == kCommunication.tag ? "needs"
                                                                       : "title";
        for (std::uint32_t at = 0; at < world_.laptops.size(); ++at) {
            auto& other = *world_.laptops[at];
            if (at == who_ || !other.is_open() || other.doubtful || other.wiped) continue;
            const auto seen = other.store().replica.seen(kind, id);
            if (!seen || find(seen->values, catalog::kDeletedAt) != nullptr) continue;
            const auto word = world_.pen.write({at, id, kind.tag, tag_of(kind, name)});
            auto ops = client::edit(kind, id, *seen, values_of(kind, {{name, word}}));
            if (!ops.empty()) world_.save(at, std::move(ops));
        }
    }
    /// A line of the log of the day, and now and then its summary. Another laptop of the same
    /// person may make the same log.
    void work_log() {
        const FieldValues day =
            values_of(kWorkLog, {{"user_id", machine_.user.as<RecordTag>()},
                                 {"log_date", words(office_date(machine_.clock.now()))}});
        const auto found = store_.replica.select({.kind = &kWorkLog, .where = day});
        std::vector<merge::Op> ops;
        RecordId log = found.empty() ? merge::derived_id(kWorkLog, day) : found.front();
        if (found.empty()) {
            FieldValues made = day;
            if (dice_.chance(700))
                assign(made, tag_of(kWorkLog, "summary"), words(text(kWorkLog, log, "summary")));
            ops.push_back(client::new_record(kWorkLog, log, std::move(made)));
        } else if (dice_.chance(500)) {
            const auto seen = store_.replica.seen(kWorkLog, log);
            ops = client::edit(kWorkLog, log, *seen,
                               values_of(kWorkLog, {{"summary", text(kWorkLog, log, "summary")}}));
        }
        const RecordId line = new_id();
        ops.push_back(client::new_record(
            kWorkLogLine, line,
            values_of(kWorkLogLine, {{"work_log_id", log},
                                     {"kind", words("other")},
                                     {"text", text(kWorkLogLine, line, "text")}})));
        save(std::move(ops));
    }
    void search() {
        world_.on_laptop(who_, [&] {
            store_.search.catch_up();
            store_.search.find("qzx", 0, 20);
        });
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
            case Verb::Correct:
                return worker.correct();
            case Verb::RemoveEdited:
                return worker.remove_edited();
            default:
                return;
        }
    });
}

}  // namespace dossier::sim
