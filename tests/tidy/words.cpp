// Words: calls nobody may make, synonyms nobody may use, paths that belong to one machine.
#include <algorithm>
#include <array>
#include <regex>

#include "tests/tidy/rules.hpp"

namespace dossier::tidy {
namespace {

/// A pattern in code and where it is allowed nevertheless.
struct Refused {
    std::regex pattern;
    std::string_view instead;
    std::vector<std::string_view> allowed;
};

Faults matched(const File& file, std::string_view text, const std::vector<Refused>& table) {
    Faults faults;
    std::size_t number = 0;
    for (const std::string_view line : lines_of(text)) {
        ++number;
        for (const Refused& each : table) {
            const bool allowed =
                std::any_of(each.allowed.begin(), each.allowed.end(),
                            [&](std::string_view pattern) { return matches(file.path, pattern); });
            std::cmatch found;
            if (allowed || !std::regex_search(line.begin(), line.end(), found, each.pattern))
                continue;
            faults.push_back(fault(file, number, found.str() + ": " + std::string(each.instead)));
        }
    }
    return faults;
}

/// An identifier's part, in snake_case or PascalCase: "conflict_record" also finds ConflictRecord
/// and kConflictRecords, not "unconflict_records".
std::regex identifier(std::string_view snake) {
    std::string pascal;
    bool up = true;
    for (const char c : snake) {
        if (c != '_') pascal += up ? static_cast<char>(c - 'a' + 'A') : c;
        up = c == '_';
    }
    return std::regex("(^|[^A-Za-z])" + std::string(snake) + "(?![a-rt-z])|" + pascal +
                      "(?![a-rt-z])");
}

/// architecture section 3: one word per idea.
struct Synonym {
    std::string_view forbidden;
    std::string_view say;
};
constexpr std::array<Synonym, 16> kSynonyms{{{"change_set", "changeset"},
                                             {"conflict_record", "case"},
                                             {"merge_conflict", "case"},
                                             {"conflict_resolution", "ruling"},
                                             {"op_receipt", "verdict"},
                                             {"upload_queue", "outbox"},
                                             {"send_queue", "outbox"},
                                             {"pending_ops", "outbox"},
                                             {"dead_letter", "tray"},
                                             {"rejected_ops", "tray"},
                                             {"shadow_copy", "mirror"},
                                             {"record_type", "kind"},
                                             {"entity_type", "kind"},
                                             {"entity_id", "record"},
                                             {"change_log", "journal"},
                                             {"secure_store", "vault"}}};

}  // namespace

Faults call_faults(const File& file) {
    if (!file.is_product()) return {};
    static const std::vector<Refused> kReminders{
        {std::regex(R"(\b(TODO|FIXME|XXX)\b)"), "do it or leave it out", {}}};
    static const std::vector<Refused> kCalls{
        {std::regex(R"(\btime\((nullptr|NULL|0)\))"), "take a Clock", {}},
        {std::regex(R"((system|steady)_clock::now)"), "take a Clock", {"common/time/*"}},
        {std::regex(R"(\brandom_device\b)"), "take a Random", {}},
        {std::regex(R"(\bs?rand\()"), "take a Random", {}}};
    Faults faults = matched(file, file.text, kReminders);
    const std::string code = code_of(file.text);
    const Faults calls = matched(file, code, kCalls);
    faults.insert(faults.end(), calls.begin(), calls.end());
    return faults;
}

Faults word_faults(const File& file) {
    if (!file.is_product()) return {};
    static const std::vector<Refused> kTable = [] {
        std::vector<Refused> table;
        for (const Synonym& each : kSynonyms)
            table.push_back({identifier(each.forbidden), each.say, {}});
        return table;
    }();
    return matched(file, code_of(file.text), kTable);
}

Faults path_faults(const File& file) {
    static const std::vector<Refused> kTable{
        {std::regex(R"((^|[^A-Za-z0-9_.$}~*-])/(root|home|work)/)"), "path of one machine", {}}};
    return matched(file, file.text, kTable);
}

namespace {

/// An input belongs to each shell's own words, but for the shell of the command line itself.
Faults option_faults(const File& file, const Literal& literal) {
    static const std::regex kOption(R"((^|[^-<A-Za-z])--[a-z{])");
    constexpr std::array kCommandLine{
        "client/cli/*",           "client/app/app.cpp",        "server/cli/*",
        "server/app/*",           "common/cli/actions.*",      "common/cli/completion.cpp",
        "common/cli/console.cpp", "common/cli/manual.cpp",     "common/cli/parser.cpp",
        "common/cli/render.cpp",  "common/pinyin/generate.cpp"};
    const bool is_shell = std::ranges::any_of(
        kCommandLine, [&](const char* pattern) { return matches(file.path, pattern); });
    // An example, or what is joined to one.
    const bool is_example =
        literal.text.starts_with("dossier") || file.path == "common/action/derive.cpp";
    std::smatch found;
    if (is_shell || is_example || !std::regex_search(literal.text, found, kOption)) return {};
    return {fault(file, literal.line, found.str() + "…: name the input, {in:…}")};
}

}  // namespace

Faults text_faults(const File& file) {
    if (!file.is_product()) return {};
    static const std::regex kCommand(R"(\bdossierd? [a-z])");
    static const std::regex kName(R"([a-z]+(-[a-z]+)*(\.[a-z]+(-[a-z]+)*)?)");
    Faults faults;
    const auto literals = literals_of(file.text);
    for (std::size_t at = 0; at < literals.size(); ++at) {
        const Literal& each = literals[at];
        std::smatch found;
        const bool names = std::regex_search(each.text, found, kCommand);
        // An example begins with its command and stands between other members of its row.
        const bool example =
            each.text.starts_with("dossier") && each.before != '{' && each.after != '}';
        if (names && !example)
            faults.push_back(fault(file, each.line, found.str() + "…: name the action, {do:…}"));
        const Faults options = option_faults(file, each);
        faults.insert(faults.end(), options.begin(), options.end());
        const auto actions = named_actions(each.text);
        for (const std::string& action : actions) {
            if (!std::regex_match(action, kName))
                faults.push_back(fault(file, each.line, "{do:" + action + "} is no action's name"));
        }
        const bool pair = each.before == '{' && each.after == ',' && at + 1 < literals.size() &&
                          literals[at + 1].before == ',' && literals[at + 1].after == '}';
        if (pair && named_actions(literals[at + 1].text) != actions)
            faults.push_back(fault(file, each.line, "the two languages name different actions"));
        if (pair && named_inputs(literals[at + 1].text) != named_inputs(each.text))
            faults.push_back(fault(file, each.line, "the two languages name different inputs"));
    }
    return faults;
}

Faults reading_faults(const File& file) {
    if (!file.is_product() || !file.path.starts_with("server/")) return {};
    for (const auto below : {"server/store/*", "server/people/*", "server/intake/*",
                             "server/office/*", "server/reading/*"}) {
        if (matches(file.path, below)) return {};
    }
    static const std::vector<Refused> kReadings{
        {std::regex(R"(\bnote_read\s*\()"),
         "what is read is noted by server/reading",
         // Matters and pairs quote records under rules of their own: they are read there, as
         // server/reading shows each quoted value, and noted as read.
         {"server/review/cases.cpp", "server/review/duplicates.cpp", "server/review/quotes.cpp",
          // Another function of this name: it counts the bytes of a connection.
          "server/sync/listener.hpp", "server/sync/talk.cpp"}},
        {std::regex(R"(\bmay_view\s*\()"),
         "what may be seen is decided by server/reading",
         // Whether a matter exists for somebody, before anything of it is read.
         {"server/review/cases.cpp"}},
        {std::regex(R"(\baccess::decide\s*\()"),
         "who may is decided by server/reading, what may be changed by server/intake",
         // Who may unite two files decides about the pair, and so sees it.
         {"server/review/duplicates.cpp",
          // What may lie on a laptop, offline: asked for a machine, not read by a person.
          "server/sync/content_lane.cpp"}}};
    return matched(file, code_of(file.text), kReadings);
}

}  // namespace dossier::tidy
