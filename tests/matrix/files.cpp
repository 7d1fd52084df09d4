#include "tests/matrix/files.hpp"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "common/catalog/document.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

namespace dossier::test {
namespace {

using catalog::Facet;
using merge::VerdictKind;

/// Which letter a facet has: clear, with its middle hidden, not there, and why not.
char letter(const action::Json& told,
            std::string_view field,
            std::string_view clear,
            std::string_view facet) {
    const auto& values = told["values"];
    const auto held = values.find(field);
    if (held != values.end() && !held->is_null())
        return held->dump().find(clear) != std::string::npos ? 'y' : 'm';
    for (const auto& each : told["withheld"]) {
        if (each["facet"] != facet) continue;
        const auto why = each["why"].get<std::string>();
        if (why.find("access.needs_approval") != std::string::npos) return 'a';
        return 'n';
    }
    return '-';
}

char directory_letter(const action::Json& values) {
    if (!values.contains("name") || values["name"].is_null()) return 'n';
    return values.contains("region_id") && !values["region_id"].is_null() ? 'y' : 'f';
}

std::string letters(const Spoken& said) {
    if (said.code != 0) return said.fate() == "cli.unknown_customer" ? "unknown" : said.fate();
    const auto told = said.json();
    std::string all(1, directory_letter(told["values"]));
    all += letter(told, "legal_rep", kLegalRep, "main");
    all += letter(told, "id_no", kIdNumber, "masked");
    all += letter(told, "owners", kOwners, "granted");
    all += letter(told, "marketing_strategy_note", kStrategy, "closed");
    return all;
}

/// The same of a history: what stands in some entry of it.
std::string history_letters(const Spoken& said) {
    if (said.code != 0) return said.fate() == "cli.unknown_customer" ? "unknown" : said.fate();
    std::string all;
    for (const auto clear : {std::string_view("甲乙丙"), kLegalRep, kIdNumber, kOwners, kStrategy})
        all += said.out.find(clear) != std::string::npos ? 'y' : 'n';
    return all;
}

/// What only a stated purpose opens is 'p'.
std::string cell_by_purpose(Desk& desk,
                            std::string_view command,
                            const File& file,
                            std::string (*letters_of)(const Spoken&)) {
    const auto say = [&](std::string_view purpose) {
        return letters_of(
            desk.say(command, {{"CUSTOMER", {to_text(file.customer)}}}, "x", purpose));
    };
    std::string cell = say(kPurpose);
    std::string bare = say("");
    if (bare == "access.purpose_needed") bare = std::string(cell.size(), 'n');
    if (cell.size() != 5 || bare.size() != 5) return cell;
    for (std::size_t at = 0; at < cell.size(); ++at) {
        if (cell[at] == bare[at]) continue;
        cell[at] = cell[at] == 'y' ? 'p' : cell[at] == 'f' ? 'F' : '!';
    }
    return cell;
}

merge::Op set_of(PeopledOffice& office,
                 const RecordId& record,
                 std::string_view name,
                 Value value) {
    const auto& field = *catalog::find_field(kCustomer, name);
    merge::Op op{.kind = merge::OpKind::Set, .record_kind = kCustomer.tag, .record = record};
    server::Unit unit(*office.store);
    const auto values = office.store->load(kCustomer.tag, record).value_or(FieldValues{});
    const auto* held = find(values, field.tag);
    op.base = {{field.tag, held == nullptr ? Value{} : *held}};
    op.fields = {{field.tag, std::move(value)}};
    if (const auto state = office.store->facet(record, catalog::facet_of(kCustomer, field)))
        op.base_fv = state->fv;
    return op;
}

/// Of a file as it is now: nobody wrote to it since the laptop was told of it.
merge::Op removal_of(PeopledOffice& office, const RecordId& record) {
    merge::Op op{.kind = merge::OpKind::Remove, .record_kind = kCustomer.tag, .record = record};
    server::Unit unit(*office.store);
    const auto facet = catalog::facets_of(kCustomer).front();
    if (const auto state = office.store->facet(record, facet)) op.base_fv = state->fv;
    return op;
}

/// Its last session brought everything there is.
void note_synced(PeopledOffice& office, const DeviceId& device) {
    server::Unit unit(*office.store);
    auto row = *office.store->device(device);
    row.last_session = office.clock.now();
    office.store->save_device(row);
    unit.commit();
}

merge::Op event_of(const RecordId& record, std::string_view event) {
    return {.kind = merge::OpKind::Event,
            .record_kind = kCustomer.tag,
            .record = record,
            .event = std::string(event)};
}

merge::Op child_of(PeopledOffice& office, const catalog::Kind& kind, const RecordId& customer) {
    const bool is_visit = kind.tag == catalog::kCommunication.tag;
    merge::Op op{.kind = merge::OpKind::Create,
                 .record_kind = kind.tag,
                 .record = office.office.ids().make<RecordId>()};
    op.fields = is_visit ? values_of(kind, {{"customer_id", customer},
                                            {"purpose", words("回访")},
                                            {"content", words("谈了天平")}})
                         : values_of(kind, {{"customer_id", customer}, {"name", words("丁")}});
    return op;
}

}  // namespace

std::vector<std::string> file_operations() {
    return {"show",    "list", "history",       "hold",         "hold_contact", "content", "visit",
            "contact", "edit", "controlled",    "remove",       "transfer",     "serve",   "mark2",
            "mark0",   "post", "forged_ruling", "forged_owner", "forged_level"};
}

Cells shown(World& world, Desk& desk) {
    Cells cells;
    for (const File& file : world.files())
        cells.push_back(cell_by_purpose(desk, "customer show", file, letters));
    return cells;
}

Cells histories(World& world, Desk& desk) {
    Cells cells;
    for (const File& file : world.files())
        cells.push_back(cell_by_purpose(desk, "customer history", file, history_letters));
    return cells;
}

/// What is listed for a purpose only is 'p', of an entry that shows less 'F'.
Cells listed(World& world, Desk& desk) {
    const auto said = desk.say("customer list", {{"--limit", {"100000"}}}, "x", kPurpose);
    Cells cells(world.files().size(), said.code == 0 ? "unknown" : said.fate());
    if (said.code != 0) return cells;
    const auto bare = desk.say("customer list", {{"--limit", {"100000"}}}, "x", "");
    std::map<std::string, char> found;
    for (const auto& entry : said.json())
        found[entry["id"]] = directory_letter(entry) == 'y' ? 'p' : 'F';
    for (const auto& entry : bare.json()) found[entry["id"]] = directory_letter(entry);
    for (std::size_t at = 0; at < cells.size(); ++at) {
        const auto entry = found.find(to_text(world.files()[at].customer));
        if (entry != found.end()) cells[at] = std::string(1, entry->second);
    }
    return cells;
}

Carried carried(World& world, Wire& wire) {
    const auto streamed = wire.pull();
    std::set<std::pair<RecordId, std::uint8_t>> held;
    for (const auto& entry : entries_in(streamed)) held.emplace(entry.record, entry.facet);
    protocol::Bring wanted;
    for (const File& file : world.files()) wanted.wanted.push_back(file.attachment);
    std::map<RecordId, std::uint8_t> answers;
    for (const auto& message : wire.say(wanted)) {
        const auto* have = std::get_if<protocol::Have>(&message);
        if (have == nullptr) continue;
        for (const auto& each : have->answers) answers[each.record] = each.state;
    }
    const auto facets = [&](const RecordId& record, std::initializer_list<Facet> of) {
        std::string cell;
        for (const Facet facet : of)
            cell += held.contains({record, static_cast<std::uint8_t>(facet)}) ? 'y' : 'n';
        return cell;
    };
    Carried all;
    for (const File& file : world.files()) {
        all.customer.push_back(facets(file.customer, {Facet::Directory, Facet::Main, Facet::Masked,
                                                      Facet::Granted, Facet::Closed}));
        all.contact.push_back(facets(file.contact, {Facet::Main}));
        const auto state = static_cast<protocol::ContentState>(answers[file.attachment]);
        all.content.push_back(state == protocol::ContentState::Ready     ? "y"
                              : state == protocol::ContentState::Unknown ? "n"
                                                                         : "other");
    }
    return all;
}

merge::Op op_for(PeopledOffice& office, std::string_view operation, const File& file) {
    const RecordId& id = file.customer;
    if (operation == "visit") return child_of(office, catalog::kCommunication, id);
    if (operation == "contact") return child_of(office, catalog::kContact, id);
    if (operation == "edit") return set_of(office, id, "fax", words("0571-99990000"));
    if (operation == "controlled" || operation == "forged_ruling")
        return set_of(office, id, "legal_rep", words("新法人"));
    if (operation == "forged_owner")
        return set_of(office, id, "owner_user_id", office.ben.as<RecordTag>());
    if (operation == "forged_level") return set_of(office, id, "secrecy_level", std::int64_t{0});
    if (operation == "remove") return removal_of(office, id);
    const bool serves = operation == "serve";
    merge::Op op = event_of(id, operation.starts_with("mark") ? "mark"
                                : serves                      ? "transfer"
                                                              : operation);
    if (serves) op.fields = values_of(kCustomer, {{"service_user_id", office.ben.as<RecordTag>()}});
    if (operation == "transfer")
        op.fields = values_of(kCustomer, {{"owner_user_id", office.ben.as<RecordTag>()}});
    if (operation == "mark2") op.fields = {{4, std::int64_t{2}}};
    if (operation == "mark0") op.fields = {{4, std::int64_t{0}}};
    return op;
}

std::string cell_of(const merge::Verdict& verdict) {
    switch (verdict.kind) {
        case VerdictKind::Applied:
        case VerdictKind::Merged:
        case VerdictKind::Converged:
        case VerdictKind::Superseded:
            return "allow";
        case VerdictKind::Case:
            return "case";
        case VerdictKind::Proposal:
            return "propose";
        case VerdictKind::Late:
            return verdict.reason == "intake.withheld" ? "wait" : "late";
        case VerdictKind::Parked:
        case VerdictKind::Rejected:
            break;
    }
    // Only who may remove it is told what holds the removal up: here all files are spoken of.
    if (verdict.reason == merge::kSpokenOf.id) return "allow";
    if (verdict.reason == "intake.unknown_record" || verdict.reason == "merge.orphan")
        return "unknown";
    // What the office alone sets is refused by its name.
    const bool denied =
        verdict.reason.starts_with("access.") || verdict.reason == merge::kServerOnly.id;
    return denied ? "deny" : verdict.reason;
}

Cells pushed(World& world, Wire& wire, std::string_view operation, Instant written) {
    std::vector<merge::Op> ops;
    for (const File& file : world.files()) ops.push_back(op_for(world.office, operation, file));
    const bool forged = operation.starts_with("forged");
    if (operation == "remove") note_synced(world.office, wire.row.device);
    Cells cells;
    for (const auto& verdict : wire.try_ops(ops, forged ? "ruling" : "cli", {}, written))
        cells.push_back(cell_of(verdict));
    return cells;
}

}  // namespace dossier::test
