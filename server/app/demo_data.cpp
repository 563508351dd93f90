#include "app/demo_data.hpp"

#include "accounts/jwt.hpp"
#include "accounts/password_hasher.hpp"
#include "app/process.hpp"
#include "app/run_task.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <fmt/format.h>

namespace frontdesk::app {
namespace {

Task<std::string> hash_of(accounts::PasswordHasher& hasher, std::string_view password) {
  const auto slot = hasher.admit();
  if (!slot) throw std::runtime_error(slot.error().message);
  co_return co_await hasher.hash(*slot, password);
}

}  // namespace

demo::Outcome load_demo_data(const Config& config, const Database& database, demo::Size size) {
  if (!config.development()) {
    throw std::runtime_error("Demo data load only with FRONTDESK_ENV=development.");
  }
  if (!demo::is_empty(database.url())) return demo::Outcome::not_empty;
  accounts::PasswordHasher hasher(config.password_pepper,
                                  {.cost = static_cast<int>(config.bcrypt_cost), .threads = 1});
  asio::io_context io(1);
  const auto hash = run_task(io, hash_of(hasher, demo::password));
  return demo::load(database.url(), size, hash);
}

void write_session_tokens(const Config& config, const Database& database, const std::string& path) {
  constexpr int sessions_at_most = 10'000;
  const auto options = account_options(config, nullptr);
  const accounts::AccessTokens tokens(options.signing_keys, options.public_origin);
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  std::ofstream file(path, std::ios::trunc);
  std::filesystem::permissions(
      path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  for (const auto& session : demo::sessions(database.url(), sessions_at_most)) {
    file << tokens.sign({.user = session.user,
                         .session = session.session,
                         .token = Uuid::generate(),
                         .issued_at = now,
                         .expires_at = now + options.access_ttl})
         << '\n';
  }
  if (!file.flush()) throw std::runtime_error(fmt::format("{} cannot be written.", path));
}

}  // namespace frontdesk::app
