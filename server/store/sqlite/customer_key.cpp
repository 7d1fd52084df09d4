// What customers are found by: one line a text of the directory, and of the phones, in the folding
// of common/pinyin. Kept beside the records, and made anew when a newer program folds otherwise.
#include <algorithm>
#include <functional>

#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/pinyin/fold.hpp"
#include "common/pinyin/question.hpp"
#include "common/sqlite/record_table.hpp"

#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;

/// Changes whenever the lines or their folding change.
constexpr std::uint8_t kKeyVersion = 1;
constexpr std::string_view kVersionKey = "customer_key";

/// What a line begins with.
constexpr char kNumberLine = 't';
constexpr char kNameLine = 'n';
constexpr char kPhoneLine = 'p';

struct Keyed {
    char line;
    std::uint16_t tag;
};
constexpr std::array kKeyed{
    Keyed{kNumberLine, field(kCustomer, "customer_no").tag},
    Keyed{kNumberLine, field(kCustomer, "provisional_no").tag},
    Keyed{kNameLine, field(kCustomer, "name").tag},
    Keyed{kNameLine, field(kCustomer, "short_name").tag},
    Keyed{kPhoneLine, field(kCustomer, "phone_main").tag},
    Keyed{kPhoneLine, field(kCustomer, "fax").tag},
    Keyed{kPhoneLine, field(kCustomer, "phones_other").tag},
};

/// One customer's lines: those of the directory, or those of its phones.
struct Lines {
    std::vector<pinyin::Field> fields;

    Lines(std::string_view key, bool phones) {
        while (!key.empty()) {
            const auto line = key.substr(0, key.find('\n'));
            key.remove_prefix(std::min(line.size() + 1, key.size()));
            if (line.empty() || (line[0] == kPhoneLine) != phones) continue;
            const auto as = line[0] == kNameLine    ? pinyin::As::Name
                            : line[0] == kPhoneLine ? pinyin::As::Phone
                                                    : pinyin::As::Text;
            fields.push_back({as, line.substr(1)});
        }
    }
    /// 0 where a text is what was typed, 1 where one begins with it, 2 else.
    [[nodiscard]] int rank(const std::string& typed) const {
        int best = 2;
        for (const auto& each : fields) {
            if (each.text == typed) return 0;
            if (each.text.starts_with(typed)) best = 1;
        }
        return best;
    }
};

std::vector<std::string> texts_of(const catalog::Field& of, const Value& value) {
    if (of.type == catalog::Type::List) return catalog::element_texts(of, value);
    return {*as_text(value)};
}

}  // namespace

bool SqliteStore::is_keyed(std::uint16_t tag) {
    return std::ranges::find(kKeyed, tag, &Keyed::tag) != kKeyed.end();
}

void SqliteStore::refresh_customer_key(const RecordId& customer, const FieldValues& values) {
    static constexpr std::string_view kSql = R"sql(
        INSERT INTO office_customer_key(customer, folded) VALUES(?1, ?2)
        ON CONFLICT(customer) DO UPDATE SET folded = excluded.folded
        WHERE folded IS NOT excluded.folded)sql";
    std::string key;
    for (const auto& [line, tag] : kKeyed) {
        const Value* value = dossier::find(values, tag);
        if (value == nullptr || as_text(*value) == nullptr) continue;
        for (const auto& text : texts_of(*catalog::find_field(kCustomer, tag), *value))
            (key += line).append(pinyin::match_key(text)) += '\n';
    }
    db_.prepared(kSql).bind(customer, key).run();
}

void SqliteStore::renew_customer_keys() {
    const Bytes wanted{kKeyVersion};
    if (meta(kVersionKey) == wanted) return;
    db_.exec("DELETE FROM office_customer_key");
    std::vector<RecordId> all;
    {
        auto rows = db_.prepared("SELECT id FROM customer");
        while (rows.step()) all.push_back(rows.id<RecordId>(0));
    }
    for (const RecordId& id : all) {
        if (const auto values = load(kCustomer.tag, id)) refresh_customer_key(id, *values);
    }
    set_meta(kVersionKey, wanted);
}

std::vector<RecordId> SqliteStore::asked_customers(std::string_view text,
                                                   bool phones,
                                                   std::size_t limit) {
    const auto question = pinyin::question_of(text);
    const std::string typed = pinyin::match_key(text);
    if (!typed.empty() && question.is_empty()) return {};
    auto rows = db_.prepared("SELECT customer, folded FROM office_customer_key ORDER BY customer");
    std::vector<std::pair<int, RecordId>> found;
    while (rows.step()) {
        const Lines lines(rows.text(1), phones);
        if (typed.empty() || pinyin::finds(question, lines.fields))
            found.emplace_back(lines.rank(typed), rows.id<RecordId>(0));
    }
    std::ranges::stable_sort(found, {}, &std::pair<int, RecordId>::first);
    std::vector<RecordId> ids;
    for (std::size_t at = 0; at < std::min(limit, found.size()); ++at)
        ids.push_back(found[at].second);
    return ids;
}

std::optional<sqlite::RowNumbers> SqliteStore::customer_rows_with(std::string_view part,
                                                                  std::size_t most) {
    // What holds the part with its gaps holds it without them.
    const std::string key = pinyin::match_key(part);
    if (key.empty()) return std::nullopt;
    const std::boyer_moore_horspool_searcher searcher(key.begin(), key.end());
    sqlite::RowNumbers found;
    auto rows = db_.prepared("SELECT customer, folded FROM office_customer_key");
    while (rows.step()) {
        const auto lines = rows.text(1);
        if (std::search(lines.begin(), lines.end(), searcher) == lines.end()) continue;
        auto row = db_.prepared("SELECT rowid FROM customer WHERE id=?1");
        if (row.bind(rows.blob(0)).step()) found.push_back(row.number(0));
        if (found.size() > most) return std::nullopt;
    }
    return found;
}

std::vector<RecordId> SqliteStore::search_customers(std::string_view text, std::size_t limit) {
    return asked_customers(text, false, limit);
}

std::vector<RecordId> SqliteStore::search_phones(std::string_view text, std::size_t limit) {
    const bool is_number = pinyin::question_of(text).phone.has_value();
    return is_number ? asked_customers(text, true, limit) : std::vector<RecordId>{};
}

}  // namespace dossier::server
