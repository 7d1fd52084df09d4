// Writes the golden bytes of codec_test and the seeds of the codec's fuzzer. Run by hand when a
// message grows; a change of a line that is there already breaks laptops in the field.
// Usage: write_golden CODEC_GOLDEN_INC SEEDS_FOLDER
#include <cstdio>
#include <fstream>

#include "tests/unit/protocol/codec_samples.hpp"

using namespace dossier;
using namespace dossier::protocol;

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    std::vector<std::pair<std::string, Bytes>> all;
    for (auto& spoken : testing::spoken_samples()) all.push_back(std::move(spoken));
    all.emplace_back("a changeset", encode_changeset(testing::some_changeset()));
    all.emplace_back("kept verdicts", encode_verdicts(testing::some_verdicts()));
    all.emplace_back("entries", encode_entries(testing::some_entries()));
    const auto head = chain(Digest{}, 1, Bytes{1, 2, 3});
    std::ofstream golden(argv[1]);
    golden << "// Made by write_golden; each line is for ever.\n"
              "constexpr std::pair<std::string_view, std::string_view> kGolden[] = {\n";
    for (const auto& [name, bytes] : all) {
        golden << "    {\"" << name << "\", \"" << to_hex(bytes) << "\"},\n";
        std::string file(name);
        for (auto& c : file) c = c == ' ' || c == '/' ? '_' : c;
        std::ofstream seed(std::string(argv[2]) + "/" + file, std::ios::binary);
        seed << text_of(bytes);
    }
    golden << "    {\"chain\", \"" << to_hex(head) << "\"},\n};\n";
    return 0;
}
