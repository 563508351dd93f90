#include "accounts/avatar_routes.hpp"

#include "http/if_match.hpp"
#include "http/upload.hpp"

#include <memory>

namespace frontdesk::accounts {
namespace {

struct Parts {
  Accounts& accounts;
  media::Media& media;
};

Task<http::Response> put_avatar(const Parts& parts, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto upload = http::read_image_upload(request);
  if (!upload) co_return http::refusal(upload.error());
  const auto taken = co_await parts.media.take_in(
      media::ImageKind::avatar, std::string(upload->content), upload->alt, request.deadline());
  if (!taken) co_return http::refusal(taken.error());
  const auto account =
      co_await parts.accounts.set_avatar(request.actor(), &*taken, *version, request.deadline());
  if (!account) co_return http::refusal(account.error());
  co_return http::ok([&](JsonWriter& json) { media::write(json, *account->avatar); });
}

Task<http::Response> delete_avatar(const Parts& parts, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto account =
      co_await parts.accounts.set_avatar(request.actor(), nullptr, *version, request.deadline());
  co_return account ? http::no_content() : http::refusal(account.error());
}

http::Route own(const std::shared_ptr<const Parts>& parts, http::Method method,
                std::string_view operation,
                Task<http::Response> (*handler)(const Parts&, const http::Request&)) {
  return {.method = method,
          .pattern = "/api/v1/users/me/avatar",
          .operation = operation,
          .access = http::Access::logged_in(),
          .ownership = http::Ownership::self,
          .handler = [parts, handler](const http::Request& request) {
            return handler(*parts, request);
          }};
}

}  // namespace

http::RouteTable avatar_routes(Accounts& accounts, media::Media& media, http::BodyGate& gate) {
  const auto parts = std::make_shared<const Parts>(accounts, media);
  return {http::taking_image(own(parts, http::Method::put, "setAvatar", put_avatar), gate),
          own(parts, http::Method::delete_, "deleteAvatar", delete_avatar)};
}

}  // namespace frontdesk::accounts
