// Who may include whom, and which library belongs where.
#include <algorithm>
#include <array>
#include <optional>

#include "tests/tidy/rules.hpp"

namespace dossier::tidy {
namespace {

/// The folders of common, bottom up: each may include those before it.
constexpr std::array<std::string_view, 23> kCommonOrder{
    "base",   "time",    "crypto", "pinyin",  "catalog", "merge",  "access", "workflow",
    "query",  "rules",   "report", "tabular", "sheet",   "action", "cli",    "vault",
    "sqlite", "content", "search", "net",     "http",    "api",    "control"};

/// The folders of both programs, bottom up in the same way. What lies beside them (main, faults)
/// belongs to none.
constexpr std::array<std::string_view, 16> kServerOrder{
    "store",   "settings", "people", "intake",  "office",  "reading", "accounts", "review",
    "reports", "jobs",     "sync",   "actions", "control", "cli",     "web",      "app"};
constexpr std::array<std::string_view, 8> kClientOrder{"store",   "intake", "reading", "sync",
                                                       "actions", "cli",    "web",     "app"};
/// Shells see actions and their answers: no store, no access decision, no audit.
constexpr std::array<std::string_view, 3> kShells{"cli", "control", "web"};

/// Values in, values out: no file, socket, database or key.
constexpr std::array<std::string_view, 7> kPure{"catalog", "merge", "access", "workflow",
                                                "query",   "rules", "report"};
constexpr std::array<std::string_view, 6> kImpure{"fstream", "filesystem", "iostream",
                                                  "thread",  "sodium.h",   "asio"};

/// What of common a message may be made of.
constexpr std::array<std::string_view, 4> kSeenByProtocol{"base", "time", "crypto", "merge"};

/// A library and the files that may include it.
struct Library {
    std::string_view header;  ///< how the names of its headers start
    std::vector<std::string_view> allowed;
};
const std::vector<Library>& libraries() {
    static const std::vector<Library> kAll{
        {"sqlite3.h", {"common/vault/*", "common/sqlite/*"}},
        {"SQLiteCpp/", {"common/vault/*", "common/sqlite/*"}},
        {"sodium.h", {"common/crypto/*", "common/vault/*", "protocol/noise*"}},
        {"cereal/", {"protocol/archive*", "protocol/codec*"}},
        {"CLI/", {"common/cli/parser*", "client/cli/*", "server/cli/*"}},
        {"toml++/",
         {"common/sheet/mapping*", "client/config*", "server/config*", "client/cli/*",
          "server/cli/*"}},
        {"nlohmann/",
         {"common/catalog/*json*", "common/catalog/structure.cpp",
          "common/catalog/divisions_generate.cpp", "common/action/*", "common/api/*",
          "common/cli/*", "client/cli/*", "server/cli/*", "client/web/*", "server/web/*",
          "common/control/messages.cpp", "server/intake/candidates.cpp", "server/reports/*"}},
        {"asio",
         {"common/net/*", "common/http/*", "server/store/store_thread*", "client/sync/*",
          "server/sync/*", "client/net/*", "server/net/*", "client/app*", "server/app*",
          "server/control*", "client/web/*", "server/web/*"}},
        {"boost/", {"common/http/codec.cpp"}},
        {"openssl/", {"common/http/*", "common/net/*"}},
        {"libpq", {"server/store/postgres/*"}},
        {"zstd.h", {"protocol/compress*"}},
        {"spdlog/", {"common/base/log.cpp"}},
        {"fmt/", {"common/base/log.cpp"}},
        {"utf8proc.h", {"common/base/safe_text.cpp", "common/base/text.cpp", "common/pinyin/*"}},
        {"xlsxwriter.h", {"common/tabular/*"}},
        {"minizip/", {"common/content/package.cpp", "common/tabular/*"}},
        {"expat.h", {"common/tabular/*"}},
        {"iconv.h", {"common/tabular/*"}},
        {"liboath/", {"server/accounts/*"}},
        {"qrencode.h", {"common/api/*"}},
        {"doctest/", {}},
        {"rapidcheck", {}}};
    return kAll;
}

struct Include {
    std::size_t line;
    std::string_view header;
    bool ours;  ///< in quotes
};

std::vector<Include> includes_of(std::string_view text) {
    std::vector<Include> found;
    std::size_t number = 0;
    for (const std::string_view line : lines_of(text)) {
        ++number;
        constexpr std::string_view kStart = "#include ";
        if (!line.starts_with(kStart)) continue;
        const std::string_view rest = line.substr(kStart.size());
        const std::size_t end = rest.find_first_of("\">", 1);
        if (rest.empty() || end == std::string_view::npos) continue;
        found.push_back({number, rest.substr(1, end - 1), rest.front() == '"'});
    }
    return found;
}

/// The first folder of a path, and the path below it.
std::pair<std::string_view, std::string_view> split(std::string_view path) {
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos) return {path, {}};
    return {path.substr(0, slash), path.substr(slash + 1)};
}

template <class List>
bool contains(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

/// Why a file of a folder may not include a header of another one below the same top; nothing when
/// it may.
template <class Order>
std::optional<std::string> upward(std::string_view top,
                                  const Order& order,
                                  std::string_view folder,
                                  std::string_view other) {
    const auto place = std::find(order.begin(), order.end(), folder);
    const auto target = std::find(order.begin(), order.end(), other);
    if (place == order.end() || target == order.end()) {
        return "folder is not in the order of " + std::string(top) + ": " +
               std::string(place == order.end() ? folder : other);
    }
    if (target > place)
        return std::string(top) + "/" + std::string(folder) + " may not include " +
               std::string(other);
    return std::nullopt;
}

/// The same within one of the two programs. A file beside the folders may be included by all of
/// them and include any.
std::optional<std::string> within(std::string_view top,
                                  std::string_view below,
                                  std::string_view other_below) {
    const bool beside = split(below).second.empty() || split(other_below).second.empty();
    if (beside) return std::nullopt;
    const auto folder = split(below).first;
    const auto other = split(other_below).first;
    if (contains(kShells, folder) && other != folder && other != "actions")
        return std::string(top) + "/" + std::string(folder) + " sees actions only, not " +
               std::string(other);
    return top == "server" ? upward(top, kServerOrder, folder, other)
                           : upward(top, kClientOrder, folder, other);
}

std::optional<std::string> refused(std::string_view path, std::string_view header) {
    const auto [top, below] = split(path);
    const auto [other_top, other_below] = split(header);
    constexpr std::array<std::string_view, 5> kTops{"common", "protocol", "client", "server",
                                                    "tests"};
    if (!contains(kTops, other_top)) return "write the path from the root: " + std::string(header);
    if (top == other_top && (top == "client" || top == "server"))
        return within(top, below, other_below);
    if (top == "tests" || (top == other_top && top != "common")) return std::nullopt;
    if (other_top == "common" && top == "common")
        return upward(top, kCommonOrder, split(below).first, split(other_below).first);
    if (other_top == "common" && top == "protocol" &&
        !contains(kSeenByProtocol, split(other_below).first)) {
        return "protocol may not include " + std::string(header);
    }
    if (other_top == "common") return std::nullopt;
    if (other_top == "protocol" && (top == "client" || top == "server")) return std::nullopt;
    return std::string(top) + " may not include " + std::string(header);
}

}  // namespace

Faults include_faults(const File& file) {
    Faults faults;
    if (!file.is_source()) return faults;
    for (const Include& each : includes_of(file.text)) {
        if (!each.ours) continue;
        if (const auto why = refused(file.path, each.header)) {
            faults.push_back(fault(file, each.line, *why));
        }
    }
    return faults;
}

Faults library_faults(const File& file) {
    Faults faults;
    if (!file.is_product()) return faults;
    const auto [top, below] = split(file.path);
    const bool pure = top == "common" && contains(kPure, split(below).first);
    for (const Include& each : includes_of(file.text)) {
        if (each.ours) continue;
        const auto starts = [&](std::string_view name) { return each.header.starts_with(name); };
        if (pure && std::any_of(kImpure.begin(), kImpure.end(), starts)) {
            faults.push_back(
                fault(file, each.line, "pure folder includes " + std::string(each.header)));
        }
        for (const Library& library : libraries()) {
            const bool allowed =
                std::any_of(library.allowed.begin(), library.allowed.end(),
                            [&](std::string_view pattern) { return matches(file.path, pattern); });
            if (starts(library.header) && !allowed) {
                faults.push_back(
                    fault(file, each.line, std::string(each.header) + " does not belong here"));
            }
        }
    }
    return faults;
}

std::size_t files_including(const std::vector<File>& files, std::string_view prefix) {
    return static_cast<std::size_t>(
        std::count_if(files.begin(), files.end(), [&](const File& file) {
            const auto all = includes_of(file.text);
            return file.is_product() &&
                   std::any_of(all.begin(), all.end(), [&](const Include& each) {
                       return each.header.starts_with(prefix);
                   });
        }));
}

}  // namespace dossier::tidy
