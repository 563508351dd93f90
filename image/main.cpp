// frontdesk-image: one image on standard input, its renditions on standard output
// (media/image_reply.hpp). The server starts it for each image that somebody sends; what goes wrong
// in a decoder goes wrong in here, where there is nothing to be had.
#include "convert.hpp"
#include "media/image_format.hpp"
#include "sandbox.hpp"

#include <cerrno>
#include <csignal>
#include <optional>
#include <string>

#include <sys/prctl.h>
#include <sysexits.h>
#include <unistd.h>

namespace {

using namespace frontdesk;

std::optional<std::string> read_input() {
  std::string bytes(media::max_image_bytes + 1, '\0');
  std::size_t used = 0;
  while (used < bytes.size()) {
    const ssize_t got = ::read(STDIN_FILENO, bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) {
      bytes.resize(used);
      return bytes;
    }
    used += static_cast<std::size_t>(got);
  }
  return std::nullopt;
}

bool write_output(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

int run() {
  // Whoever asked is gone: nobody reads the answer.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (!image::prepare_libvips() || !image::enter_sandbox({})) return EX_SOFTWARE;
  const auto input = read_input();
  if (!input) return media::exit_unreadable;
  const auto reply = image::convert(*input);
  if (!reply) return reply.error();
  return write_output(media::encode(*reply)) ? 0 : EX_SOFTWARE;
}

}  // namespace

int main() {
  // Without the clean-up of libraries, which nobody needs any more and the sandbox may refuse.
  ::_exit(run());
}
