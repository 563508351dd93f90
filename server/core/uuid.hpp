#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk {

/// RFC 9562 UUID as 16 bytes in network order. Made as version 7, so that ids sort by creation.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  /// A new version 7 UUID: milliseconds of the system clock, then 74 bits of the system CSPRNG.
  static Uuid generate();

  /// Reads the canonical 36-character form in either case; nullopt for anything else.
  static std::optional<Uuid> parse(std::string_view text);

  /// Canonical lower-case form.
  [[nodiscard]] std::string to_string() const;

  /// Appends the canonical form without an allocation of its own.
  void append_to(std::string& out) const;

  friend auto operator<=>(const Uuid&, const Uuid&) = default;
};

/// An id that cannot be mistaken for the id of another thing: `Id<struct UserTag>`.
template <class Tag>
struct Id : Uuid {
  Id() = default;
  explicit Id(const Uuid& uuid) : Uuid(uuid) {}

  static Id generate() { return Id(Uuid::generate()); }
  static std::optional<Id> parse(std::string_view text) {
    if (auto uuid = Uuid::parse(text)) return Id(*uuid);
    return std::nullopt;
  }
  friend auto operator<=>(const Id&, const Id&) = default;
};

using UserId = Id<struct UserTag>;
using RoleId = Id<struct RoleTag>;
using SessionId = Id<struct SessionTag>;
using CategoryId = Id<struct CategoryTag>;
using ServiceId = Id<struct ServiceTag>;
using StaffId = Id<struct StaffTag>;
using AppointmentId = Id<struct AppointmentTag>;
using OccupationId = Id<struct OccupationTag>;
using TimeOffId = Id<struct TimeOffTag>;

}  // namespace frontdesk

template <>
struct std::hash<frontdesk::Uuid> {
  std::size_t operator()(const frontdesk::Uuid& uuid) const noexcept;
};
template <class Tag>
struct std::hash<frontdesk::Id<Tag>> : std::hash<frontdesk::Uuid> {};
