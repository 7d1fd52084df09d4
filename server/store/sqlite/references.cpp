#include "server/store/sqlite/references.hpp"

#include "common/catalog/catalog.hpp"
#include "common/catalog/references.hpp"

namespace dossier::server {
namespace {

using catalog::Field;
using catalog::Kind;

bool fits(const Kind& of, const Field& field, std::int64_t named) {
    const Kind* kind = catalog::find_kind(static_cast<std::uint16_t>(named));
    return kind == nullptr || catalog::may_name(of, field, *kind);
}

std::string column(const Field& field) {
    return "t.\"" + std::string(field.name) + '"';
}

template <class Wrong>
void check_single(sqlite::Connection& db,
                  const Kind& kind,
                  const Field& field,
                  const Wrong& wrong) {
    auto rows = db.prepared("SELECT t.id, r.kind FROM \"" + std::string(kind.name) +
                            "\" t JOIN office_record r ON r.id=" + column(field));
    while (rows.step()) {
        if (!fits(kind, field, rows.number(1))) wrong(rows.id<RecordId>(0), field.name);
    }
}

template <class Wrong>
void check_list(sqlite::Connection& db, const Kind& kind, const Field& field, const Wrong& wrong) {
    auto rows = db.prepared("SELECT t.id, " + column(field) + " FROM \"" + std::string(kind.name) +
                            "\" t WHERE " + column(field) + " IS NOT NULL");
    while (rows.step()) {
        const auto named = catalog::references_in(field, std::string(rows.text(1)));
        for (const RecordId& each : named) {
            auto place = db.prepared("SELECT kind FROM office_record WHERE id=?1");
            if (place.bind(each).step() && !fits(kind, field, place.number(0)))
                wrong(rows.id<RecordId>(0), field.name);
        }
    }
}

}  // namespace

void check_references(sqlite::Connection& db,
                      const std::function<void(const RecordId&, std::string_view)>& wrong) {
    for (const Kind* kind : catalog::kinds()) {
        for (const Field* field : catalog::all_fields(*kind)) {
            if (field->type == catalog::Type::Ref) check_single(db, *kind, *field, wrong);
            if (field->type == catalog::Type::RefList) check_list(db, *kind, *field, wrong);
        }
    }
}

}  // namespace dossier::server
