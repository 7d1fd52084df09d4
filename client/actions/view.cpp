#include "client/actions/view.hpp"

#include "client/reading/steps.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {

void show_record(Context& context, const catalog::Kind& kind, const RecordId& record) {
    auto& store = context.store;
    context.answer.facts(record_facts(store, context.asker(), kind, record).lines);
    context.answer.line({"同步状态：{}", "Sync: {}"}, {context.say(sync_word(store, record))});
    auto document = record_document(store, context.asker(), kind, record);
    auto told = standing_of(store, context.intake, context.asker(), kind, record,
                            [](std::string_view name) { return find_action(name) != nullptr; });
    for (const auto& line : told.lines) context.answer.plain(line);
    document["workflows"] = std::move(told.document);
    context.answer.document(std::move(document));
}

std::size_t show_children(Context& context,
                          const catalog::Kind& kind,
                          const RecordId& parent,
                          const Text& heading,
                          std::initializer_list<std::string_view> columns,
                          std::size_t limit) {
    const auto children = children_of(context.store, kind, parent, limit);
    if (children.empty()) return 0;
    context.answer.plain("");
    context.answer.line(heading);
    context.answer.table(records_table(context.store, context.asker(), kind, children, columns));
    return children.size();
}

void note_as_of(Context& context) {
    const Instant last = context.store.last_finished();
    if (last.ms == 0) {
        context.answer.note(Text{"本机尚未同步过", "this laptop has not synced yet"});
    } else {
        context.answer.note({"本机数据截至 {}", "data on this laptop as of {}"},
                            {office_minute(last)});
    }
}

}  // namespace dossier::client
