#include "app/config.hpp"
#include "app/setting_syntax.hpp"
#include "core/random.hpp"

#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace frontdesk::app {
namespace {

constexpr std::size_t key_bytes = 32;

std::vector<std::uint8_t> new_key() {
  std::vector<std::uint8_t> key(key_bytes);
  fill_random(key);
  return key;
}

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what) {
  throw std::runtime_error(fmt::format("The secrets file {} {}.", path.string(), what));
}

// Written beside and renamed over, so that a crash leaves no half of a key.
void create(const std::filesystem::path& path) {
  const auto text = fmt::format("{}\n{}\n{}\n", format_hex(new_key()), format_hex(new_key()),
                                format_hex(new_key()));
  const auto draft = path.string() + ".new";
  const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) fail(path, "cannot be written: " + std::generic_category().message(errno));
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file) == 0;
  ::close(file);
  if (!written) fail(path, "cannot be written");
  // link(2) refuses to replace: of two first starts at once, one set of keys wins for both.
  if (::link(draft.c_str(), path.c_str()) != 0 && errno != EEXIST) fail(path, "cannot be kept");
  ::unlink(draft.c_str());
}

}  // namespace

void load_development_secrets(Config& config) {
  if (!config.jwt_keys.empty() && !config.password_pepper.empty() && !config.data_key.empty())
    return;
  std::filesystem::create_directories(config.data_dir);
  const auto path = config.data_dir / "secrets";
  if (!std::filesystem::exists(path)) create(path);

  std::ifstream file(path);
  std::string lines[3];
  for (auto& line : lines) std::getline(file, line);
  const auto jwt = parse_hex(lines[0]);
  const auto pepper = parse_hex(lines[1]);
  const auto data = parse_hex(lines[2]);
  if (!jwt || !pepper || !data || jwt->size() != key_bytes || pepper->size() != key_bytes ||
      data->size() != key_bytes) {
    fail(path, "is damaged. Restore it; a new one would make every password and session void");
  }
  if (config.jwt_keys.empty()) config.jwt_keys.push_back({"development", *jwt});
  if (config.password_pepper.empty()) config.password_pepper = *pepper;
  if (config.data_key.empty()) config.data_key = *data;
}

}  // namespace frontdesk::app
