// A laptop one can type commands at: an encrypted store opened by a key file, enrolled and synced
// with an office that does what the test tells it, a clock that stands still.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "common/cli/console.hpp"

#include "tests/unit/client/world.hpp"

namespace dossier::test {

struct Said {
    int code = 0;
    std::string out;
    std::string err;

    [[nodiscard]] cli::Json json() const { return cli::Json::parse(out); }
    [[nodiscard]] bool says(std::string_view words) const {
        return out.find(words) != std::string::npos;
    }
    [[nodiscard]] bool complains(std::string_view words) const {
        return err.find(words) != std::string::npos;
    }
};

class Desk {
  public:
    /// With 李建国's post and 杭州明润医药有限公司 on the laptop.
    Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
    ~Desk();

    /// Runs a command in Chinese unless it says otherwise.
    Said run(std::vector<std::string> words, const std::string& typed = "");
    /// The same as one line, split at spaces.
    Said type(std::string_view line);
    /// One session with the office.
    void sync();
    /// Writes a file beside the store; its full name.
    std::string write(std::string_view name, std::string_view content);
    [[nodiscard]] std::string dir() const { return (folder_ / "store").string(); }
    [[nodiscard]] std::string place(std::string_view name) const { return folder_ / name; }

    World world;

  private:
    std::filesystem::path folder_;
};

std::vector<std::string> split(std::string_view line);

}  // namespace dossier::test
