#include "accounts/user_routes.hpp"

#include "accounts/user_wire.hpp"
#include "http/permitted_write.hpp"

namespace frontdesk::accounts {
namespace {

Task<http::Response> invite(Accounts& accounts, const http::Request& request) {
  const auto invitation = wire::read_invitation(request.json());
  if (!invitation) co_return http::refusal(invitation.error());
  const auto account = co_await accounts.invite(request.actor(), *invitation, request.deadline());
  if (!account) co_return http::refusal(account.error());
  co_return http::created([&](JsonWriter& json) { wire::write_managed(json, *account); });
}

}  // namespace

http::RouteTable user_routes(Accounts& accounts) {
  return {http::permitted_write(accounts, http::Method::post, "/api/v1/users", "inviteUser",
                                Permission::users_manage, invite)};
}

}  // namespace frontdesk::accounts
