#include "appointments/store.hpp"

#include "appointments/appointment_row.hpp"
#include "appointments/statements.hpp"
#include "availability/check.hpp"
#include "core/ensure.hpp"

#include <utility>

namespace frontdesk::appointments::store {
namespace {

std::optional<Kept> read_answer(const db::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  const db::Row row = rows[0];
  return Kept{.fingerprint = row.get<Sha256Digest>(0),
              .answer = {row.get<std::int16_t>(1), row.get<std::string>(2)}};
}

Terms read_terms(const db::Row& row) {
  Terms terms{.currency = row.get<std::string>(5),
              .auto_confirm = row.get<bool>(6),
              .caps = {row.get<std::int32_t>(7), row.get<std::int32_t>(8)},
              .load = {row.get<std::int64_t>(9), row.get<std::int64_t>(10)},
              .now = row.get<Instant>(11)};
  if (!row.is_null(0)) {
    terms.service = {row.get<std::string>(0), row.get<std::int64_t>(1), row.get<bool>(2)};
  }
  terms.staff_name = row.get<std::optional<std::string>>(3);
  terms.customer_name = row.get<std::optional<std::string>>(4);
  return terms;
}

std::optional<Error> refusal_of(const db::SqlError& error) {
  if (error.constraint() == "occupations_no_overlap") {
    return availability::refusal_of(availability::Obstacle::taken);
  }
  if (error.constraint() == "occupations_seats") {
    return availability::refusal_of(availability::Obstacle::full);
  }
  if (error.constraint() == "appointments_user_id_fkey") {
    return invalid_field("user_id", "not_found", "There is no such customer.");
  }
  return std::nullopt;
}

}  // namespace

Task<std::optional<Kept>> find_answer(db::Connection& connection, UserId user,
                                      const IdempotencyKey& key) {
  const auto rows = co_await connection.execute(sql::find_answer, user, key.route, key.key);
  co_return read_answer(rows);
}

Task<Claim> claim_key(db::Transaction& transaction, UserId user, const IdempotencyKey& key) {
  // Two statements, because the second must see what the lock's last holder committed.
  const auto results =
      co_await transaction.execute_batch(db::Batch()
                                             .add(sql::claim_key, user, key.route, key.key)
                                             .add(sql::find_answer, user, key.route, key.key));
  co_return Claim{.granted = results[0][0].get<bool>(0), .kept = read_answer(results[1])};
}

void add_answer(db::Batch& batch, UserId user, const IdempotencyKey& key, const Answer& answer) {
  batch.add(sql::store_answer, user, key.route, key.key, key.fingerprint, answer.status,
            answer.data);
}

Task<std::int64_t> forget_answers(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::forget_answers);
  co_return rows.affected();
}

Task<Terms> lock_and_read_terms(db::Transaction& transaction, const TermsRequest& request) {
  db::Batch batch;
  ENSURE(request.customer || !request.capped);
  if (request.capped) batch.add(sql::lock_customer, *request.customer);
  if (request.staff) batch.add(sql::lock_staff, std::vector{*request.staff});
  batch.add(sql::booking_terms, request.customer, request.service, request.staff);
  const auto results = co_await transaction.execute_batch(std::move(batch));
  co_return read_terms(results.back()[0]);
}

Task<std::string> lock_candidate(db::Transaction& transaction, StaffId candidate, bool is_first) {
  const auto results = co_await transaction.execute_batch(
      db::Batch()
          .add(is_first ? sql::savepoint : sql::rollback_to_savepoint)
          .add(sql::lock_staff, std::vector{candidate})
          .add(sql::find_staff_name, candidate));
  co_return results.back()[0].get<std::string>(0);
}

void add_taking(db::Batch& batch, const Taking& taking) {
  if (taking.joins) {
    add_seats(batch, taking.id, taking.seats);
  } else {
    batch.add(sql::open_occupation, taking.id, taking.staff, taking.service,
              taking.appointment.start, taking.appointment.end, taking.blocked, taking.capacity,
              taking.seats);
  }
}

void add_seats(db::Batch& batch, OccupationId occupation, std::int32_t seats) {
  batch.add(sql::join_session, occupation, seats);
}

void add_release(db::Batch& batch, OccupationId occupation, std::int32_t seats) {
  batch.add(sql::free_time, occupation, seats);
}

void add_appointment(db::Batch& batch, const Appointment& appointment, OccupationId occupation) {
  std::optional<UserId> user;
  if (appointment.user) user = appointment.user->id;
  std::optional<std::string> name, phone, email;
  if (const auto& walk_in = appointment.walk_in) {
    name = walk_in->name;
    phone = walk_in->phone;
    email = walk_in->email;
  }
  batch.add(sql::insert_appointment, appointment.id, user, appointment.service.id,
            appointment.staff.id, occupation, appointment.date, appointment.time,
            appointment.timezone, appointment.starts_at, appointment.ends_at,
            appointment.duration_minutes, appointment.price.amount_minor,
            appointment.price.currency, slug_of(appointment.status), appointment.party_size,
            appointment.notes, appointment.created_at, name, phone, email);
}

Task<std::optional<Held>> hold(db::Transaction& transaction, const Viewer& viewer,
                               AppointmentId id) {
  const auto rows =
      co_await transaction.execute(sql::lock_appointment, id, viewer.user, viewer.sees_all);
  if (rows.empty()) co_return std::nullopt;
  const db::Row row = rows[0];
  constexpr int next = appointment_columns;
  co_return Held{.appointment = read_appointment(row),
                 .occupation = row.get<OccupationId>(next),
                 .is_own = row.get<bool>(next + 1),
                 .is_assigned = row.get<bool>(next + 2),
                 .cancel_notice = std::chrono::minutes{row.get<std::int32_t>(next + 3)},
                 .now = row.get<Instant>(next + 4)};
}

Task<std::optional<Assignment>> assignment_of(db::Transaction& transaction, const Viewer& viewer,
                                              AppointmentId id) {
  const auto rows =
      co_await transaction.execute(sql::staff_and_service_of, id, viewer.user, viewer.sees_all);
  if (rows.empty()) co_return std::nullopt;
  co_return Assignment{rows[0].get<StaffId>(0), rows[0].get<ServiceId>(1)};
}

Task<void> lock_staff(db::Transaction& transaction, const std::vector<StaffId>& members) {
  co_await transaction.execute(sql::lock_staff, members);
}

Task<Reopening> reopening_of(db::Transaction& transaction, const Held& held) {
  const Appointment& appointment = held.appointment;
  const auto rows =
      co_await transaction.execute(sql::reopening_place, held.occupation, appointment.staff.id,
                                   appointment.service.id, appointment.starts_at);
  ENSURE(!rows.empty());
  co_return Reopening{rows[0].get<OccupationId>(0), rows[0].get<Instant>(1)};
}

Task<std::string> staff_name(db::Transaction& transaction, StaffId id) {
  const auto rows = co_await transaction.execute(sql::find_staff_name, id);
  co_return rows.empty() ? std::string() : rows[0].get<std::string>(0);
}

void add_status(db::Batch& batch, const Appointment& appointment) {
  batch.add(sql::set_status, appointment.id, appointment.version - 1, slug_of(appointment.status),
            appointment.cancel_reason, appointment.updated_at);
}

void add_reopening(db::Batch& batch, const Appointment& appointment, OccupationId occupation) {
  batch.add(sql::reopen_appointment, appointment.id, appointment.version - 1,
            slug_of(appointment.status), occupation, appointment.ends_at,
            appointment.duration_minutes, appointment.updated_at);
}

void add_notes(db::Batch& batch, const Appointment& appointment) {
  batch.add(sql::set_notes, appointment.id, appointment.version - 1, appointment.notes,
            appointment.updated_at);
}

void add_move(db::Batch& batch, const Appointment& appointment, OccupationId occupation) {
  batch.add(sql::move_appointment, appointment.id, appointment.version - 1, appointment.staff.id,
            occupation, appointment.date, appointment.time, appointment.timezone,
            appointment.starts_at, appointment.ends_at, appointment.duration_minutes,
            appointment.updated_at);
}

Task<Result<void>> commit(db::Transaction& transaction, db::Batch batch) {
  try {
    const auto results = co_await transaction.commit_with(std::move(batch));
    ENSURE(results.front().affected() == 1);
    co_return Result<void>{};
  } catch (const db::SqlError& error) {
    if (auto refusal = refusal_of(error)) co_return refuse(std::move(*refusal));
    throw;
  }
}

}  // namespace frontdesk::appointments::store
