#include "outbound/access_token.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/parse.hpp>
#include <fmt/format.h>

namespace frontdesk::outbound {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::minutes spare{5};
constexpr std::chrono::hours longest_life{12};
constexpr std::size_t longest_token = 8192;
constexpr std::size_t most_answer_bytes = 64 * 1024;

struct Fetched {
  std::string token;
  std::chrono::seconds life{0};
};

// RFC 6749 5.1. What goes into a header must be one visible line.
std::optional<Fetched> read_answer(const std::string& body) {
  boost::system::error_code failure;
  const auto value = boost::json::parse(body, failure);
  if (failure || !value.is_object()) return std::nullopt;
  const auto* const token = value.get_object().if_contains("access_token");
  const auto* const life = value.get_object().if_contains("expires_in");
  if (token == nullptr || !token->is_string() || life == nullptr) return std::nullopt;
  const std::string text(token->get_string());
  const bool is_visible = std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
  boost::system::error_code no_number;
  const auto seconds = life->to_number<std::int64_t>(no_number);
  if (text.empty() || text.size() > longest_token || !is_visible || no_number || seconds <= 0) {
    return std::nullopt;
  }
  return Fetched{text, std::min(std::chrono::seconds{seconds}, std::chrono::seconds(longest_life))};
}

// `invalid_grant`, so that an operator learns what to mend; never more of the answer.
std::string error_of(const HttpAnswer& answer) {
  boost::system::error_code failure;
  const auto value = boost::json::parse(answer.body, failure);
  const auto* const error =
      failure || !value.is_object() ? nullptr : value.get_object().if_contains("error");
  if (error == nullptr || !error->is_string()) return {};
  return fmt::format(" ({})", std::string_view(error->get_string()).substr(0, 50));
}

}  // namespace

// Whoever waits goes on when it ends, however it ends.
class AccessToken::Fetching {
 public:
  explicit Fetching(AccessToken& token) : token_(token) {
    token_.is_fetching_ = true;
    token_.fetched_.expires_at(steady_clock::time_point::max());
  }
  Fetching(const Fetching&) = delete;
  Fetching& operator=(const Fetching&) = delete;
  ~Fetching() {
    token_.is_fetching_ = false;
    token_.fetched_.cancel();
  }

 private:
  AccessToken& token_;
};

AccessToken::AccessToken(asio::io_context& context, Transfers& transfers, std::string ca_file,
                         ServiceAccount account, std::string url, std::string scope)
    : client_(context, transfers, std::move(ca_file)),
      account_(std::move(account)),
      url_(std::move(url)),
      scope_(std::move(scope)),
      fetched_(context.get_executor()) {}

bool AccessToken::is_good() const {
  return !token_.empty() && steady_clock::now() < good_until_;
}

void AccessToken::refused(const std::string& token) {
  if (token == token_) token_.clear();
}

Task<std::expected<std::string, std::string>> AccessToken::get(Deadline deadline) {
  // The one that fetches has a deadline.
  while (!is_good() && is_fetching_) {
    co_await fetched_.async_wait(asio::as_tuple(asio::use_awaitable_t<Executor>()));
    if (steady_clock::now() >= deadline) co_return std::unexpected("no access token in time");
    if (!is_good() && !is_fetching_) co_return std::unexpected(failure_);
  }
  if (is_good()) co_return token_;
  const Fetching fetching(*this);
  auto fetched = co_await fetch(deadline);
  if (!fetched) failure_ = fetched.error();
  co_return fetched;
}

Task<std::expected<std::string, std::string>> AccessToken::fetch(Deadline deadline) {
  auto assertion = account_.assertion(scope_, url_, std::chrono::system_clock::now());
  HttpRequest request{
      .method = "POST",
      .url = url_,
      .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
      // Neither part has a character that the form would have to escape, but for the colons.
      .body = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=" +
              std::move(assertion),
      .most_bytes = most_answer_bytes};
  const auto answer = co_await client_.perform(std::move(request), deadline);
  if (!answer) {
    co_return std::unexpected(fmt::format("no access token: {}", answer.error().reason));
  }
  if (answer->status != 200) {
    co_return std::unexpected(fmt::format("no access token: the token endpoint answered {}{}",
                                          answer->status, error_of(*answer)));
  }
  auto fetched = read_answer(answer->body);
  if (!fetched) co_return std::unexpected("no access token: the answer is none");
  token_ = std::move(fetched->token);
  // One that lives for less than ten minutes serves for half of its life.
  const auto use = std::max(fetched->life - std::chrono::seconds(spare), fetched->life / 2);
  good_until_ = steady_clock::now() + use;
  co_return token_;
}

}  // namespace frontdesk::outbound
