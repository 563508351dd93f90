#include "observe/log.hpp"

#include "observe/line_writer.hpp"

#include <array>
#include <csignal>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/json/parse.hpp>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace frontdesk::observe {
namespace {

/// A pipe whose reading end collects what was logged.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe2(ends_.data(), O_CLOEXEC), 0); }
  ~Pipe() {
    close_writing_end();
    ::close(ends_[0]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int writing_end() const { return ends_[1]; }
  int reading_end() const { return ends_[0]; }
  void close_writing_end() {
    if (ends_[1] >= 0) ::close(std::exchange(ends_[1], -1));
  }
  /// Everything written, once the writing end is closed.
  std::string read_all() {
    close_writing_end();
    std::string text;
    std::array<char, 65536> buffer{};
    for (ssize_t size = 0; (size = ::read(ends_[0], buffer.data(), buffer.size())) > 0;) {
      text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const auto end = text.find('\n', start);
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return lines;
}

TEST(Logger, writes_what_reaches_the_threshold) {
  Pipe pipe;
  {
    Logger log(Level::warning, LogFormat::json, pipe.writing_end());
    log.info("quiet");
    log.warning("slow", {{"statement", "list_services"}});
    log.error("broken");
    EXPECT_FALSE(log.enabled(Level::info));
    EXPECT_TRUE(log.enabled(Level::error));
  }
  const auto lines = lines_of(pipe.read_all());
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(boost::json::parse(lines[0]).at("statement").as_string(), "list_services");
  EXPECT_EQ(boost::json::parse(lines[1]).at("level").as_string(), "error");
}

TEST(Logger, off_is_silence) {
  Pipe pipe;
  {
    Logger(Level::off, LogFormat::json, pipe.writing_end()).error("x");
  }
  EXPECT_EQ(pipe.read_all(), "");
}

TEST(Logger, loses_nothing_at_a_normal_end) {
  Pipe pipe;
  {
    Logger log(Level::debug, LogFormat::json, pipe.writing_end());
    for (int i = 0; i < 500; ++i) log.debug("line", {{"n", i}});
  }
  EXPECT_EQ(lines_of(pipe.read_all()).size(), 500u);
}

TEST(Logger, flush_waits_for_what_was_logged_before) {
  Pipe pipe;
  Logger log(Level::info, LogFormat::json, pipe.writing_end());
  log.flush();
  log.info("first");
  log.flush();
  std::array<char, 512> buffer{};
  EXPECT_GT(::read(pipe.reading_end(), buffer.data(), buffer.size()), 0);
  log.flush();
}

TEST(Logger, lines_of_several_threads_stay_whole) {
  Pipe pipe;
  {
    Logger log(Level::info, LogFormat::json, pipe.writing_end());
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&log, thread] {
        for (int i = 0; i < 100; ++i) log.info("line", {{"thread", thread}, {"n", i}});
      });
    }
  }
  const auto lines = lines_of(pipe.read_all());
  EXPECT_EQ(lines.size(), 400u);
  std::array<std::int64_t, 4> next{};
  for (const auto& line : lines) {
    const auto value = boost::json::parse(line);
    EXPECT_EQ(value.at("n").as_int64(),
              next.at(static_cast<std::size_t>(value.at("thread").as_int64()))++);
  }
}

TEST(Logger, a_reader_that_stalls_stops_nobody) {
  Pipe pipe;
  Logger log(Level::info, LogFormat::json, pipe.writing_end());
  const std::string text(1000, 'x');
  for (int i = 0; i < 3000; ++i) log.info("line", {{"text", text}});
  EXPECT_GT(log.dropped_lines(), 0u);
  // Let the writer finish, or the destructor would wait for a reader for ever.
  std::thread reader([&] {
    std::array<char, 65536> buffer{};
    while (::read(pipe.reading_end(), buffer.data(), buffer.size()) > 0) {
    }
  });
  log.flush();
  pipe.close_writing_end();
  reader.join();
}

TEST(Logger, a_broken_pipe_is_survived) {
  ::signal(SIGPIPE, SIG_IGN);
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
  ::close(ends[0]);
  {
    Logger log(Level::info, LogFormat::json, ends[1]);
    log.info("still here");
    log.flush();
  }
  ::close(ends[1]);
}

TEST(Logger, a_reader_that_stalls_does_not_hold_up_the_end) {
  Pipe pipe;
  Logger log(Level::info, LogFormat::json, pipe.writing_end());
  const std::string text(1000, 'x');
  for (int i = 0; i < 200; ++i) log.info("line", {{"text", text}});
}

TEST(Logger, readable_lines_have_a_level_and_fields) {
  Pipe pipe;
  {
    Logger(Level::info, LogFormat::readable, pipe.writing_end()).warning("slow", {{"ms", 7}});
  }
  const std::string text = pipe.read_all();
  EXPECT_NE(text.find("warning"), std::string::npos) << text;
  EXPECT_TRUE(text.ends_with(" slow ms=7\n")) << text;
  EXPECT_EQ(log_format_for(pipe.reading_end()), LogFormat::json);
}

}  // namespace
}  // namespace frontdesk::observe
