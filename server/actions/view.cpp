#include "server/actions/view.hpp"

#include "common/catalog/canonical.hpp"
#include "common/catalog/organisation.hpp"
#include "common/sheet/copy_mark.hpp"

#include "server/actions/tell_hidden.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {

void answer_records(Context& context,
                    const catalog::Kind& kind,
                    std::span<const std::string_view> fields,
                    const std::vector<Listed>& records) {
    auto& answer = context.answer;
    action::Table table;
    for (const auto name : fields)
        table.header.emplace_back(catalog::find_field(kind, name)->label.in(answer.lang));
    for (const auto& record : records) {
        std::vector<std::string> cells;
        for (const auto name : fields)
            cells.push_back(cell_of(context, kind, record, *catalog::find_field(kind, name)));
        table.row(std::move(cells));
    }
    answer.table(std::move(table));
    answer.document(records_document(kind, records));
}

action::Json records_document(const catalog::Kind& kind, const std::vector<Listed>& records) {
    auto list = action::Json::array();
    for (const auto& record : records) {
        auto document = record_document(kind, record.id, record.values);
        for (const auto* field : record.hidden) document["withheld"].push_back(field->name);
        list.push_back(std::move(document));
    }
    return list;
}

action::Json record_document(const catalog::Kind& kind,
                             const RecordId& id,
                             const FieldValues& values) {
    action::Json document{{"id", to_text(id)}};
    document.update(cli::values_document(kind, values));
    return document;
}

cli::TitleOf titles(Context& context) {
    return [&context](const RecordId& record) {
        return title_of(context.office, context.asker(), record);
    };
}

std::string copy_mark(Context& context) {
    const auto user =
        context.office.store().load(catalog::kUser.tag, context.actor.as<RecordTag>());
    const auto by = user ? text_in(*user, catalog::kUser, "name") + " " +
                               text_in(*user, catalog::kUser, "employee_no")
                         : std::string();
    return sheet::copy_mark(
        {.by = by, .place = {}, .at = context.office.now(), .purpose = context.purpose},
        context.lang());
}

}  // namespace dossier::server
