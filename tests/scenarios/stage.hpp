// The stage of the scenarios: one office with the people of the domain's page, and laptops that
// reach it, on one clock that stands where a scenario puts it. Everything is typed as a command of
// the two programs; nothing is changed behind their backs. Source: domain 7.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "common/cli/console.hpp"

#include "server/app/run.hpp"
#include "tests/integration/sync/field.hpp"

namespace dossier::test {

/// What a command said.
struct Said {
    int code = 0;
    std::string out;
    std::string err;

    [[nodiscard]] cli::Json json() const { return cli::Json::parse(out); }
    [[nodiscard]] bool has(std::string_view words) const {
        return (out + err).find(words) != std::string::npos;
    }
    /// "ok", or the identity of what refused it.
    [[nodiscard]] std::string fate() const;
};

/// The cast, by login: lijg 李建国 and wangf 王芳 sell (华东), zhangw 张伟 is their superior, hey
/// 何勇 inspects, liuy 刘洋 is the clerk, sunl 孙丽 and zhouj 周洁 keep the archive, wum 吴敏
/// supervises, zhengh 郑华 manages customer service, qianj 钱进 the market, fengl 冯磊 directs
/// marketing, xug 许刚 is the general manager, chenj 陈静 serves, zhaom 赵敏 is a technician, hanm
/// 韩梅 plans, luop 罗平 administrates.
class Stage {
  public:
    Stage();

    /// Puts every clock there: "2026-03-02 10:10" in office time. Laptops keep what theirs is off.
    void at(std::string_view when);
    /// A command typed at the office by this person, split at spaces; in Chinese.
    Said office(std::string_view login, std::string_view line, std::string_view purpose = "");
    /// The same, and it must succeed; its document.
    cli::Json done(std::string_view login, std::string_view line, std::string_view purpose = "");
    /// What a job of the office does when its time has come.
    void job(std::string_view name);

    /// A laptop of this person, enrolled and let in, which has synced.
    void gives_laptop(std::string_view login);
    /// A command typed on his laptop, where no network is needed.
    Said laptop(std::string_view login, std::string_view line);
    cli::Json writes(std::string_view login, std::string_view line);
    /// His laptop's clock shows so much more than the office's.
    void clock_is_off(std::string_view login, std::chrono::milliseconds by);
    /// He comes to the office at night.
    void syncs(std::string_view login);

    /// A file somebody at the office has, by its full name.
    std::string file(std::string_view name, std::string_view content);

    /// A value of a record as somebody at the office reads it.
    std::string value(std::string_view login,
                      std::string_view kind,
                      std::string_view record,
                      std::string_view field);

  private:
    struct Owned {
        std::unique_ptr<Laptop> laptop;
        std::chrono::milliseconds off{0};
    };
    void make_people();
    [[nodiscard]] Laptop& of(std::string_view login);

    TempStore store_;
    SetClock clock_;
    crypto::SeededRandom random_{7};
    server::Office office_{*store_, clock_, random_};
    server::Workplace place_;
    std::map<std::string, Owned, std::less<>> laptops_;
};

}  // namespace dossier::test
