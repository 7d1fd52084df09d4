#include "server/reports/facts.hpp"

#include <algorithm>

#include "common/base/check.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/states.hpp"

#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

using catalog::Field;
using catalog::kCustomer;
using report::Fact;
using report::Measure;
using std::chrono::days;

/// The fields a measure names; null for those it does not name or its kind does not keep.
struct Fields {
    explicit Fields(const Measure& measure)
        : person(catalog::find_field(*measure.over, measure.person)),
          started(catalog::find_field(*measure.over, measure.started)),
          done(catalog::find_field(*measure.over, measure.done)),
          waits(catalog::find_field(*measure.over, measure.waits_field)) {
        DOSSIER_CHECK(person != nullptr && started != nullptr &&
                      started->type == catalog::Type::Time);
    }
    [[nodiscard]] std::vector<const Field*> all() const {
        std::vector<const Field*> all{person, started, done, waits};
        std::erase(all, nullptr);
        return all;
    }

    const Field* person;
    const Field* started;
    const Field* done;
    const Field* waits;
};

/// What the company set, where it may set it.
int days_of(Store& store, const report::Limit& limit) {
    const auto all = settings();
    const bool is_set =
        std::ranges::find(all, limit.setting, &Setting::key) != all.end() && !limit.setting.empty();
    return is_set ? static_cast<int>(setting(store, limit.setting)) : limit.days;
}

class Measuring {
  public:
    Measuring(const Gathering& asked, std::uint8_t number)
        : asked_(asked),
          number_(number),
          measure_(asked.report.measures[number]),
          fields_(measure_),
          days_(days_of(asked.office.store(), measure_.limit)) {}

    /// What falls due in the period, then what has waited since before it.
    void gather(std::vector<Fact>& facts) {
        const Instant earliest = report::last_moment(
            asked_.question.period.first - days(days_) -
            std::chrono::ceil<days>(std::chrono::hours(measure_.limit.hours)) - days(1));
        const Instant latest = report::last_moment(asked_.question.period.last);
        take({when(query::Test::Greater, earliest), when(query::Test::AtMost, latest)}, facts);
        if (fields_.waits == nullptr) return;
        take({when(query::Test::AtMost, earliest),
              {fields_.waits, query::Test::Equal, {std::string(measure_.waits_code)}}},
             facts);
    }

  private:
    [[nodiscard]] query::Filter when(query::Test test, Instant at) const {
        return {fields_.started, test, {at.ms}};
    }
    void take(std::vector<query::Filter> where, std::vector<Fact>& facts) {
        if (!asked_.person.is_none())
            where.push_back({fields_.person, query::Test::Equal, {asked_.person.as<RecordTag>()}});
        const Counting counting{
            .query = {.kind = measure_.over, .where = std::move(where)},
            .fields = fields_.all(),
            .counts = [&](const FieldValues& values) { return asked_.rows.are_of(whose(values)); }};
        count_records(
            asked_.office, asked_.asker, counting,
            [&](const Counted& counted) {
                if (auto fact = fact_of(counted)) facts.push_back(*fact);
            },
            asked_.give_way);
    }
    [[nodiscard]] UserId whose(const FieldValues& values) const {
        return record_in(values, fields_.person->tag).as<UserTag>();
    }
    [[nodiscard]] std::optional<Fact> fact_of(const Counted& counted) const {
        const auto started = as_number(*find(counted.values, fields_.started->tag));
        Fact fact{.measure = number_,
                  .person = whose(counted.values),
                  .subject = counted.record,
                  .is_named = counted.is_named,
                  .started = {*started},
                  .limit = limit_of({*started}),
                  .done = done_of(counted)};
        if (!fact.done && !waits(counted.values)) return std::nullopt;
        return fact;
    }
    [[nodiscard]] Instant limit_of(Instant started) const {
        if (days_ == 0) return started.plus(std::chrono::hours(measure_.limit.hours));
        return report::last_moment(report::day_of(started) + days(days_));
    }
    [[nodiscard]] bool waits(const FieldValues& values) const {
        return fields_.waits == nullptr ||
               text_in(values, fields_.waits->tag) == measure_.waits_code;
    }
    [[nodiscard]] std::optional<Instant> done_of(const Counted& counted) const {
        const Value* kept =
            fields_.done == nullptr ? nullptr : find(counted.values, fields_.done->tag);
        if (kept != nullptr && as_number(*kept)) return Instant{*as_number(*kept)};
        if (measure_.step.empty() || waits(counted.values)) return std::nullopt;
        return first_step(asked_.office, counted.record, measure_.step);
    }

    const Gathering& asked_;
    std::uint8_t number_;
    const Measure& measure_;
    Fields fields_;
    int days_;
};

/// Records as they stand, each with whose file it is in.
class Standing {
  public:
    Standing(const Gathering& asked, std::uint8_t number)
        : asked_(asked), number_(number), source_(asked.report.sources[number]) {
        for (const auto name : source_.tells)
            fields_.push_back(catalog::find_field(*source_.over, name));
        if (!catalog::is_file(*source_.over))
            fields_.push_back(catalog::find_field(*source_.over, source_.over->parent));
    }

    void gather(std::vector<Fact>& facts) {
        query::Query query{.kind = source_.over};
        if (const auto* only = catalog::find_field(*source_.over, source_.only_field)) {
            std::vector<Value> codes;
            for (const auto code : source_.only_codes) codes.emplace_back(std::string(code));
            query.where.push_back({only, query::Test::OneOf, std::move(codes)});
        }
        count_records(
            asked_.office, asked_.asker,
            {.query = std::move(query),
             .fields = fields_,
             .counts = [](const FieldValues&) { return true; }},
            [&](const Counted& counted) {
                if (auto fact = fact_of(counted)) facts.push_back(std::move(*fact));
            },
            asked_.give_way);
    }

  private:
    /// The file a record lies in, as its directory has it.
    [[nodiscard]] FieldValues file_of(const Counted& counted) const {
        const auto& kind = *source_.over;
        const RecordId file =
            catalog::is_file(kind)
                ? counted.record
                : record_in(counted.values, *catalog::find_field(kind, kind.parent));
        return asked_.office.store().load_facet(kCustomer.tag, file, Facet::Directory);
    }
    [[nodiscard]] std::optional<Fact> fact_of(const Counted& counted) const {
        const auto file = file_of(counted);
        const auto state = text_in(file, catalog::field(kCustomer, "file_state"));
        const UserId owner =
            record_in(file, catalog::field(kCustomer, "owner_user_id")).as<UserTag>();
        const bool is_in_force =
            state == catalog::FileState::kActive || state == catalog::FileState::kArchived;
        const bool is_asked = asked_.person.is_none() || asked_.person == owner;
        if (!is_in_force || !is_asked || !asked_.rows.are_of(owner)) return std::nullopt;
        return Fact{.measure = number_,
                    .person = owner,
                    .subject = counted.record,
                    .is_named = counted.is_named,
                    .values = counted.values};
    }

    const Gathering& asked_;
    std::uint8_t number_;
    const report::Source& source_;
    std::vector<const Field*> fields_;
};

}  // namespace

std::vector<Fact> gather_facts(const Gathering& gathering) {
    std::vector<Fact> facts;
    for (std::size_t at = 0; at < gathering.report.measures.size(); ++at)
        Measuring(gathering, static_cast<std::uint8_t>(at)).gather(facts);
    for (std::size_t at = 0; at < gathering.report.sources.size(); ++at)
        Standing(gathering, static_cast<std::uint8_t>(at)).gather(facts);
    return facts;
}

}  // namespace dossier::server
