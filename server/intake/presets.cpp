#include "server/intake/presets.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/import_batch.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/wrong.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/transfer.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/office_records.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

using access::Operation;
using catalog::kCustomer;
using catalog::Kind;
using catalog::kSecrecyLevel;

/// Administrators say all of what the office keeps about itself, but neither when nor by whom it
/// was made; who keeps a list that decides nobody's rights hides none of it.
bool is_free(const Desk& desk, const Kind& kind, const catalog::Field& of) {
    if (desk.is_system() || !is_set_by_office(of)) return true;
    if (kind.made_by == catalog::MadeBy::Letters)
        return of.tag > catalog::kCommonTagMax && catalog::is_of_people(of);
    if (!is_office_kind(kind)) return false;
    return of.tag > catalog::kCommonTagMax || (of.tag == kSecrecyLevel && kind.decides_rights);
}

/// Whose a file is and where it lies: the fields of its directory that name people and places.
bool says_where(const catalog::Field& of) {
    return of.directory && catalog::is_reference(of);
}

constexpr std::string_view kBatchField = "import_batch_id";

/// Whether the author fills this batch and has not put it to approval yet.
bool loads_into(const Desk& desk, const RecordId& batch) {
    using catalog::kImportBatch;
    const auto values = desk.store.load(kImportBatch.tag, batch).value_or(FieldValues{});
    return record_in(values, catalog::kCreatedBy) == desk.bearer.user.as<RecordTag>() &&
           text_in(values, catalog::field(kImportBatch, "state")) == catalog::BatchState::kLoading;
}

class Preset {
  public:
    /// `with` is the record as the office makes it, with nothing preset but what is asked about: of
    /// several presets each is judged by itself.
    Preset(const Desk& desk, const Kind& kind, const Place& place, FieldValues with)
        : desk_(desk),
          kind_(kind),
          place_(place),
          whole_(std::move(with)),
          viewer_(desk.people.viewer(desk.bearer.user, desk.bearer.now)) {}

    [[nodiscard]] bool may_number() const {
        return desk_.changeset.source == "import" && decided(Operation::Verify, as_in_force());
    }

    [[nodiscard]] bool may_place(const catalog::Field& of) const {
        if (is_own(of)) return true;
        auto subject = as_in_force();
        // What his own files let him do does not count: it is about where he may put any file.
        if (subject.owner == viewer_.user) subject.owner = {};
        if (subject.service == viewer_.user) subject.service = {};
        std::erase(subject.superiors, viewer_.user);
        return decided(Operation::Create, subject) || decided(Operation::Transfer, subject) ||
               (of.name == workflow::transfer::kServiceOnly.front() &&
                decided(Operation::ManageAccess, subject));
    }

    /// Once it is in force, when nobody sees it for having begun it.
    [[nodiscard]] bool stays_in_sight() const {
        const auto answer = access::decide(viewer_, Operation::View, as_in_force(),
                                           catalog::Facet::Main, {.now = desk_.bearer.now})
                                .answer;
        return answer == access::Answer::Allow || answer == access::Answer::Mask;
    }

  private:
    [[nodiscard]] access::Subject as_in_force() const {
        auto subject = desk_.people.subject(place_, whole_);
        subject.creator = {};
        if (catalog::is_file(kind_)) subject.file_state = catalog::FileState::kActive;
        return subject;
    }
    [[nodiscard]] bool decided(Operation operation, const access::Subject& subject) const {
        return access::decide(viewer_, operation, subject, catalog::Facet::Directory,
                              {.now = desk_.bearer.now})
                   .answer == access::Answer::Allow;
    }
    /// Himself, his region or department, or one below it.
    [[nodiscard]] bool is_own(const catalog::Field& of) const {
        const RecordId named = record_in(whole_, of.tag);
        if (named == viewer_.user.as<RecordTag>()) return true;
        for (const auto* above :
             {&desk_.people.regions_above(named), &desk_.people.departments_above(named)}) {
            const auto is_his = [&](const RecordId& id) {
                return !id.is_none() && (id == viewer_.region || id == viewer_.department);
            };
            if (std::ranges::any_of(*above, is_his)) return true;
        }
        return false;
    }

    const Desk& desk_;
    const Kind& kind_;
    const Place& place_;
    FieldValues whole_;
    const access::Viewer& viewer_;
};

/// The same day so many years later; the last of February for its 29th.
std::string years_after(std::string_view date, std::int64_t years) {
    std::string later(date);
    const auto year = std::stoll(later.substr(0, 4)) + years;
    later.replace(0, 4, std::to_string(year));
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (later.ends_with("-02-29") && !leap) later.replace(later.size() - 2, 2, "28");
    return later;
}

/// "++secrecy.term_years/level": by the number the record has there; none for 0.
void fill_years(const Desk& desk, const Kind& kind, const catalog::Field& of, FieldValues& values) {
    const auto key = of.preset.substr(2, of.preset.find('/') - 2);
    const auto* by = catalog::find_field(kind, of.preset.substr(of.preset.find('/') + 1));
    const auto number = number_in(values, by->tag);
    if (number <= 0) return;
    const auto years = setting(desk.store, std::string(key) + "." + std::to_string(number));
    put(values, of, years_after(office_date(desk.bearer.event_time()), years));
}

/// "+doc_request.days": so many days from the day of the event, as the company set it.
void fill_terms(const Desk& desk, const Kind& kind, FieldValues& values) {
    for (const auto& of : kind.fields) {
        if (!of.preset.starts_with('+') || find(values, of.tag) != nullptr) continue;
        if (of.preset.starts_with("++")) {
            fill_years(desk, kind, of, values);
            continue;
        }
        const auto days = setting(desk.store, of.preset.substr(1));
        put(values, of, office_date(desk.bearer.event_time().plus(std::chrono::hours(24) * days)));
    }
}

}  // namespace

FieldValues filled_in(const Desk& desk, const Kind& kind, FieldValues said) {
    assign(said, catalog::kCreatedAt, desk.bearer.at.ms);
    if (!desk.is_system()) assign(said, catalog::kCreatedBy, desk.bearer.user.as<RecordTag>());
    if (!desk.bearer.device.is_none())
        assign(said, catalog::kCreatedDevice, desk.bearer.device.as<RecordTag>());
    if (find(said, kSecrecyLevel) == nullptr)
        assign(said, kSecrecyLevel,
               std::max<std::int64_t>(0, static_cast<std::int64_t>(kind.level)));
    fill_terms(desk, kind, said);
    return catalog::with_presets(kind, std::move(said), desk.bearer.event_time(), author_of(desk));
}

FieldValues filled_in_alone(const Desk& desk, const Kind& kind, const FieldValues& said) {
    FieldValues own;
    for (const auto& [tag, value] : said) {
        const auto* of = catalog::find_field(kind, tag);
        if (of != nullptr && is_free(desk, kind, *of)) own.push_back({tag, value});
    }
    return filled_in(desk, kind, std::move(own));
}

Status may_preset(const Desk& desk,
                  const Kind& kind,
                  const Place& place,
                  const FieldValues& said,
                  const catalog::Field& of) {
    if (is_free(desk, kind, of)) return {};
    const auto alone = filled_in_alone(desk, kind, said);
    const Value* value = find(said, of.tag);
    const Value* own = find(alone, of.tag);
    if (value == nullptr || (own != nullptr && *own == *value)) return {};
    const auto label = catalog::label_of(of);
    FieldValues with = alone;
    assign(with, of.tag, *value);
    const Preset preset(desk, kind, place, std::move(with));
    // A level goes by a mark that somebody approves (WF-08), also the first one.
    if (of.tag == kSecrecyLevel) return fail(merge::kPresetLevel, label);
    if (says_where(of))
        return preset.may_place(of) && preset.stays_in_sight() ? Status{}
                                                               : fail(merge::kPresetPlace, label);
    if (of.name == kBatchField)
        return loads_into(desk, as_record(*value)) ? Status{} : fail(merge::kServerOnly, label);
    if (of.directory && of.unique)
        return preset.may_number() ? Status{} : fail(merge::kPresetNumber, label);
    return fail(merge::kServerOnly, label);
}

}  // namespace dossier::server
