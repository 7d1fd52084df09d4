#include "common/base/log.hpp"

#include <cerrno>
#include <mutex>
#include <system_error>

#include <fcntl.h>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/descriptor.hpp"
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

/// Opens for appending, readable by this user alone. Throws for what is not his own file.
int open_own(const std::string& path) {
    const int file =
        ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    struct stat about {};
    if (file < 0 || ::fstat(file, &about) != 0)
        throw std::system_error(errno, std::generic_category(), path);
    const bool is_file = S_ISREG(about.st_mode);
    if (is_file && (about.st_uid != ::geteuid() || ::fchmod(file, 0600) != 0)) {
        ::close(file);
        throw std::system_error(EPERM, std::generic_category(), path);
    }
    return file;
}

class FileSink final : public spdlog::sinks::base_sink<std::mutex> {
  public:
    explicit FileSink(const std::string& path) : file_(open_own(path)) {}

  protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t line;
        formatter_->format(message, line);
        // One write a line: lines of two processes never mix. What the disk does not take is lost.
        [[maybe_unused]] const auto written = ::write(file_.number(), line.data(), line.size());
    }
    void flush_() override {}

  private:
    Descriptor file_;
};

}  // namespace

std::unique_ptr<Log> open_log(const std::string& path, LogLevel least) {
    spdlog::sink_ptr sink;
    if (path.empty()) {
        sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    } else {
        sink = std::make_shared<FileSink>(path);
    }
    return std::make_unique<SpdLog>(std::move(sink), least);
}

}  // namespace dossier
