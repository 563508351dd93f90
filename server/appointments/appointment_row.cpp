#include "appointments/appointment_row.hpp"

#include "core/ensure.hpp"

namespace frontdesk::appointments::store {
namespace {

std::optional<Named<UserId>> read_customer(const db::Row& row) {
  const auto id = row.get<std::optional<UserId>>(1);
  if (!id) return std::nullopt;
  return Named<UserId>{*id, row.get<std::string>(2)};
}

std::optional<WalkIn> read_walk_in(const db::Row& row) {
  if (row.is_null(22)) return std::nullopt;
  return WalkIn{.name = row.get<std::string>(22),
                .phone = row.get<std::optional<std::string>>(23),
                .email = row.get<std::optional<std::string>>(24)};
}

Status read_status(const db::Row& row, int column) {
  const auto status = status_from_slug(row.get<std::string_view>(column));
  ENSURE(status.has_value());
  return *status;
}

}  // namespace

Appointment read_appointment(const db::Row& row) {
  return Appointment{
      .id = row.get<AppointmentId>(0),
      .user = read_customer(row),
      .service = {row.get<ServiceId>(3), row.get<std::string>(4)},
      .staff = {row.get<StaffId>(5), row.get<std::string>(6)},
      .date = row.get<LocalDate>(7),
      .time = row.get<LocalTime>(8),
      .timezone = row.get<std::string>(9),
      .starts_at = row.get<Instant>(10),
      .ends_at = row.get<Instant>(11),
      .duration_minutes = row.get<std::int32_t>(12),
      .price = {row.get<std::int64_t>(13), row.get<std::string>(14)},
      .status = read_status(row, 15),
      .party_size = row.get<std::int32_t>(16),
      .notes = row.get<std::string>(17),
      .cancel_reason = row.get<std::optional<std::string>>(18),
      .created_at = row.get<Instant>(19),
      .updated_at = row.get<Instant>(20),
      .version = row.get<std::int64_t>(21),
      .walk_in = read_walk_in(row),
  };
}

}  // namespace frontdesk::appointments::store
