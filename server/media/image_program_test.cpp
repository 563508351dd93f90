#include "media/image_program.hpp"

#include "core/random.hpp"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace frontdesk::media {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using Kind = ProgramFailure::Kind;

/// A shell script that stands in for frontdesk-image.
class Script {
 public:
  explicit Script(std::string_view commands)
      : path_(fs::temp_directory_path() /
              fmt::format("frontdesk-script.{}.{}", ::getpid(), random_below(1'000'000))) {
    std::ofstream(path_) << "#!/bin/sh\n" << commands << "\n";
    fs::permissions(path_, fs::perms::owner_all);
  }
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;
  ~Script() { fs::remove(path_); }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

class ImageProgram : public ::testing::Test {
 protected:
  void SetUp() override { std::signal(SIGPIPE, SIG_IGN); }

  static std::string outcome(const fs::path& program, std::string_view image = "image",
                             std::chrono::milliseconds limit = 20s) {
    const auto reply = run_image_program(program, image, deadline_in(limit));
    if (reply) return reply->blurhash;
    switch (reply.error().kind) {
      case Kind::unreadable:
        return "unreadable";
      case Kind::too_many_pixels:
        return "too many pixels";
      case Kind::unavailable:
      case Kind::broken:
        return reply.error().reason;
    }
    return {};
  }
  static std::string outcome_of(std::string_view commands) {
    return outcome(Script(commands).path());
  }
};

TEST_F(ImageProgram, the_image_goes_in_and_the_reply_comes_out) {
  const ImageReply reply{
      .width_px = 10,
      .height_px = 20,
      .blurhash = "L00000fQfQ",
      .renditions = {{10, 20, std::string("RIFF\0\0\0\0WEBPx", 13), "\xff\xd8\xff\xe0"}}};
  EXPECT_EQ(outcome("/bin/cat", encode(reply)), "L00000fQfQ");
}

TEST_F(ImageProgram, an_image_larger_than_any_pipe_goes_in) {
  EXPECT_EQ(outcome("/bin/cat", std::string(5'000'000, 'x')), "wrote no reply that can be read");
}

TEST_F(ImageProgram, R70_whatever_goes_wrong_in_it_is_an_outcome) {
  EXPECT_EQ(outcome_of("exit 2"), "unreadable");
  EXPECT_EQ(outcome_of("exit 3"), "too many pixels");
  EXPECT_EQ(outcome_of("exit 1"), "exited with status 1");
  EXPECT_EQ(outcome_of("kill -SEGV $$"), "was ended by signal 11");
  EXPECT_EQ(outcome_of("echo nonsense"), "wrote no reply that can be read");
  EXPECT_EQ(outcome_of("exec /usr/bin/yes"), "wrote too much");
  EXPECT_EQ(outcome_of("exit 70"), "has no libvips or no sandbox");
  EXPECT_EQ(outcome("/no/such/program"), "cannot be started: No such file or directory");
}

TEST_F(ImageProgram, R70_one_that_hangs_is_killed) {
  EXPECT_EQ(outcome(Script("exec sleep 60").path(), "image", 200ms), "was not ready in time");
  EXPECT_EQ(outcome(Script("exec 0<&- 1<&-; exit 0").path(), std::string(5'000'000, 'x')),
            "wrote no reply that can be read");
}

TEST_F(ImageProgram, it_gets_no_environment_and_no_descriptor_of_ours) {
  const int open = ::open("/dev/null", O_RDONLY);  // without O_CLOEXEC
  EXPECT_EQ(outcome_of("[ -e /proc/$$/fd/" + std::to_string(open) + " ] && exit 1; exit 2"),
            "unreadable");
  ::close(open);
  // The shell itself sets PWD and the like; what is in the kernel's copy is what it was given.
  EXPECT_EQ(outcome_of("[ -s /proc/$$/environ ] && exit 1; exit 2"), "unreadable");
}

}  // namespace
}  // namespace frontdesk::media
