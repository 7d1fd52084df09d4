#include "server/reading/copies.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/access/matrix.hpp"
#include "common/access/rules.hpp"
#include "common/catalog/canonical.hpp"

#include "server/reading/find.hpp"
#include "server/reading/heard.hpp"

namespace dossier::server {
namespace {

constexpr std::size_t kCopiesPage = 200;

bool exports_files(const access::Viewer& viewer) {
    return !viewer.grants.empty() ||
           std::any_of(viewer.roles.begin(), viewer.roles.end(), [](const access::Held& held) {
               return access::cell_of(held.role, access::Operation::Export) != access::Cell::No;
           });
}

/// How one facet may leave: Allow, Mask, or why not.
Result<access::Answer> may_leave(Office& office,
                                 const Asker& asker,
                                 const Place& place,
                                 const FieldValues& values,
                                 Facet facet,
                                 const Sight& sight) {
    const auto& [seen, permitted] = sight;
    if (!permitted) return tl::unexpected(permitted.error());
    // Conflicts and proposals quote the file they are about: they leave only as it may.
    if (place.customer.is_none()) return seen.answer;
    const auto subject = office.people().subject(place, values);
    const auto copied =
        access::decide(office.people().viewer(asker.who, office.now()), access::Operation::Export,
                       subject, facet, {.now = office.now()});
    if (auto leaves = access::permit(copied, asker.purpose); !leaves) return pass(leaves);
    return seen.answer;
}

/// Whether one record was asked for, by what it is called.
bool is_by_name(const query::Query& query) {
    const auto names = catalog::names_in(query.kind->known_by);
    return std::ranges::any_of(query.where, [&](const query::Filter& filter) {
        const auto& of = *filter.field;
        return filter.test == query::Test::Equal &&
               (of.name == query.kind->title || std::ranges::find(names, of.name) != names.end());
    });
}

}  // namespace

Status may_copy(Office& office, const Asker& asker, const catalog::Kind& kind) {
    if (kind.belongs != catalog::Belongs::Customer) return {};
    if (exports_files(office.people().viewer(asker.who, office.now()))) return {};
    note_read(office, asker, "export", {kind.tag, {}, {}}, false);
    return fail(access::kFaultDenied);
}

std::optional<std::vector<FieldValues>> Copies::page() {
    const auto ids = office_.store().list(query_.kind->tag, after_, kCopiesPage);
    if (ids.empty()) return std::nullopt;
    std::vector<FieldValues> leaving;
    for (const RecordId& id : ids) {
        after_ = id;
        if (auto values = copy_of(id)) leaving.push_back(std::move(*values));
    }
    return leaving;
}

/// A hidden value is found by nobody, and what does not fit is neither given nor counted.
bool Copies::is_asked_for(const Place& place, const FieldValues& values) {
    const auto& kind = *query_.kind;
    return std::ranges::all_of(
               query_.where,
               [&](const query::Filter& filter) {
                   const Facet facet = catalog::facet_of(kind, *filter.field);
                   return sight_of(office_, asker_, place, values, facet).in_clear() &&
                          (facet != Facet::Directory ||
                           is_in_directory_of(office_, asker_, place, values, filter.field->tag));
               }) &&
           query::matches(query_, values);
}

std::optional<FieldValues> Copies::copy_of(const RecordId& id) {
    const auto& kind = *query_.kind;
    const auto place = office_.store().place(id);
    const auto held = office_.store().load(kind.tag, id);
    if (!place || !held || is_gone(*held)) return std::nullopt;
    const auto heard = as_heard(office_, asker_, kind, *held);
    const auto* values = &heard;
    if (!is_asked_for(*place, *values)) return std::nullopt;
    FieldValues leaving;
    bool leaves = false;
    bool is_known = false;
    std::optional<Error> refusal;
    for (const Facet facet : catalog::facets_of(kind)) {
        const auto sight = sight_of(office_, asker_, *place, *values, facet);
        is_known = is_known || sight.decision.answer != access::Answer::Deny;
        const auto answer = may_leave(office_, asker_, *place, *values, facet, sight);
        if (!answer) {
            if (!refusal) refusal = answer.error();
            continue;
        }
        leaves = true;
        for (auto& [tag, value] : catalog::facet_values(kind, facet, *values)) {
            const auto& of = *catalog::find_field(kind, tag);
            assign(leaving, tag,
                   *answer == access::Answer::Mask ? catalog::masked(of, value) : value);
        }
    }
    // What he may not even look up is not there: neither counted nor a reason.
    if (!is_known) return std::nullopt;
    if (refusal && !first_refusal_) first_refusal_ = std::move(refusal);
    ++(leaves ? given_ : left_out_);
    return leaves ? std::optional(std::move(leaving)) : std::nullopt;
}

Status Copies::conclude() {
    note_read(office_, asker_, "export", {query_.kind->tag, {}, {}}, given_ > 0);
    const bool fails = given_ == 0 && first_refusal_ &&
                       (!first_refusal_->is(access::kFaultLevel) || is_by_name(query_));
    return fails ? Status(tl::unexpected(*first_refusal_)) : Status{};
}

}  // namespace dossier::server
