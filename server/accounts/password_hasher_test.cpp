#include "accounts/password_hasher.hpp"

#include <chrono>
#include <cstring>
#include <exception>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <crypt.h>
#include <gtest/gtest.h>

namespace frontdesk::accounts {
namespace {

const std::vector<std::uint8_t> pepper(32, 7);

// Runs coroutines on a context of its own until all have ended, as a thread of the server would.
class Loop {
 public:
  template <class T>
  void start(Task<T> task, T& result) {
    asio::co_spawn(context_, std::move(task), [&](std::exception_ptr error, T value) {
      if (error) error_ = error;
      result = std::move(value);
    });
  }
  void run() {
    context_.run();
    context_.restart();
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
  }
  template <class T>
  T run(Task<T> task) {
    T result{};
    start(std::move(task), result);
    run();
    return result;
  }

 private:
  asio::io_context context_;
  std::exception_ptr error_;
};

TEST(PasswordHasher, R07_makes_bcrypt_that_fits_its_password_only) {
  PasswordHasher hasher(pepper, {.cost = 4});
  Loop loop;
  const auto slot = hasher.admit();
  const auto hash = loop.run(hasher.hash(*slot, "correct horse"));
  EXPECT_TRUE(hash.starts_with("$2b$04$"));
  EXPECT_EQ(hash.size(), 60U);
  EXPECT_TRUE(loop.run(hasher.verify(*slot, "correct horse", hash)));
  EXPECT_FALSE(loop.run(hasher.verify(*slot, "correct horsf", hash)));
  EXPECT_FALSE(loop.run(hasher.verify(*slot, "", hash)));
  EXPECT_NE(loop.run(hasher.hash(*slot, "correct horse")), hash);
}

TEST(PasswordHasher, R07_another_pepper_fits_nothing) {
  PasswordHasher hasher(pepper, {.cost = 4});
  PasswordHasher other(std::vector<std::uint8_t>(32, 8), {.cost = 4});
  Loop loop;
  const auto slot = hasher.admit();
  const auto other_slot = other.admit();
  const auto hash = loop.run(hasher.hash(*slot, "correct horse"));
  EXPECT_FALSE(loop.run(other.verify(*other_slot, "correct horse", hash)));
}

TEST(PasswordHasher, R07_the_stored_form_is_bcrypt_of_base64_of_the_hmac) {
  // base64(HMAC-SHA-384(32 bytes of 7, "correct horse")), from Python's hmac and base64.
  constexpr auto prepared = "aqWN7HgRhNV+1jMG8vAx2qwCBA+B2Zp8fXg92hloYsR6mv8wzKY8z9K0J7FIvawa";
  PasswordHasher hasher(pepper, {.cost = 4});
  Loop loop;
  const auto slot = hasher.admit();
  const auto hash = loop.run(hasher.hash(*slot, "correct horse"));
  crypt_data data{};
  EXPECT_STREQ(::crypt_r(prepared, hash.c_str(), &data), hash.c_str());
}

TEST(PasswordHasher, R07_nothing_of_a_long_password_is_lost) {
  PasswordHasher hasher(pepper, {.cost = 4});
  Loop loop;
  const auto slot = hasher.admit();
  const std::string longest(512, 'x');
  const auto hash = loop.run(hasher.hash(*slot, longest));
  EXPECT_TRUE(loop.run(hasher.verify(*slot, longest, hash)));
  EXPECT_FALSE(loop.run(hasher.verify(*slot, std::string(511, 'x') + "y", hash)));
  const auto nul = loop.run(hasher.hash(*slot, std::string_view("before\0after", 12)));
  EXPECT_FALSE(loop.run(hasher.verify(*slot, std::string_view("before\0other", 12), nul)));
}

TEST(PasswordHasher, R07_a_failure_of_crypt_is_no_match) {
  PasswordHasher hasher(pepper, {.cost = 4});
  Loop loop;
  const auto slot = hasher.admit();
  for (const char* hash : {"", "*0", "*1", "$2b$04$", "$2b$04$tooshort", "$9z$nothing", "x"}) {
    EXPECT_FALSE(loop.run(hasher.verify(*slot, "correct horse", hash))) << hash;
  }
}

TEST(PasswordHasher, R07_tells_hashes_of_another_cost) {
  PasswordHasher hasher(pepper, {.cost = 5});
  Loop loop;
  const auto slot = hasher.admit();
  EXPECT_FALSE(hasher.is_outdated(loop.run(hasher.hash(*slot, "correct horse"))));
  EXPECT_TRUE(hasher.is_outdated("$2b$04$" + std::string(53, 'a')));
}

TEST(PasswordHasher, R05_the_dummy_hash_is_well_formed_and_fits_nothing) {
  PasswordHasher hasher(pepper, {.cost = 4});
  Loop loop;
  const auto slot = hasher.admit();
  EXPECT_EQ(hasher.dummy_hash().size(), 60U);
  EXPECT_FALSE(hasher.is_outdated(hasher.dummy_hash()));
  EXPECT_FALSE(loop.run(hasher.verify(*slot, "correct horse", hasher.dummy_hash())));
  // crypt does the whole work for it: what it makes differs in the digest alone.
  crypt_data data{};
  const std::string made = ::crypt_r("x", hasher.dummy_hash().c_str(), &data);
  EXPECT_EQ(made.substr(0, 29), hasher.dummy_hash().substr(0, 29));
}

TEST(PasswordHasher, R19_the_queue_has_an_end) {
  PasswordHasher hasher(pepper, {.cost = 4, .threads = 1, .queue = 2});
  std::vector<PasswordHasher::Slot> slots;
  for (int i = 0; i < 3; ++i) {
    auto slot = hasher.admit();
    ASSERT_TRUE(slot);
    slots.push_back(std::move(*slot));
  }
  const auto refused = hasher.admit();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  EXPECT_TRUE(refused.error().retry_after);
  slots.pop_back();
  EXPECT_TRUE(hasher.admit());
}

TEST(PasswordHasher, serves_many_at_once_on_their_own_context) {
  PasswordHasher hasher(pepper, {.cost = 4});
  Loop loop;
  const auto slot = hasher.admit();
  std::vector<std::string> hashes(30);
  for (auto& hash : hashes) loop.start(hasher.hash(*slot, "correct horse"), hash);
  loop.run();
  for (const auto& hash : hashes) EXPECT_TRUE(hash.starts_with("$2b$04$"));
}

TEST(PasswordHasher, stopping_ends_what_waits_with_a_fault) {
  PasswordHasher hasher(pepper, {.cost = 4, .threads = 1});
  Loop loop;
  const auto slot = hasher.admit();
  hasher.stop();
  EXPECT_THROW(loop.run(hasher.hash(*slot, "correct horse")), Fault);
}

TEST(PasswordHasher, a_caller_that_goes_away_with_its_context_harms_nobody) {
  PasswordHasher hasher(pepper, {.cost = 4, .threads = 1});
  const auto slot = hasher.admit();
  asio::io_context context;
  for (int i = 0; i < 5; ++i) {
    asio::co_spawn(context, hasher.hash(*slot, "correct horse"), [](std::exception_ptr, auto) {});
  }
  context.poll();  // all are queued, none is waited for
  hasher.stop();
}

}  // namespace
}  // namespace frontdesk::accounts
