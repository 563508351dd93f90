#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <openssl/crypto.h>

namespace frontdesk {

/// A password, key or token: wiped from memory when it goes, never copied by accident, and without
/// any way to print it. Whoever needs the text says `reveal()`.
class Secret {
 public:
  Secret() = default;

  /// Takes a copy of `text`. The caller wipes its own.
  explicit Secret(std::string_view text)
      : text_(std::make_unique_for_overwrite<char[]>(text.size())), size_(text.size()) {
    std::copy(text.begin(), text.end(), text_.get());
  }
  Secret(Secret&& other) noexcept
      : text_(std::move(other.text_)), size_(std::exchange(other.size_, 0)) {}
  Secret& operator=(Secret&& other) noexcept {
    wipe();
    text_ = std::move(other.text_);
    size_ = std::exchange(other.size_, 0);
    return *this;
  }
  ~Secret() { wipe(); }

  /// A second holder of the same text, where one is really wanted.
  [[nodiscard]] Secret clone() const { return Secret(reveal()); }

  /// The text, valid while this Secret lives. Never log it, never put it into an exception.
  [[nodiscard]] std::string_view reveal() const { return {text_.get(), size_}; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

 private:
  void wipe() noexcept {
    if (text_) OPENSSL_cleanse(text_.get(), size_);
  }

  std::unique_ptr<char[]> text_;  // on the heap even when short: a move leaves nothing behind
  std::size_t size_ = 0;
};

/// Wipes a string that held a secret.
inline void wipe(std::string& text) {
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

}  // namespace frontdesk
