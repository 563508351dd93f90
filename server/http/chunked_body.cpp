#include "http/chunked_body.hpp"

#include "core/ensure.hpp"
#include "http/field_syntax.hpp"
#include "http/request_target.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace frontdesk::http {
namespace {

namespace beast = boost::beast;

constexpr std::size_t free_bytes_per_chunk = 32;

/// `0 CR LF CR LF`: no chunked body is shorter. Beast 1.81 asserts as much of a first chunk that is
/// the last one, instead of asking for more.
constexpr std::size_t shortest_body = 5;

}  // namespace

Error body_too_large() {
  return {.kind = ErrorKind::too_large,
          .code = "body_too_large",
          .message = "The body of the request is larger than this address takes."};
}

class ChunkedBody::Decoder : public beast::http::basic_parser<true> {
 public:
  explicit Decoder(std::size_t body_limit_bytes) : room_(body_limit_bytes) {
    eager(true);
    body_limit(boost::none);  // Beast 1.81 counts a chunk anew each time it asks for more
    constexpr std::string_view head = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    beast::error_code error;
    put(boost::asio::buffer(head), error);
    ENSURE(!error && chunked());
  }

  [[nodiscard]] bool is_before_first_chunk() const { return chunks_ == 0; }

  /// Bytes of framing so far above what is free, `pending_bytes` of them not taken yet.
  [[nodiscard]] bool exceeds_framing(std::size_t taken_bytes, std::size_t pending_bytes) {
    taken_ += taken_bytes;
    if (pending_bytes > chunk_framing_limit_bytes + free_bytes_per_chunk) return true;
    return taken_ - body_.size() + pending_bytes >
           chunk_framing_limit_bytes + free_bytes_per_chunk * (chunks_ + 1);
  }

  std::string take() { return std::move(body_); }

 private:
  using Text = beast::string_view;

  void on_request_impl(beast::http::verb, Text, Text, int, beast::error_code&) override {}
  void on_response_impl(int, Text, int, beast::error_code&) override {}
  void on_field_impl(beast::http::field, Text, Text, beast::error_code&) override {}
  void on_header_impl(beast::error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {}
  std::size_t on_body_impl(Text text, beast::error_code&) override { return text.size(); }
  void on_finish_impl(beast::error_code&) override {}

  void on_chunk_header_impl(std::uint64_t size, Text extensions,
                            beast::error_code& error) override {
    ++chunks_;
    if (size > room_) {
      error = beast::http::error::body_limit;
      return;
    }
    room_ -= size;
    // Beast lets a bare line feed stand inside quotes, where others end the line.
    if (!std::ranges::all_of(extensions, is_value_byte)) {
      error = beast::http::error::bad_chunk_extension;
    }
  }

  std::size_t on_chunk_body_impl(std::uint64_t, Text text, beast::error_code&) override {
    body_.append(text.data(), text.size());
    return text.size();
  }

  std::string body_;
  std::uint64_t room_;  ///< bytes that further chunks may announce
  std::size_t chunks_ = 0;
  std::size_t taken_ = 0;
};

ChunkedBody::ChunkedBody(std::size_t body_limit_bytes)
    : decoder_(std::make_unique<Decoder>(body_limit_bytes)) {}

ChunkedBody::~ChunkedBody() = default;

Result<std::size_t> ChunkedBody::consume(std::string_view bytes) {
  ENSURE(!is_complete());
  if (bytes.empty() || (decoder_->is_before_first_chunk() && bytes.size() < shortest_body)) {
    return std::size_t{0};
  }
  beast::error_code error;
  const std::size_t taken = decoder_->put(boost::asio::buffer(bytes), error);
  if (error == beast::http::error::body_limit) return refuse(body_too_large());
  if (error && error != beast::http::error::need_more) {
    return refuse(malformed_request("The chunks of the body are broken."));
  }
  const std::size_t pending = is_complete() ? 0 : bytes.size() - taken;
  if (decoder_->exceeds_framing(taken, pending)) {
    return refuse(malformed_request("The chunks of the body carry too many extensions."));
  }
  return taken;
}

bool ChunkedBody::is_complete() const {
  return decoder_->is_done();
}

std::string ChunkedBody::take() {
  ENSURE(is_complete());
  return decoder_->take();
}

}  // namespace frontdesk::http
