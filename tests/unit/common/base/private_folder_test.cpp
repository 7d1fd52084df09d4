#include "common/base/private_folder.hpp"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/log.hpp"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr Fault kCannot{"test.folder", ErrorCode::NoSpace, {"{}：{}", "{}: {}"}, {"", ""}};

struct Around {
    Around() {
        std::string name = (fs::temp_directory_path() / "dossier-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        folder = name;
    }
    Around(const Around&) = delete;
    Around& operator=(const Around&) = delete;
    ~Around() { fs::remove_all(folder); }
    [[nodiscard]] std::string place(std::string_view name) const { return folder / name; }

    fs::path folder;
};

unsigned mode_of(const std::string& path) {
    struct stat about {};
    REQUIRE(::lstat(path.c_str(), &about) == 0);
    return about.st_mode & 07777U;
}

TEST_SUITE("common/base/private_folder") {
    TEST_CASE("a new folder is its user's alone, and an open empty one is closed") {
        const Around around;
        const auto fresh = around.place("a/b/c");
        REQUIRE(make_private_folder(fresh, kCannot));
        CHECK(mode_of(fresh) == 0700);
        const auto open = around.place("open");
        REQUIRE(::mkdir(open.c_str(), 0777) == 0);
        REQUIRE(::chmod(open.c_str(), 0777) == 0);
        REQUIRE(make_private_folder(open, kCannot));
        CHECK(mode_of(open) == 0700);
        CHECK(make_private_folder(open, kCannot));
    }

    TEST_CASE("an open folder with files in it is refused and left as it is") {
        const Around around;
        const auto shared = around.place("shared");
        REQUIRE(::mkdir(shared.c_str(), 0755) == 0);
        REQUIRE(::chmod(shared.c_str(), 0755) == 0);
        std::ofstream(shared + "/theirs") << "x";
        const auto taken = make_private_folder(shared, kCannot);
        REQUIRE_FALSE(taken);
        CHECK(taken.error().is(kOpenFolder));
        CHECK(mode_of(shared) == 0755);
        REQUIRE(::chmod(shared.c_str(), 0700) == 0);
        CHECK(make_private_folder(shared, kCannot));
    }

    TEST_CASE("another user's folder, and a file in its place, are refused") {
        const Around around;
        std::ofstream(around.place("file")) << "x";
        const auto file = make_private_folder(around.place("file"), kCannot);
        REQUIRE_FALSE(file);
        CHECK(file.error().is(kCannot));
        if (::geteuid() != 0) return;  // only root can give a folder away
        const auto theirs = around.place("theirs");
        REQUIRE(::mkdir(theirs.c_str(), 0700) == 0);
        REQUIRE(::chown(theirs.c_str(), 65534, 65534) == 0);
        const auto taken = make_private_folder(theirs, kCannot);
        REQUIRE_FALSE(taken);
        CHECK(taken.error().is(kForeignFolder));
    }

    TEST_CASE("a log is its user's alone, also one that was open, and never behind a link") {
        const Around around;
        const auto path = around.place("log");
        std::ofstream(path) << "before\n";
        REQUIRE(::chmod(path.c_str(), 0644) == 0);
        open_log(path, LogLevel::Info)->info("began");
        CHECK(mode_of(path) == 0600);
        std::ifstream in(path);
        std::string first;
        std::getline(in, first);
        CHECK(first == "before");
        std::getline(in, first);
        CHECK(first.find("info began") != std::string::npos);
        REQUIRE(::symlink(path.c_str(), around.place("link").c_str()) == 0);
        CHECK_THROWS(open_log(around.place("link"), LogLevel::Info));
    }
}

}  // namespace
}  // namespace dossier
