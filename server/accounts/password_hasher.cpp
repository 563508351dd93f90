#include "accounts/password_hasher.hpp"

#include "core/ensure.hpp"
#include "core/random.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <crypt.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <sys/resource.h>
#include <unistd.h>

namespace frontdesk::accounts {
namespace {

constexpr std::string_view failed = "*";

// crypt's result, or a text that starts with `*`.
std::string run_crypt(const char* password, const std::string& setting) {
  const auto data = std::make_unique<crypt_data>();
  const char* result = ::crypt_r(password, setting.c_str(), data.get());
  std::string hash(result != nullptr ? result : failed);
  OPENSSL_cleanse(data.get(), sizeof(crypt_data));
  return hash;
}

unsigned default_threads() {
  return std::clamp(std::thread::hardware_concurrency(), 1U, 2U);
}

}  // namespace

PasswordHasher::Slot::~Slot() {
  if (hasher_ != nullptr) hasher_->admitted_.fetch_sub(1);
}

PasswordHasher::PasswordHasher(std::span<const std::uint8_t> pepper, Settings settings)
    : pepper_(pepper), settings_(settings) {
  ENSURE(settings_.cost >= 4 && settings_.cost <= 31);
  if (settings_.threads == 0) settings_.threads = default_threads();
  // The salt of a real hash, and 31 characters of a digest that nothing is known to have.
  dummy_hash_ = new_setting() + std::string(31, '.');
  for (unsigned i = 0; i < settings_.threads; ++i) threads_.emplace_back([this] { work(); });
}

PasswordHasher::~PasswordHasher() {
  stop();
}

Result<PasswordHasher::Slot> PasswordHasher::admit() {
  const unsigned limit = settings_.threads + settings_.queue;
  unsigned admitted = admitted_.load();
  do {
    if (admitted >= limit) return refuse(unavailable());
  } while (!admitted_.compare_exchange_weak(admitted, admitted + 1));
  return Slot(this);
}

PasswordHasher::Prepared PasswordHasher::prepare(std::string_view password) const {
  auto digest = pepper_.digest(password);
  Prepared prepared;
  ENSURE(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(prepared.data()), digest.data(),
                         static_cast<int>(digest.size())) == prepared.size() - 1);
  OPENSSL_cleanse(digest.data(), digest.size());
  return prepared;
}

std::string PasswordHasher::new_setting() const {
  std::array<std::uint8_t, 16> salt;
  fill_random(salt);
  char setting[CRYPT_GENSALT_OUTPUT_SIZE];
  ENSURE(::crypt_gensalt_rn("$2b$", static_cast<unsigned long>(settings_.cost),
                            reinterpret_cast<const char*>(salt.data()), salt.size(), setting,
                            sizeof setting) != nullptr);
  return setting;
}

bool PasswordHasher::is_outdated(std::string_view hash) const {
  return !hash.starts_with(fmt::format("$2b${:02}$", settings_.cost));
}

Task<std::string> PasswordHasher::hash(const Slot& slot, std::string_view password) {
  ENSURE(slot.hasher_ == this);
  auto hash = co_await crypt(prepare(password), new_setting());
  if (hash.starts_with(failed)) throw Fault("crypt made no hash", unavailable());
  co_return hash;
}

Task<bool> PasswordHasher::verify(const Slot& slot, std::string_view password, std::string hash) {
  ENSURE(slot.hasher_ == this);
  const auto computed = co_await crypt(prepare(password), hash);
  co_return !computed.starts_with(failed) &&
      equal_in_constant_time(bytes_of(computed), bytes_of(hash));
}

Task<std::string> PasswordHasher::crypt(Prepared password, std::string setting) {
  using Token = asio::use_awaitable_t<Executor>;
  auto hash = co_await asio::async_initiate<const Token, void(std::string)>(
      [this](auto handler, Prepared prepared, std::string with) {
        const auto executor = asio::get_associated_executor(handler);
        // The guard keeps the caller's io_context running until the answer is in its queue.
        enqueue([handler = std::move(handler), guard = asio::make_work_guard(executor), executor,
                 prepared, with = std::move(with)](bool stopping) mutable {
          auto result = stopping ? std::string() : run_crypt(prepared.data(), with);
          OPENSSL_cleanse(prepared.data(), prepared.size());
          asio::post(executor,
                     [handler = std::move(handler), result = std::move(result)]() mutable {
                       std::move(handler)(std::move(result));
                     });
        });
      },
      Token(), password, std::move(setting));
  OPENSSL_cleanse(password.data(), password.size());
  if (hash.empty()) throw Fault("the password hasher has stopped", unavailable());
  co_return hash;
}

void PasswordHasher::enqueue(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) {
      jobs_.push_back(std::move(job));
      wake_.notify_one();
      return;
    }
  }
  job(true);
}

void PasswordHasher::work() {
  // On Linux the priority belongs to the thread. Without the right to lower it nothing breaks.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), 19);
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
    if (jobs_.empty()) return;
    Job job = std::move(jobs_.front());
    jobs_.pop_front();
    const bool stopping = stopping_;
    lock.unlock();
    job(stopping);
    job = nullptr;
    lock.lock();
  }
}

void PasswordHasher::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

}  // namespace frontdesk::accounts
