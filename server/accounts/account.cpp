#include "accounts/account.hpp"

namespace frontdesk::accounts {
namespace {

template <class T>
bool replace(T& present, const std::optional<T>& wanted) {
  if (!wanted || *wanted == present) return false;
  present = *wanted;
  return true;
}

}  // namespace

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
