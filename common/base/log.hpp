// Structured log: an event name, then facts. No prose, no customer text, no keys.
// A reference handed in like any other service; the sink behind it is chosen in main.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include "common/base/ids.hpp"

namespace dossier {

/// One fact of a log line; ids, counts and stable words only.
struct Fact {
    Fact(std::string_view fact_name, std::string_view word) : name(fact_name), value(word) {}
    Fact(std::string_view fact_name, const char* word) : name(fact_name), value(word) {}
    template <class Int, std::enable_if_t<std::is_integral_v<Int>, int> = 0>
    Fact(std::string_view fact_name, Int number) : name(fact_name), value(std::to_string(number)) {}
    template <class Tag>
    Fact(std::string_view fact_name, const Id<Tag>& id) : name(fact_name), value(to_text(id)) {}

    std::string_view name;
    std::string value;
};

/// error = someone must act, warn = odd, info = one line a session or a door, debug = the rest.
enum class LogLevel : unsigned char { Debug, Info, Warn, Error };

class Log {
  public:
    Log() = default;
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;
    virtual ~Log() = default;

    void debug(std::string_view event, std::initializer_list<Fact> facts = {}) {
        write(LogLevel::Debug, event, facts);
    }
    void info(std::string_view event, std::initializer_list<Fact> facts = {}) {
        write(LogLevel::Info, event, facts);
    }
    void warn(std::string_view event, std::initializer_list<Fact> facts = {}) {
        write(LogLevel::Warn, event, facts);
    }
    void error(std::string_view event, std::initializer_list<Fact> facts = {}) {
        write(LogLevel::Error, event, facts);
    }

  protected:
    virtual void write(LogLevel level,
                       std::string_view event,
                       std::initializer_list<Fact> facts) = 0;
};

/// Drops everything: for tests and for the laptop's one-shot commands.
class NullLog final : public Log {
  protected:
    void write(LogLevel, std::string_view, std::initializer_list<Fact>) override {}
};

/// Lines "time level event name=value …" to `path`, or to standard error when `path` is empty.
/// Lines below `least` are dropped. The file is for this
/// user alone (0600); throws when it cannot be opened, is another user's or a symbolic link.
std::unique_ptr<Log> open_log(const std::string& path, LogLevel least);

}  // namespace dossier
