#include "observe/log.hpp"

#include "observe/line_writer.hpp"

#include <spdlog/details/null_mutex.h>
#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/sink.h>
#include <unistd.h>

namespace frontdesk::observe {
namespace {

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
    case Level::off:
      return spdlog::level::off;
  }
  return spdlog::level::off;
}

std::string_view colour_of(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::debug:
      return "\x1b[36m";
    case spdlog::level::info:
      return "\x1b[32m";
    case spdlog::level::warn:
      return "\x1b[33;1m";
    default:
      return "\x1b[31;1m";
  }
}

/// Hands finished lines to the LineWriter; it has the only lock.
class LineSink : public spdlog::sinks::sink {
 public:
  LineSink(LogFormat format, std::shared_ptr<LineWriter> writer)
      : format_(format), writer_(std::move(writer)) {}

  void log(const spdlog::details::log_msg& message) override {
    const std::string_view payload(message.payload.data(), message.payload.size());
    const bool urgent = message.level >= spdlog::level::err;
    if (format_ == LogFormat::json) {
      writer_->add(payload, urgent);
      return;
    }
    spdlog::memory_buf_t line;
    // A formatter keeps state, so each thread has its own.
    thread_local spdlog::pattern_formatter clock("%H:%M:%S.%e ", spdlog::pattern_time_type::local,
                                                 "");
    clock.format(message, line);
    const auto append = [&](std::string_view text) {
      line.append(text.data(), text.data() + text.size());
    };
    append(colour_of(message.level));
    append(fmt::format("{:<7}",
                       std::string_view(spdlog::level::to_string_view(message.level).data())));
    append("\x1b[0m ");
    append(payload);
    writer_->add({line.data(), line.size()}, urgent);
  }
  void flush() override { writer_->flush(); }
  void set_pattern(const std::string& /*pattern*/) override {}
  void set_formatter(std::unique_ptr<spdlog::formatter> /*formatter*/) override {}

 private:
  LogFormat format_;
  std::shared_ptr<LineWriter> writer_;
};

}  // namespace

LogFormat log_format_for(int descriptor) {
  return ::isatty(descriptor) == 1 ? LogFormat::readable : LogFormat::json;
}

Logger::Logger(Level threshold, LogFormat format, int descriptor)
    : threshold_(threshold),
      format_(format),
      writer_(std::make_shared<LineWriter>(descriptor)),
      logger_(std::make_unique<spdlog::logger>("frontdesk",
                                               std::make_shared<LineSink>(format, writer_))) {
  logger_->set_level(to_spdlog(threshold));
}

Logger::~Logger() = default;

void Logger::write(Level level, std::string_view message, LogFields fields) {
  thread_local std::string line;
  line.clear();
  const LogEntry entry{std::chrono::system_clock::now(), level, message, fields};
  if (format_ == LogFormat::json) {
    append_json_line(line, entry);
  } else {
    append_readable_line(line, entry);
  }
  logger_->log(entry.time, spdlog::source_loc{}, to_spdlog(level), line);
}

void Logger::flush() {
  logger_->flush();
}

std::uint64_t Logger::dropped_lines() const {
  return writer_->dropped();
}

}  // namespace frontdesk::observe
