#include "client/store/forms.hpp"

namespace dossier::client {

void Forms::put(const Form& form) {
    db_.prepared("INSERT OR REPLACE INTO form(name, saved_at_ms, text) VALUES(?1, ?2, ?3)")
        .bind(form.name)
        .bind(form.saved_at.ms)
        .bind(form.text)
        .run();
}

std::optional<Form> Forms::find(std::string_view name) {
    auto row = db_.prepared("SELECT text, saved_at_ms FROM form WHERE name=?1");
    row.bind(name);
    if (!row.step()) return std::nullopt;
    return Form{std::string(name), std::string(row.text(0)), Instant{row.number(1)}};
}

std::vector<Form> Forms::list() {
    std::vector<Form> all;
    auto row = db_.prepared("SELECT name, saved_at_ms FROM form ORDER BY saved_at_ms DESC, name");
    while (row.step()) all.push_back({std::string(row.text(0)), {}, Instant{row.number(1)}});
    return all;
}

bool Forms::drop(std::string_view name) {
    const bool is_there = find(name).has_value();
    db_.prepared("DELETE FROM form WHERE name=?1").bind(name).run();
    return is_there;
}

void Forms::forget(const std::unordered_set<RecordId>& records) {
    for (const Form& form : list()) {
        const auto whole = find(form.name);
        for (const RecordId& record : records) {
            const auto id = to_text(record);
            if (form.name.find(id) == std::string::npos &&
                whole->text.find(id) == std::string::npos)
                continue;
            drop(form.name);
            break;
        }
    }
}

void Forms::clear() {
    db_.exec("DELETE FROM form");
}

}  // namespace dossier::client
