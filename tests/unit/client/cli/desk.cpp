#include "tests/unit/client/cli/desk.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <utility>

#include <doctest/doctest.h>
#include <stdlib.h>

#include "client/actions/home.hpp"
#include "client/app/app.hpp"
#include "tests/support/unsaid.hpp"

namespace dossier::test {

Desk::Desk() {
    std::string name = (std::filesystem::temp_directory_path() / "dossier-XXXXXX").string();
    DOSSIER_CHECK(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
    const auto key = write("key", std::string(32, 'k'));
    std::filesystem::permissions(key, std::filesystem::perms::owner_read);
    DOSSIER_CHECK(run({"init"}).code == 0);
    sync();
}

Desk::~Desk() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

Said Desk::run(std::vector<std::string> words, const std::string& typed) {
    std::istringstream in(typed);
    std::ostringstream out;
    std::ostringstream err;
    const std::vector<std::string> fixed{"--lang", "zh-CN",      "--dir",
                                         dir(),    "--key-file", place("key")};
    std::vector<std::string> line;
    for (std::size_t i = 0; i < fixed.size(); i += 2) {
        if (std::find(words.begin(), words.end(), fixed[i]) != words.end()) continue;
        line.insert(line.end(), {fixed[i], fixed[i + 1]});
    }
    line.insert(line.end(), words.begin(), words.end());
    Said said;
    said.code = client::run(line, {world.laptop.clock, world.laptop.random, in, out, err});
    said.out = out.str();
    said.err = err.str();
    CHECK_MESSAGE(!leaves_unsaid(said.out), said.out);
    CHECK_MESSAGE(!leaves_unsaid(said.err), said.err);
    return said;
}

Said Desk::type(std::string_view line) {
    return run(split(line));
}

void Desk::sync() {
    auto store = client::open_home(dir(), vault::KeyFile{place("key")}, world.laptop.random);
    DOSSIER_CHECK(store.has_value());
    if (!(*store)->meta.identity())
        (*store)->meta.set_identity(*world.laptop.store().meta.identity());
    client::Engine engine(**store, world.laptop.clock, world.laptop.log, {.app_version = "test"});
    DOSSIER_CHECK(test::sync(engine, world.office).has_value());
    (*store)->search.catch_up();
}

std::string Desk::write(std::string_view name, std::string_view content) {
    const auto path = place(name);
    std::ofstream(path, std::ios::binary) << content;
    return path;
}

std::vector<std::string> split(std::string_view line) {
    std::vector<std::string> words;
    std::istringstream in{std::string(line)};
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

}  // namespace dossier::test
