// An office one can type commands at: a few people, a clock that stands still, and what each
// command said.
#pragma once

#include <string>
#include <vector>

#include "common/cli/console.hpp"

#include "server/app/run.hpp"
#include "tests/support/temp_store.hpp"

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

/// luop 罗平 administrates; hanm 韩梅 is the clerk; lijg 李建国 and wangf 王芳 sell in 华东;
/// zhangw 张伟 is their regional manager; sunli 孙丽 manages customer service.
class Counter {
  public:
    Counter();

    /// Runs a command in English unless it says otherwise.
    Said run(std::vector<std::string> words);
    /// The same as one line, split at spaces.
    Said type(std::string_view line);
    /// Writes a file into the store's folder; its full name.
    std::string write(std::string_view name, std::string_view content);
    /// Imports a customer owned by lijg as the clerk, who posts it: number and all.
    void has_customer(std::string_view name);
    /// The clerk posts every draft there is and may be posted.
    void posts_drafts();
    /// A change of one field as it would come from that person's laptop, with the base he saw.
    void edit(std::string_view login,
              std::string_view customer,
              std::string_view field,
              std::string_view base,
              std::string_view value);
    /// The level a mark in force gives the file: by the office itself.
    void marks(std::string_view customer, int level);
    /// What a workflow would have set: by the office itself.
    void system_sets(std::string_view customer, std::string_view field, std::string_view value);

    TempStore store;
    SetClock clock{Instant{1'772'413'200'000}};  // 2026-03-02 09:00 office time
    crypto::SeededRandom random{7};
    server::Office office{*store, clock, random};
    server::Workplace place;

  private:
    void make_administrator();
};

}  // namespace dossier::test
