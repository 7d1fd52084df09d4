#include "client/store/search_index.hpp"

#include <algorithm>
#include <optional>

namespace dossier::client {
namespace {

using pinyin::Wanted;

constexpr std::string_view kCreate = R"sql(
    DROP TABLE IF EXISTS search;  -- of programs before search_version 3002
    DROP TABLE IF EXISTS search_page;
    DROP TABLE IF EXISTS search_forgotten;
    -- first: the first token of the page. rows: its tokens with their documents (search_page.hpp).
    CREATE TABLE search_page(
        block INTEGER NOT NULL,
        part INTEGER NOT NULL,
        first BLOB NOT NULL,
        rows BLOB NOT NULL,
        PRIMARY KEY(block, part, first)) STRICT, WITHOUT ROWID;
    -- Documents whose tokens are still in the index and no longer theirs.
    CREATE TABLE search_forgotten(doc INTEGER PRIMARY KEY) STRICT;
    )sql";

int number_of(Part part) {
    return static_cast<int>(part);
}

/// Beginnings read many rows: where all must be found they are asked last, of what is left.
bool reads_many(const Wanted& wanted) {
    return wanted.sort == Wanted::Sort::Beginning || std::ranges::any_of(wanted.parts, reads_many);
}

Wanted cheapest_first(Wanted wanted) {
    for (Wanted& part : wanted.parts) part = cheapest_first(std::move(part));
    std::ranges::stable_partition(wanted.parts, std::not_fn(reads_many));
    return wanted;
}

/// What comes after everything that begins with `token`, which is not empty and holds no 0xFF.
std::string after(std::string token) {
    token.back() = static_cast<char>(static_cast<unsigned char>(token.back()) + 1);
    return token;
}

}  // namespace

void SearchIndex::create() {
    db_.exec(std::string(kCreate));
}

bool SearchIndex::holds(std::int64_t block) {
    return db_.prepared("SELECT 1 FROM search_page WHERE block=?1 LIMIT 1").bind(block).step();
}

SearchIndex::Page SearchIndex::page_of(std::int64_t block, Part part, std::string_view token) {
    auto row = db_.prepared(
        "SELECT first, rows FROM search_page WHERE block=?1 AND part=?2 AND first<=?3 "
        "ORDER BY first DESC LIMIT 1");
    row.bind(block, number_of(part), bytes_of(token));
    if (!row.step()) return {};
    return {std::string(text_of(row.blob(0))), row.bytes(1)};
}

std::optional<std::string> SearchIndex::first_after(std::int64_t block,
                                                    Part part,
                                                    std::string_view token) {
    auto row = db_.prepared(
        "SELECT first FROM search_page WHERE block=?1 AND part=?2 AND first>?3 "
        "ORDER BY first LIMIT 1");
    row.bind(block, number_of(part), bytes_of(token));
    if (!row.step()) return std::nullopt;
    return std::string(text_of(row.blob(0)));
}

PageWriter SearchIndex::writer(std::int64_t block, Part part) {
    return PageWriter([this, block, part](std::string_view first, ByteView rows) {
        db_.prepared("INSERT INTO search_page(block, part, first, rows) VALUES(?1, ?2, ?3, ?4)")
            .bind(block, number_of(part), bytes_of(first), rows)
            .run();
    });
}

void SearchIndex::erase(std::int64_t block, Part part, std::string_view first) {
    db_.prepared("DELETE FROM search_page WHERE block=?1 AND part=?2 AND first=?3")
        .bind(block, number_of(part), bytes_of(first))
        .run();
}

void SearchIndex::add(std::int64_t block, const BlockDraft& draft) {
    if (!holds(block)) return add_fresh(block, draft);
    struct Kept {
        std::string token;
        Bytes docs;
    };
    std::array<std::vector<Kept>, kParts.size()> kept;
    draft.each_row([&](const BlockDraft::Row& row) {
        kept[static_cast<std::size_t>(row.part)].push_back(
            {std::string(row.token), Bytes(row.docs.begin(), row.docs.end())});
    });
    for (const Part part : kParts) {
        std::vector<PageEntry> entries;
        for (const Kept& each : kept[static_cast<std::size_t>(part)])
            entries.push_back({each.token, each.docs});
        merge(block, part, entries);
    }
}

void SearchIndex::add_fresh(std::int64_t block, const BlockDraft& draft) {
    std::array<PageWriter, kParts.size()> pages{writer(block, Part::Name),
                                                writer(block, Part::Body)};
    draft.each_row([&](const BlockDraft::Row& row) {
        pages[static_cast<std::size_t>(row.part)].add({row.token, row.docs});
    });
    for (PageWriter& each : pages) each.finish();
}

/// Page by page: each is read, joined with those entries that belong on it, and written anew.
void SearchIndex::merge(std::int64_t block, Part part, std::span<const PageEntry> entries) {
    while (!entries.empty()) {
        const Page page = page_of(block, part, entries.front().token);
        const auto end =
            first_after(block, part, page.rows.empty() ? entries.front().token : page.first);
        if (!page.rows.empty()) erase(block, part, page.first);
        PageWriter to = writer(block, part);
        const auto next = [&] {
            to.add(entries.front());
            entries = entries.subspan(1);
        };
        each_entry(page.rows, [&](const PageEntry& old) {
            while (!entries.empty() && entries.front().token < old.token) next();
            if (entries.empty() || entries.front().token != old.token) {
                to.add(old);
                return true;
            }
            Slots docs = Slots::from(old.docs);
            docs.add(Slots::from(entries.front().docs));
            to.add({old.token, docs.row()});
            entries = entries.subspan(1);
            return true;
        });
        while (!entries.empty() && (!end || entries.front().token < *end)) next();
        to.finish();
    }
}

void SearchIndex::forget(std::int64_t doc) {
    db_.prepared("INSERT OR IGNORE INTO search_forgotten(doc) VALUES(?1)").bind(doc).run();
}

Slots SearchIndex::forgotten(std::int64_t block) {
    Slots slots;
    auto row = db_.prepared("SELECT doc FROM search_forgotten WHERE doc BETWEEN ?1 AND ?2");
    row.bind(first_of(block), first_of(block + 1) - 1);
    while (row.step()) slots.set(slot_of(row.number(0)));
    return slots;
}

std::optional<std::int64_t> SearchIndex::unclean_block() {
    auto row = db_.prepared("SELECT doc FROM search_forgotten LIMIT 1");
    if (!row.step()) return std::nullopt;
    return block_of(row.number(0));
}

bool SearchIndex::clean(std::int64_t block) {
    const Slots gone = forgotten(block);
    if (!gone.any()) return false;
    for (const Part part : kParts) clean(block, part, gone);
    db_.prepared("DELETE FROM search_forgotten WHERE doc BETWEEN ?1 AND ?2")
        .bind(first_of(block), first_of(block + 1) - 1)
        .run();
    return true;
}

void SearchIndex::clean(std::int64_t block, Part part, const Slots& gone) {
    const auto holds_gone = [&](ByteView rows) {
        bool any = false;
        each_entry(rows, [&](const PageEntry& entry) {
            Slots docs = Slots::from(entry.docs);
            docs.keep(gone);
            any = docs.any();
            return !any;
        });
        return any;
    };
    std::vector<Page> pages;
    {
        auto row = db_.prepared("SELECT first, rows FROM search_page WHERE block=?1 AND part=?2");
        row.bind(block, number_of(part));
        while (row.step()) {
            if (holds_gone(row.blob(1)))
                pages.push_back({std::string(text_of(row.blob(0))), row.bytes(1)});
        }
    }
    for (const Page& page : pages) {
        erase(block, part, page.first);
        PageWriter to = writer(block, part);
        each_entry(page.rows, [&](const PageEntry& entry) {
            Slots docs = Slots::from(entry.docs);
            docs.take_out(gone);
            to.add({entry.token, docs.row()});
            return true;
        });
        to.finish();
    }
}

Slots SearchIndex::token(std::string_view token, Part part, std::int64_t block) {
    auto row = db_.prepared(
        "SELECT rows FROM search_page WHERE block=?1 AND part=?2 AND first<=?3 "
        "ORDER BY first DESC LIMIT 1");
    row.bind(block, number_of(part), bytes_of(token));
    return row.step() ? Slots::from(docs_in(row.blob(0), token)) : Slots{};
}

Slots SearchIndex::beginning(const std::string& token, Part part, std::int64_t block) {
    Slots slots;
    const auto gather = [&](ByteView rows) {
        each_entry(rows, [&](const PageEntry& entry) {
            if (entry.token.starts_with(token)) slots.add(Slots::from(entry.docs));
            return true;
        });
    };
    gather(page_of(block, part, token).rows);
    const std::string end = after(token);
    auto row = db_.prepared(
        "SELECT rows FROM search_page WHERE block=?1 AND part=?2 AND first>?3 AND first<?4");
    row.bind(block, number_of(part), bytes_of(token), bytes_of(end));
    while (row.step()) gather(row.blob(0));
    return slots;
}

Slots SearchIndex::answer(const Wanted& wanted, std::size_t parts, std::int64_t block) {
    Slots found;
    switch (wanted.sort) {
        case Wanted::Sort::Token:
            for (std::size_t i = 0; i < parts; ++i) found.add(token(wanted.text, kParts[i], block));
            break;
        case Wanted::Sort::Beginning:
            for (std::size_t i = 0; i < parts; ++i)
                found.add(beginning(wanted.text, kParts[i], block));
            break;
        case Wanted::Sort::Any:
            for (const Wanted& part : wanted.parts) found.add(answer(part, parts, block));
            break;
        case Wanted::Sort::All:
            for (std::size_t i = 0; i < wanted.parts.size(); ++i) {
                const Slots one = answer(wanted.parts[i], parts, block);
                if (i == 0) found = one;
                found.keep(one);
                if (!found.any()) break;
            }
            break;
    }
    return found;
}

void SearchIndex::find(const Wanted& wanted,
                       bool names_only,
                       std::int64_t first,
                       std::int64_t last,
                       const std::function<bool(std::int64_t)>& take) {
    if (wanted.is_nothing()) return;
    const Wanted asked = cheapest_first(wanted);
    const auto before = [this](std::int64_t block) {
        auto row = db_.prepared("SELECT max(block) FROM search_page WHERE block<?1");
        return row.bind(block).step() && !row.is_null(0) ? row.number(0) : -1;
    };
    for (std::int64_t block = before(block_of(last) + 1); block >= block_of(first);
         block = before(block)) {
        Slots found = answer(asked, names_only ? 1 : kParts.size(), block);
        if (found.any()) found.take_out(forgotten(block));
        const bool on = found.each_down([&](std::size_t slot) {
            return take(first_of(block) + static_cast<std::int64_t>(slot));
        });
        if (!on) return;
    }
}

}  // namespace dossier::client
