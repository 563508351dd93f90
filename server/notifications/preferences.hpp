#pragma once

#include "notifications/events.hpp"
#include "notifications/quiet_hours.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What one person wants to be told, and by which channels: rules without a database.
namespace frontdesk::notifications {

/// By Channel.
using Wants = std::array<bool, channel_count>;

std::optional<Group> group_from_slug(std::string_view slug);

/// Who never chose gets everything but SMS, which cost the business money and reach people
/// anywhere: those are off until chosen. Of a group that is fixed everything is on.
Wants default_wants(Group group);

/// Whether nothing of the group can be switched off: codes and notices about the account.
bool is_fixed(Group group);

/// Whether anything of the group leaves by the channel.
bool uses(Group group, Channel channel);

/// What a person is to the business, beside a customer.
struct Standing {
  bool staff = false;          ///< a login that is linked with an active member of staff
  bool administrator = false;  ///< may change the settings
};

/// Whether the group is about somebody like this.
bool concerns(Group group, Standing standing);

/// One choice that differs from the default: all that is kept.
struct Deviation {
  Group group;
  Channel channel;
  bool wanted;

  friend bool operator==(const Deviation&, const Deviation&) = default;
};

/// What a person has chosen. What is fixed is on, whatever is asked for.
class Preferences {
 public:
  /// The defaults.
  Preferences();

  [[nodiscard]] const Wants& of(Group group) const {
    return wants_[static_cast<std::size_t>(group)];
  }
  void set(Group group, Channel channel, bool wanted);

  [[nodiscard]] std::vector<Deviation> deviations() const;

  std::optional<QuietHours> quiet = {};

  friend bool operator==(const Preferences&, const Preferences&) = default;

 private:
  std::array<Wants, group_count> wants_;
};

/// What a person has chosen, as they may see it.
struct OwnPreferences {
  Preferences chosen;
  std::int64_t version = 1;
  std::string timezone = {};  ///< whose clock the quiet hours go by: the business's
};

}  // namespace frontdesk::notifications
