#include "server/jobs/secrecy.hpp"

#include <algorithm>

#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/secrecy.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/task.hpp"
#include "common/workflow/secrecy_marking.hpp"

#include "server/intake/tasks.hpp"
#include "server/people/people.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kNotification;
using catalog::kSecrecyMarking;

std::string term_in(const FieldValues& mark) {
    return text_in(mark, field(kSecrecyMarking, "expires_on"));
}

bool takes(Office& office, const RecordId& mark, std::string_view event) {
    const merge::Op op{.kind = merge::OpKind::Event,
                       .record_kind = kSecrecyMarking.tag,
                       .record = mark,
                       .event = std::string(event)};
    return office.change(UserId{}, {.source = "job", .ops = {op}}).has_value();
}

/// Marks in this state with a last day.
std::vector<RecordId> marks_in(Office& office, std::string_view state) {
    return office.store().find(kSecrecyMarking.tag, field(kSecrecyMarking, "state").tag,
                               Value(std::string(state)));
}

/// The end of a mark is told to whose file it is and to who keeps secrets.
class Notices {
  public:
    explicit Notices(Office& office)
        : office_(office),
          first_(setting(office.store(), "secrecy.notice_days")),
          last_(setting(office.store(), "secrecy.last_notice_days")) {}

    void see(const RecordId& id, const FieldValues& mark) {
        const auto term = term_in(mark);
        const auto days = term.empty() ? 0 : days_before(term);
        if (days == 0) return;
        const std::array said{term, std::to_string(days)};
        const auto words = dossier::pair_of({fill("保密期限 {} 到期（提前 {} 天提醒）", said),
                                             fill("secret until {} ({} days' notice)", said)});
        for (const UserId& person : people_for(mark)) tell(id, words, person);
    }
    [[nodiscard]] std::size_t told() const { return told_; }

  private:
    /// Which of the two notices is due now; 0 = none.
    [[nodiscard]] std::int64_t days_before(const std::string& term) const {
        const auto within = [&](std::int64_t days) {
            return term <= office_date(office_.now().plus(std::chrono::hours(24) * days));
        };
        if (last_ > 0 && within(last_)) return last_;
        return within(first_) ? first_ : 0;
    }
    std::vector<UserId> people_for(const FieldValues& mark) {
        const auto customer = record_in(mark, field(kSecrecyMarking, "customer_id"));
        const auto file =
            office_.store().load(catalog::kCustomer.tag, customer).value_or(FieldValues{});
        std::vector<UserId> people{
            record_in(file, field(catalog::kCustomer, "owner_user_id")).as<UserTag>()};
        constexpr auto kKeepsSecrets = access::Role::ServiceManager;
        const auto holds = [&](const UserId& person) {
            const auto& viewer = office_.people().viewer(person, office_.now());
            return viewer.active && std::ranges::find(viewer.roles, kKeepsSecrets,
                                                      &access::Held::role) != viewer.roles.end();
        };
        for (const UserId& person :
             holders_of(office_.store(), access::facts(kKeepsSecrets).code)) {
            if (holds(person) && std::ranges::find(people, person) == people.end())
                people.push_back(person);
        }
        std::erase_if(people, [](const UserId& person) { return person.is_none(); });
        return people;
    }
    bool is_told(const RecordId& mark, const std::string& words, const UserId& to) {
        const auto notes =
            office_.store().find(kNotification.tag, field(kNotification, "subject_id").tag, mark);
        return std::ranges::any_of(notes, [&](const RecordId& id) {
            const auto note = office_.store().load(kNotification.tag, id).value_or(FieldValues{});
            return text_in(note, field(kNotification, "text")) == words &&
                   record_in(note, field(kNotification, "to_user_id")).as<UserTag>() == to;
        });
    }
    void tell(const RecordId& mark, const std::string& words, const UserId& to) {
        if (is_told(mark, words, to)) return;
        FieldValues note;
        const auto put = [&](std::string_view name, Value value) {
            assign(note, catalog::find_field(kNotification, name)->tag, std::move(value));
        };
        put("to_user_id", to.as<RecordTag>());
        put("kind", std::string(catalog::code_in(catalog::choices::kNotificationKind, "due_soon")));
        put("entity", std::string(kSecrecyMarking.name));
        put("subject_id", mark);
        put("text", words);
        put("sent_at", office_.now().ms);
        const merge::Op op{.kind = merge::OpKind::Create,
                           .record_kind = kNotification.tag,
                           .record = office_.ids().make<RecordId>(),
                           .fields = std::move(note)};
        if (office_.change(UserId{}, {.source = "job", .ops = {op}})) ++told_;
    }

    Office& office_;
    std::int64_t first_;
    std::int64_t last_;
    std::size_t told_ = 0;
};

}  // namespace

MarksEnded end_marks(Office& office) {
    MarksEnded done;
    const auto today = office_date(office.now());
    const auto load = [&](const RecordId& id) {
        return office.store().load(kSecrecyMarking.tag, id).value_or(FieldValues{});
    };
    const auto is_over = [&](const RecordId& id) {
        const auto term = term_in(load(id));
        return !term.empty() && term < today;
    };
    for (const RecordId& id : marks_in(office, workflow::secrecy::kMarked)) {
        if (is_over(id)) ++(takes(office, id, "expire") ? done.ended : done.held);
    }
    for (const RecordId& id : marks_in(office, workflow::secrecy::kProposed)) {
        if (is_over(id) && takes(office, id, "lapse")) ++done.ended;
    }
    Notices notices(office);
    for (const RecordId& id : marks_in(office, workflow::secrecy::kMarked)) {
        if (!is_over(id)) notices.see(id, load(id));
    }
    done.told = notices.told();
    return done;
}

}  // namespace dossier::server
