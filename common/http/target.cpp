#include "common/http/target.hpp"

#include <algorithm>

#include "common/base/bytes.hpp"
#include "common/base/text.hpp"

namespace dossier::http {
namespace {

enum class Part : unsigned char { Path, Query };

bool is_refused(char c, Part part, bool encoded) {
    if (c == '\0') return true;
    if (part == Part::Query) return false;
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c == '\\' || (encoded && c == '/');
}

std::optional<std::string> decoded(std::string_view text, Part part) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool encoded = text[i] == '%';
        char c = part == Part::Query && text[i] == '+' ? ' ' : text[i];
        if (encoded) {
            if (i + 2 >= text.size()) return std::nullopt;
            const auto byte = from_hex(text.substr(i + 1, 2));
            if (!byte) return std::nullopt;
            c = static_cast<char>(byte->front());
            i += 2;
        }
        if (is_refused(c, part, encoded)) return std::nullopt;
        out += c;
    }
    if (!is_utf8(out)) return std::nullopt;
    return out;
}

bool climbs(std::string_view path) {
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string_view segment = path.substr(0, end);
        if (segment == "." || segment == "..") return true;
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return false;
}

}  // namespace

const std::string* Target::asked(std::string_view name) const {
    const auto found = std::find_if(query.begin(), query.end(),
                                    [&](const auto& each) { return each.first == name; });
    return found == query.end() ? nullptr : &found->second;
}

std::optional<Target> parse_target(std::string_view target) {
    if (!target.starts_with('/') || target.find('#') != std::string_view::npos) return std::nullopt;
    const std::size_t mark = std::min(target.find('?'), target.size());
    auto path = decoded(target.substr(0, mark), Part::Path);
    if (!path || climbs(*path)) return std::nullopt;
    Target parsed{std::move(*path), {}};
    std::string_view rest = target.substr(std::min(mark + 1, target.size()));
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        if (pair.empty()) continue;
        const std::size_t equals = std::min(pair.find('='), pair.size());
        auto name = decoded(pair.substr(0, equals), Part::Query);
        auto value = decoded(pair.substr(std::min(equals + 1, pair.size())), Part::Query);
        if (!name || !value) return std::nullopt;
        parsed.query.emplace_back(std::move(*name), std::move(*value));
    }
    return parsed;
}

}  // namespace dossier::http
