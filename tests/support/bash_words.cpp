#include "tests/support/bash_words.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <stdlib.h>

#include "common/base/check.hpp"

namespace dossier::test {
namespace {

/// A script in a file of its own, gone with it.
class ScriptFile {
  public:
    explicit ScriptFile(const std::string& text) {
        std::string folder = (std::filesystem::temp_directory_path() / "dossier-XXXXXX").string();
        DOSSIER_CHECK(::mkdtemp(folder.data()) != nullptr);
        folder_ = folder;
        std::ofstream(path(), std::ios::binary) << text;
    }
    ScriptFile(const ScriptFile&) = delete;
    ScriptFile& operator=(const ScriptFile&) = delete;
    ~ScriptFile() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    [[nodiscard]] std::string path() const { return (folder_ / "script").string(); }

  private:
    std::filesystem::path folder_;
};

std::string quoted(const std::string& word) {
    return "'" + word + "'";
}

}  // namespace

bool bash_accepts(const std::string& script) {
    const ScriptFile file(script);
    return std::system(("bash -n " + quoted(file.path())).c_str()) == 0;
}

std::vector<std::string> bash_offers(const std::string& script,
                                     const std::vector<std::string>& words) {
    const ScriptFile file(script);
    std::string line;
    for (const std::string& word : words) line += quoted(word) + " ";
    // As readline calls it: the function that `complete` registered for the program.
    const ScriptFile asking("source " + quoted(file.path()) + "\nCOMP_WORDS=(" + line +
                            ")\nCOMP_CWORD=" + std::to_string(words.size() - 1) +
                            "\nregistered=$(complete -p " + quoted(words.front()) +
                            ")\nregistered=${registered##*-F }\n\"${registered%% *}\"\n"
                            "printf '%s\\n' \"${COMPREPLY[@]}\"\n");
    std::FILE* bash = ::popen(("bash --norc " + quoted(asking.path())).c_str(), "r");
    DOSSIER_CHECK(bash != nullptr);
    std::vector<std::string> offers;
    std::string offer;
    for (int c = std::fgetc(bash); c != EOF; c = std::fgetc(bash)) {
        if (c != '\n') {
            offer += static_cast<char>(c);
        } else if (!offer.empty()) {
            offers.push_back(std::move(offer));
            offer.clear();
        }
    }
    ::pclose(bash);
    return offers;
}

}  // namespace dossier::test
