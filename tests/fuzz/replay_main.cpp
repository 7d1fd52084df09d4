// Runs one fuzz target over its stored inputs and deterministic mutations of them: what every
// compiler can check in a second or two. Usage: fuzz_NAME FOLDER [mutations per input]
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <set>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::vector<std::uint8_t>;

std::vector<Input> read_corpus(const std::filesystem::path& folder) {
    std::set<std::filesystem::path> paths;  // sorted: the same order on every machine
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        paths.insert(entry.path());
    std::vector<Input> inputs;
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return inputs;
}

/// One to four small changes: a byte set, a bit flipped, a piece cut out, doubled, or taken from
/// another input.
void mutate(Input& input, const std::vector<Input>& corpus, std::mt19937& random) {
    for (unsigned change = 0, changes = 1 + random() % 4; change < changes; ++change) {
        if (input.empty()) input.push_back(0);
        const auto at = input.begin() + static_cast<std::ptrdiff_t>(random() % input.size());
        const auto rest = static_cast<unsigned long>(input.end() - at);
        const auto end = at + static_cast<std::ptrdiff_t>(1 + random() % rest);
        const Input piece(at, end);
        const Input& other = corpus[random() % corpus.size()];
        switch (random() % 5) {
            case 0:
                *at = static_cast<std::uint8_t>(random());
                break;
            case 1:
                *at = static_cast<std::uint8_t>(*at ^ (1U << random() % 8));
                break;
            case 2:
                input.erase(at, end);
                break;
            case 3:
                input.insert(at, piece.begin(), piece.end());
                break;
            default:
                input.insert(at, other.begin(), other.end());
        }
        if (input.size() > 100'000) input.resize(100'000);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2 || !std::filesystem::is_directory(argv[1])) {
        std::fprintf(stderr, "usage: %s FOLDER [mutations per input]\n", argv[0]);
        return 2;
    }
    const unsigned long mutations = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 50;
    const std::vector<Input> corpus = read_corpus(argv[1]);
    std::mt19937 random(1);
    unsigned long runs = 0;
    for (const Input& stored : corpus) {
        for (unsigned long i = 0; i <= mutations; ++i, ++runs) {
            Input input = stored;
            if (i > 0) mutate(input, corpus, random);
            LLVMFuzzerTestOneInput(input.data(), input.size());
        }
    }
    std::printf("%zu inputs, %lu runs\n", corpus.size(), runs);
    return corpus.empty() ? 1 : 0;
}
