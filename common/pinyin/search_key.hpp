// What the search index of a laptop holds of a record, and how what a person types becomes a
// question to it. Pure text in, text out: the store runs the SQL.
//
// The index is one contentless FTS5 table (`kCreateIndex`) over tokens made here, every search a
// look-up of whole tokens or of the beginning of a token:
//   script     every two neighbouring characters ("杭州" "州明" "明润"), the last one alone;
//   letters    from every letter or digit the next kWindow ones ("057188" "571889" ...); digits
//              are read on over separators ("0571-8899 0011" holds "057188990011");
//   phones     the number as it is compared (common/base/phone.hpp), where that is another run;
//   pinyin     of a name: every two neighbouring syllables in every reading ("mingrun");
//   initials   of a name: from every character the next kWindow initials ("mryyyx");
//   whole      a name as one token, for the hit that is exactly what was typed;
//   heads      the first kHead letters of each token of the last three sorts, and the first one.
// A question is the conjunction of its tokens, so what it finds contains all its parts; for three
// or more characters the parts might, very rarely, stand apart from each other.
//
// The caller's duties, SQLite 3.40 (contentless_delete needs 3.43, FTS5 secure-delete 3.42):
//   insert  INSERT INTO search(rowid, name, body) VALUES(?1, ?2, ?3) with `document` of the record.
//   delete  INSERT INTO search(search, rowid, name, body) VALUES('delete', ?1, ?2, ?3) with
//           `document` of exactly the fields that were inserted (an update is delete + insert);
//           wrong fields leave ghost tokens. `kIndexVersion` is stored beside the index: when it
//           differs, drop the table and index everything anew.
//   purge   a delete only writes a tombstone; the tokens leave the pages when all segments have
//           been merged. So after the deletes of a purge, in this order: `kForgetDeleted` (one
//           transaction; seconds for 200,000 records), all with PRAGMA secure_delete=ON, then
//           PRAGMA wal_checkpoint(TRUNCATE). Without secure_delete the freed pages keep the bytes.
//   bulk    thousands of records go into one transaction; FTS5's own settings measured best.
//   rank    ask for Where::Exact, then Where::Name and fill up with Where::Anywhere, each with
//   LIMIT and
//           ORDER BY rowid (or rowid DESC): both stream; ORDER BY rank reads every hit.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace dossier::pinyin {

/// Changes whenever `document` or the statement below change.
inline constexpr int kIndexVersion = 2;
inline constexpr std::string_view kCreateIndex = R"sql(
    CREATE VIRTUAL TABLE search USING fts5(name, body, content='', columnsize=0, detail=column,
                                           tokenize='ascii'))sql";
/// Rewrites the index as one segment without tombstones: no token of a deleted record is left.
inline constexpr std::string_view kForgetDeleted = "INSERT INTO search(search) VALUES('optimize')";

/// Letters, digits or initials in one token.
inline constexpr std::size_t kWindow = 6;
/// Beginnings of such tokens up to this length are tokens themselves: quick for the first strokes.
inline constexpr std::size_t kHead = 2;
/// What is typed beyond this many characters does not narrow the search any more.
inline constexpr std::size_t kTypedMax = 64;

/// Before a name that is one token; a character nobody types.
inline constexpr char32_t kWholeName = 0xE000;

/// Before a phone number without area code, so that it is asked for as a whole.
inline constexpr char kLocalMark = 'l';

/// Names are also found by pinyin and initials, phones (one number a field) in every way of writing
/// them; everything else (notes, codes, addresses) only by what is written.
enum class As : unsigned char { Name, Text, Phone };

struct Field {
    As as;
    std::string_view text;
};

/// The two columns of the index, tokens separated by spaces.
struct Document {
    std::string name;
    std::string body;
};

/// Index columns of a record. The same fields in the same order give the same document.
Document document(std::span<const Field> fields);

/// Exact: names that are what was typed but for spaces and signs.
enum class Where : unsigned char { Exact, Name, Anywhere };

/// The FTS5 MATCH expression for what a person typed (`question_of`): any part of a text, pinyin or
/// the beginning of it, initials; all terms must occur, signs are for `finds` to look at. Every
/// token is quoted and holds letters and digits only, so no input is FTS5 syntax. Empty when
/// nothing searchable was typed: then there is nothing to ask.
std::string match_expression(std::string_view typed, Where where);

}  // namespace dossier::pinyin
