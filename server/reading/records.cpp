#include "server/reading/records.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/catalog/references.hpp"
#include "common/pinyin/fold.hpp"

#include "server/reading/find.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

using catalog::Kind;

constexpr std::size_t kShortId = 8;

class Search {
  public:
    Search(Office& office, const Asker& asker, const Kind& kind, const RecordId& file)
        : office_(office), asker_(asker), kind_(kind), file_(file) {}

    Result<RecordId> named(const std::string& name) {
        auto found = by_id(name);
        if (found.empty()) found = file_.is_none() ? by_words(name) : in_file(name);
        std::erase_if(found, [&](const RecordId& id) { return !is_seen(id); });
        if (found.empty() && file_.is_none() && is_end_of_id(name)) found = ending_with(name);
        if (found.size() == 1) return found.front();
        if (found.empty())
            return fail(kUnknownRecordNamed, std::string(kind_.label.in(asker_.lang)), name);
        std::string names;
        for (std::size_t at = 0; at < std::min(found.size(), kCandidatesNamed); ++at)
            names += (at == 0 ? "" : "; ") + title_of(office_, asker_, found[at]) + " " +
                     std::string(tail(to_text(found[at]), kShortId));
        return fail(kAmbiguous, name, names + (found.size() > kCandidatesNamed ? "; …" : ""));
    }

    /// The only record of the kind in the file; nothing for none or several.
    std::optional<RecordId> only_one() {
        auto found = of_file();
        std::erase_if(found, [&](const RecordId& id) { return !is_seen(id); });
        return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
    }

  private:
    [[nodiscard]] FieldValues loaded(const RecordId& id) const {
        return office_.store().load(kind_.tag, id).value_or(FieldValues{});
    }
    /// Whether he may know of it, be it masked: by any facet.
    bool is_seen(const RecordId& id) {
        const auto place = office_.store().place(id);
        const auto values = loaded(id);
        if (!place || values.empty() || is_gone(values)) return false;
        return std::ranges::any_of(catalog::facets_of(kind_), [&](const Facet facet) {
            const auto answer = may_view(office_, asker_, *place, values, facet).answer;
            return answer == access::Answer::Allow || answer == access::Answer::Mask;
        });
    }
    std::vector<RecordId> of_file() {
        std::vector<RecordId> found;
        for (const Place& place : office_.store().file_of(file_)) {
            if (place.kind == kind_.tag) found.push_back(place.record);
        }
        return found;
    }
    [[nodiscard]] std::vector<RecordId> by_id(const std::string& name) const {
        const auto id = id_from<RecordId>(name);
        const auto place = id ? office_.store().place(*id) : std::nullopt;
        const bool fits =
            place && place->kind == kind_.tag && (file_.is_none() || place->customer == file_);
        return fits ? std::vector{*id} : std::vector<RecordId>{};
    }
    /// Whether it may be what a list shows of an identity, or more of its end.
    static bool is_end_of_id(std::string_view name) {
        constexpr std::size_t kIdLength = 36;
        return name.size() >= kShortId && name.size() < kIdLength &&
               name.find_first_not_of("0123456789abcdef-") == std::string_view::npos;
    }
    /// At most two of those he may know of: more than one names none.
    std::vector<RecordId> ending_with(std::string_view name) {
        constexpr std::size_t kRecordsPage = 5000;
        std::vector<RecordId> found;
        auto& store = office_.store();
        for (auto page = store.list(kind_.tag, {}, kRecordsPage); !page.empty();
             page = store.list(kind_.tag, page.back(), kRecordsPage)) {
            for (const RecordId& id : page) {
                if (to_text(id).ends_with(name) && is_seen(id)) found.push_back(id);
                if (found.size() > 1) return found;
            }
        }
        return found;
    }
    /// Exactly what it is called, else a part of that or of its id.
    std::vector<RecordId> in_file(const std::string& name) {
        std::vector<RecordId> exact;
        std::vector<RecordId> part;
        const auto key = pinyin::match_key(name);
        for (const RecordId& id : of_file()) {
            const auto text = to_text(id);
            // What hides its title is called by its identity.
            const auto called = title_of(office_, asker_, id);
            if (called == name || text == name) exact.push_back(id);
            const bool fits = (!key.empty() && called != text &&
                               pinyin::match_key(called).find(key) != std::string::npos) ||
                              (name.size() >= kShortId && text.ends_with(name));
            if (fits) part.push_back(id);
        }
        return exact.empty() ? part : exact;
    }
    std::vector<RecordId> by_words(const std::string& name) {
        auto known_by = catalog::names_in(kind_.known_by);
        known_by.push_back(kind_.title);
        for (const auto of : known_by) {
            const auto* field = catalog::find_field(kind_, of);
            const auto value = catalog::parse(*field, name, office_.now());
            if (!value || is_empty(*value)) continue;
            auto found = office_.store().find(kind_.tag, field->tag, *value);
            std::erase_if(found, [&](const RecordId& id) { return !is_seen(id); });
            if (!found.empty()) return found;
        }
        return by_what_stands_in(name);
    }
    /// By the record that its title stands aside for: a link by the company on file it is to.
    std::vector<RecordId> by_what_stands_in(const std::string& name) {
        const auto* title = catalog::find_field(kind_, kind_.title);
        const auto* instead =
            title == nullptr ? nullptr : catalog::find_field(kind_, title->instead);
        if (instead == nullptr || !catalog::names_file(*instead)) return {};
        const auto file = find_customer(office_, asker_, name);
        return file ? office_.store().find(kind_.tag, instead->tag, Value(*file))
                    : std::vector<RecordId>{};
    }

    Office& office_;
    const Asker& asker_;
    const Kind& kind_;
    RecordId file_;
};

}  // namespace

Result<RecordId> find_record(Office& office,
                             const Asker& asker,
                             const Kind& kind,
                             std::string_view name,
                             const RecordId& file) {
    if (catalog::is_file(kind)) return find_customer(office, asker, name);
    if (kind.acts) {
        auto user = find_user(office, name);
        if (!user) return pass(user);
        return user->as<RecordTag>();
    }
    if (catalog::is_place(kind)) return find_place(office, asker, kind, name);
    const auto typed = canonical_text(name).value_or(std::string());
    const Error none{&kUnknownRecordNamed, {std::string(kind.label.in(asker.lang)), typed}};
    if (typed.empty()) return tl::unexpected(none);
    if (file.is_none() && catalog::is_one_per_file(kind)) {
        if (const auto customer = find_customer(office, asker, name)) {
            if (const auto only = Search(office, asker, kind, *customer).only_one()) return *only;
            return tl::unexpected(none);
        }
    }
    return Search(office, asker, kind, file).named(typed);
}

Result<Value> read_reference(Office& office,
                             const Asker& asker,
                             const catalog::Field& field,
                             std::string_view text,
                             const RecordId& file) {
    const bool several = field.type == catalog::Type::RefList;
    const Kind* kind = catalog::find_kind(field.target);
    if (text.empty() || kind == nullptr || !catalog::is_reference(field))
        return catalog::parse(field, text, office.now());
    const RecordId within =
        kind->belongs == catalog::Belongs::Customer && !catalog::is_file(*kind) ? file : RecordId{};
    std::vector<std::string> found;
    std::string rest(text);
    while (!rest.empty()) {
        std::size_t end = rest.size();
        std::size_t width = 0;
        for (const std::string_view mark : {"、", ";", "；", "|"}) {
            const auto at = several ? rest.find(mark) : std::string::npos;
            if (at < end) {
                end = at;
                width = mark.size();
            }
        }
        auto record = find_record(office, asker, *kind, rest.substr(0, end), within);
        if (!record) return pass(record);
        if (!several) return catalog::reference_value(field, *record);
        found.push_back('"' + to_text(*record) + '"');
        rest.erase(0, end + width);
    }
    return catalog::from_elements(field, std::move(found));
}

}  // namespace dossier::server
