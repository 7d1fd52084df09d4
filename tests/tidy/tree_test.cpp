#include <algorithm>
#include <array>
#include <set>

#include <doctest/doctest.h>

#include "tests/tidy/rules.hpp"

using namespace dossier::tidy;

namespace {

const std::vector<File>& tree() {
    static const std::vector<File> kTree = read_tree(DOSSIER_SOURCE);
    return kTree;
}

/// Every file keeps the rule; each breach is told with its place.
void check_all(Faults (*rule)(const File&)) {
    for (const File& file : tree()) {
        for (const std::string& each : rule(file)) FAIL_CHECK(each);
    }
}

}  // namespace

TEST_SUITE("tidy/tree") {
    TEST_CASE("there is a tree to look at") {
        CHECK(std::any_of(tree().begin(), tree().end(),
                          [](const File& file) { return file.path == "common/base/text.cpp"; }));
    }
    TEST_CASE("includes go down only") {
        check_all(include_faults);
    }
    TEST_CASE("each library is included in its own folders only") {
        check_all(library_faults);
    }
    TEST_CASE("JSON stays at the rim: few files know its library") {
        constexpr std::size_t kMost = 16;
        CHECK(files_including(tree(), "nlohmann/") <= kMost);
    }
    TEST_CASE("no file and no function grows beyond what one can read") {
        check_all(size_faults);
    }
    TEST_CASE("headers say what they are for, guard themselves and open no namespace") {
        check_all(header_faults);
    }
    TEST_CASE("no tabs, no white space at line ends") {
        check_all(spacing_faults);
    }
    TEST_CASE("no reminders, no clock or randomness from nowhere") {
        check_all(call_faults);
    }
    TEST_CASE("one word per idea") {
        check_all(word_faults);
    }
    TEST_CASE("few places name a kind or a field to ask what it is, each with its reason") {
        constexpr std::size_t kMost = 15;
        check_all(special_faults);
        std::size_t count = 0;
        for (const File& file : tree()) count += special_lines(file).size();
        CHECK(count > 0);  // the rule sees what it is for
        CHECK(count <= kMost);
    }
    TEST_CASE("at the office one place decides what may be seen and notes what was read") {
        check_all(reading_faults);
    }
    TEST_CASE(
        "no text names a command or an option; both languages name the same actions and inputs") {
        check_all(text_faults);
    }
    TEST_CASE("no path of somebody's machine in any file") {
        check_all(path_faults);
    }
    TEST_CASE("every rule the page of rules holds has its row, its files and its tests") {
        for (const std::string& each : requirement_faults(tree())) FAIL_CHECK(each);
    }
    TEST_CASE("the top level holds what was agreed and nothing else") {
        const std::set<std::string> agreed{"CMakeLists.txt", "README.md", "client", "common",
                                           "protocol",       "server",    "tests",  "build"};
        for (const auto& entry : std::filesystem::directory_iterator(DOSSIER_SOURCE)) {
            const std::string name = entry.path().filename().string();
            CHECK_MESSAGE((name.starts_with('.') || agreed.contains(name)), name);
        }
    }
}
