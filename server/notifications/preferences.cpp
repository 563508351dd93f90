#include "notifications/preferences.hpp"

#include <algorithm>

namespace frontdesk::notifications {
namespace {

constexpr Group group_at(int index) {
  return static_cast<Group>(index);
}

constexpr Channel channel_at(int index) {
  return static_cast<Channel>(index);
}

}  // namespace

std::optional<Group> group_from_slug(std::string_view slug) {
  for (int i = 0; i < group_count; ++i) {
    if (slug_of(group_at(i)) == slug) return group_at(i);
  }
  return std::nullopt;
}

Wants default_wants(Group group) {
  Wants wants;
  wants.fill(true);
  if (!is_fixed(group)) wants[static_cast<std::size_t>(Channel::sms)] = false;
  return wants;
}

bool is_fixed(Group group) {
  return std::ranges::none_of(events(), [group](const Event& event) {
    return event.group == group && event.can_be_switched_off;
  });
}

bool uses(Group group, Channel channel) {
  return std::ranges::any_of(events(), [group, channel](const Event& event) {
    return event.group == group && event.takes(channel);
  });
}

bool concerns(Group group, Standing standing) {
  switch (group) {
    case Group::staff_bookings:
    case Group::staff_agenda:
      return standing.staff;
    case Group::administration:
      return standing.administrator;
    default:
      return true;
  }
}

Preferences::Preferences() {
  for (int i = 0; i < group_count; ++i) {
    wants_[static_cast<std::size_t>(i)] = default_wants(group_at(i));
  }
}

void Preferences::set(Group group, Channel channel, bool wanted) {
  wants_[static_cast<std::size_t>(group)][static_cast<std::size_t>(channel)] =
      wanted || is_fixed(group);
}

std::vector<Deviation> Preferences::deviations() const {
  std::vector<Deviation> found;
  for (int i = 0; i < group_count; ++i) {
    const auto group = group_at(i);
    const auto defaults = default_wants(group);
    for (int j = 0; j < channel_count; ++j) {
      const bool wanted = of(group)[static_cast<std::size_t>(j)];
      if (wanted != defaults[static_cast<std::size_t>(j)]) {
        found.push_back({group, channel_at(j), wanted});
      }
    }
  }
  return found;
}

}  // namespace frontdesk::notifications
