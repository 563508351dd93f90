#pragma once

#include "core/ensure.hpp"

#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

#include <boost/asio/buffer.hpp>

namespace frontdesk::http {

/// The bytes that a connection has read and not used yet: room for the longest head, and for the
/// requests that a client sends ahead of their answers.
class InputBuffer {
 public:
  static constexpr std::size_t capacity_bytes = std::size_t{16} * 1024;

  /// Valid until the next free_space().
  [[nodiscard]] std::string_view unread() const { return {bytes_.data() + begin_, end_ - begin_}; }

  void consume(std::size_t count) {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
  }

  /// Where to read to. Never empty: nobody leaves this many bytes unread and asks for more.
  boost::asio::mutable_buffer free_space() {
    if (begin_ > 0 && end_ > capacity_bytes / 2) {
      std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      begin_ = 0;
    }
    ENSURE(end_ < capacity_bytes);
    return {bytes_.data() + end_, capacity_bytes - end_};
  }

  void commit(std::size_t count) { end_ += count; }

 private:
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::array<char, capacity_bytes> bytes_;  // left as it comes: only what was read is looked at
};

}  // namespace frontdesk::http
