#include "server/intake/numbering.hpp"

namespace dossier::server {
namespace {

void replace(std::string& text, std::string_view mark, std::string_view by) {
    if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), by);
}

}  // namespace

void give_number(const Desk& desk, const catalog::Kind& kind, FieldValues& values) {
    const auto equals = kind.numbered.find('=');
    if (equals == std::string_view::npos) return;
    const auto& of = *catalog::find_field(kind, kind.numbered.substr(0, equals));
    std::string number(kind.numbered.substr(equals + 1));
    const auto today = office_date(desk.bearer.now);
    const std::string year = today.substr(0, 4);
    replace(number, "{yyyymm}", year + today.substr(5, 2));
    replace(number, "{yyyy}", year);
    const auto open = number.rfind('{');
    const auto digits = static_cast<std::size_t>(number[open + 1] - '0');
    // What stands before the digits counts for itself: a new month begins at 1.
    auto count = std::to_string(desk.store.next("number:" + number.substr(0, open)));
    if (count.size() < digits) count.insert(0, digits - count.size(), '0');
    number.replace(open, 3, count);
    put(values, of, number);
}

}  // namespace dossier::server
