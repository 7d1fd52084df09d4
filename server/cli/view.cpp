#include "server/cli/view.hpp"

#include "server/reading/find.hpp"

namespace dossier::server {

void print_records(Context& context,
                   const catalog::Kind& kind,
                   std::span<const std::string_view> fields,
                   const std::vector<Listed>& records) {
    auto& console = context.console;
    if (console.json) {
        auto list = cli::Json::array();
        for (const auto& [id, values] : records) list.push_back(record_document(kind, id, values));
        console.document(list);
        return;
    }
    std::vector<std::string> header;
    for (const auto name : fields)
        header.emplace_back(catalog::find_field(kind, name)->label.in(console.lang));
    cli::Table table(std::move(header));
    for (const auto& [id, values] : records) {
        std::vector<std::string> cells;
        for (const auto name : fields) {
            const auto* of = catalog::find_field(kind, name);
            const Value* value = find(values, of->tag);
            cells.push_back(cli::shown(*of, value == nullptr ? Value{} : *value, console.lang,
                                       titles(context)));
        }
        table.row(std::move(cells));
    }
    table.print(console.out);
}

cli::Json record_document(const catalog::Kind& kind,
                          const RecordId& id,
                          const FieldValues& values) {
    cli::Json document{{"id", to_text(id)}};
    document.update(cli::values_document(kind, values));
    return document;
}

cli::TitleOf titles(Context& context) {
    return [&context](const RecordId& record) {
        return title_of(context.office, context.asker(), record);
    };
}

}  // namespace dossier::server
