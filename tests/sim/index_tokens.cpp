#include "tests/sim/index_tokens.hpp"

#include <algorithm>

namespace dossier::sim {
namespace {

/// Rows below it hold counts and the list of segments.
constexpr std::int64_t kFirstSegment = std::int64_t{1} << 37;
/// Every token begins with the mark of the index it is of.
constexpr std::size_t kMark = 1;

/// One leaf of a segment, from its front to its back.
class Leaf {
  public:
    explicit Leaf(ByteView page) : page_(page) {}

    void read(std::set<std::string>& tokens) {
        if (page_.size() < 4) return;
        const std::size_t end = (std::size_t{page_[2]} << 8U) | page_[3];
        std::string token;
        std::size_t place = 0;
        for (std::size_t at = end; at < page_.size();) {
            const bool first = at == end;
            place += number(at);
            std::size_t from = place;
            const std::size_t kept = first ? 0 : number(from);
            const std::size_t more = number(from);
            if (kept > token.size() || from + more > end) return;
            token.resize(kept);
            token += text_of(page_.subspan(from, more));
            if (token.size() > kMark) tokens.insert(token.substr(kMark));
        }
    }

  private:
    std::size_t number(std::size_t& at) const {
        std::size_t value = 0;
        while (at < page_.size()) {
            const std::uint8_t byte = page_[at++];
            value = (value << 7U) | (byte & 0x7FU);
            if ((byte & 0x80U) == 0) break;
        }
        return value;
    }

    ByteView page_;
};

}  // namespace

std::set<std::string> index_tokens(sqlite::Connection& db) {
    std::set<std::string> tokens;
    auto rows = db.prepared("SELECT block FROM search_data WHERE id>=?1");
    rows.bind(kFirstSegment);
    while (rows.step()) Leaf(rows.blob(0)).read(tokens);
    return tokens;
}

}  // namespace dossier::sim
