#include "accounts/account.hpp"

#include "core/change.hpp"

namespace frontdesk::accounts {

std::vector<std::string_view> apply(const AccountChange& change, Account& account) {
  std::vector<std::string_view> changed;
  if (replace(account.name, change.name)) changed.emplace_back("name");
  if (replace(account.phone, change.phone)) {
    account.phone_verified = false;
    changed.emplace_back("phone");
  }
  if (replace(account.locale, change.locale)) changed.emplace_back("locale");
  if (replace(account.timezone, change.timezone)) changed.emplace_back("timezone");
  return changed;
}

}  // namespace frontdesk::accounts
