#include "staff/member.hpp"

#include "core/change.hpp"

namespace frontdesk::staff {

std::vector<std::string_view> apply(const MemberChange& change, Member& member) {
  std::vector<std::string_view> changed;
  if (replace(member.name, change.name)) changed.emplace_back("name");
  if (replace(member.title, change.title)) changed.emplace_back("title");
  if (replace(member.bio, change.bio)) changed.emplace_back("bio");
  if (replace(member.user, change.user)) changed.emplace_back("user_id");
  if (replace(member.active, change.active)) changed.emplace_back("active");
  return changed;
}

}  // namespace frontdesk::staff
