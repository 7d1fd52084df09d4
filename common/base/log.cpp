#include "common/base/log.hpp"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "common/base/safe_text.hpp"

namespace dossier {
namespace {

spdlog::level::level_enum level_of(LogLevel level) {
    switch (level) {
        case LogLevel::Debug:
            return spdlog::level::debug;
        case LogLevel::Info:
            return spdlog::level::info;
        case LogLevel::Warn:
            return spdlog::level::warn;
        default:
            return spdlog::level::err;
    }
}

class SpdLog final : public Log {
  public:
    SpdLog(spdlog::sink_ptr sink, LogLevel least) : logger_("dossier", std::move(sink)) {
        logger_.set_level(level_of(least));
        logger_.set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
        logger_.flush_on(spdlog::level::info);
    }

  protected:
    void write(LogLevel level, std::string_view event, std::initializer_list<Fact> facts) override {
        if (!logger_.should_log(level_of(level))) return;
        std::string line(event);
        for (const Fact& fact : facts) {
            line += ' ';
            line += fact.name;
            line += '=';
            line += safe_text(fact.value);
        }
        logger_.log(level_of(level), line);
    }

  private:
    spdlog::logger logger_;
};

}  // namespace

std::unique_ptr<Log> open_log(const std::string& path, LogLevel least) {
    spdlog::sink_ptr sink;
    if (path.empty()) {
        sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    } else {
        sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path);
    }
    return std::make_unique<SpdLog>(std::move(sink), least);
}

}  // namespace dossier
