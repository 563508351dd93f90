#pragma once

#include "observe/log_line.hpp"

#include <cstdint>
#include <memory>
#include <string_view>

namespace spdlog {
class logger;
}

namespace frontdesk::observe {

class LineWriter;

/// How log lines look.
enum class LogFormat : std::uint8_t {
  json,      ///< one escaped JSON object a line (R33)
  readable,  ///< coloured, for a person at a terminal
};

/// `readable` where `descriptor` is a terminal, `json` otherwise.
LogFormat log_format_for(int descriptor);

/// The log. One object per process, made first, passed by reference, used by all threads at once:
///
///     log.info("listening", {{"address", endpoint}, {"threads", count}});
///
/// A call costs about a microsecond and waits for no disk: a thread of its own writes (LineWriter).
/// The message is a fixed text, what varies is a field. Errors are written at once; the destructor
/// writes everything.
class Logger {
 public:
  /// `descriptor`, standard output as a rule, must stay open for as long as this lives.
  Logger(Level threshold, LogFormat format, int descriptor);
  Logger(const Logger&) = delete;
  Logger& operator=(const Logger&) = delete;
  ~Logger();

  void debug(std::string_view message, LogFields fields = {}) {
    log(Level::debug, message, fields);
  }
  void info(std::string_view message, LogFields fields = {}) { log(Level::info, message, fields); }
  void warning(std::string_view message, LogFields fields = {}) {
    log(Level::warning, message, fields);
  }
  void error(std::string_view message, LogFields fields = {}) {
    log(Level::error, message, fields);
  }
  void log(Level level, std::string_view message, LogFields fields = {}) {
    if (enabled(level)) write(level, message, fields);
  }

  [[nodiscard]] bool enabled(Level level) const {
    return level >= threshold_ && level != Level::off;
  }

  /// Returns when every line so far has been handed to the kernel.
  void flush();

  /// Lines lost because nobody read the log; metrics show it.
  [[nodiscard]] std::uint64_t dropped_lines() const;

 private:
  void write(Level level, std::string_view message, LogFields fields);

  const Level threshold_;
  const LogFormat format_;
  std::shared_ptr<LineWriter> writer_;
  std::unique_ptr<spdlog::logger> logger_;
};

}  // namespace frontdesk::observe
