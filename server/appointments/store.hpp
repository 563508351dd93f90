#pragma once

#include "appointments/appointments.hpp"
#include "db/connection.hpp"
#include "db/transaction.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

/// The only place of this feature that names SQL and constraints. Functions that add to a Batch
/// write when the batch is run.
namespace frontdesk::appointments::store {

/// Who looks: everyone's appointments, or their own and those assigned to them (R16).
struct Viewer {
  UserId user;
  std::optional<StaffId> staff;  ///< the member whose login this is
  bool sees_all;
  bool reads_users;  ///< what accounts hold beside the name

  /// The caller is logged in (ENSURE).
  static Viewer of(const Actor& actor);
};

// Reading.

Task<std::optional<Appointment>> find(db::Connection& connection, const Viewer& viewer,
                                      AppointmentId id);
/// Refuses a text that too much matches, as Appointments::list does.
Task<Result<Page<Appointment>>> list(db::Connection& connection, const Viewer& viewer,
                                     const Filter& filter, Order order,
                                     const PageRequest<ListKey>& page);
Task<Venue> venue(db::Connection& connection);
Task<bool> exists(db::Connection& connection, AppointmentId id);

// Idempotency (R51).

/// An answer that was kept, and the fingerprint of its request.
struct Kept {
  Sha256Digest fingerprint;
  Answer answer;
};
Task<std::optional<Kept>> find_answer(db::Connection& connection, UserId user,
                                      const IdempotencyKey& key);

struct Claim {
  bool granted;  ///< nobody else holds the key; it is the caller's until the transaction ends
  std::optional<Kept> kept;
};
Task<Claim> claim_key(db::Transaction& transaction, UserId user, const IdempotencyKey& key);
void add_answer(db::Batch& batch, UserId user, const IdempotencyKey& key, const Answer& answer);
Task<std::int64_t> forget_answers(db::Connection& connection);

// Booking.

struct TermsRequest {
  std::optional<UserId> customer;  ///< nobody: a walk-in
  ServiceId service;
  std::optional<StaffId> staff;  ///< locked (R52)
  bool capped;                   ///< locks the customer (ENSURE), so that the caps hold (R22)
};

/// What a booking needs beside free time, as it stands once the locks are held.
struct Terms {
  struct Service {
    std::string name;
    std::int64_t price_minor;
    bool active;
  };
  std::optional<Service> service = {};         ///< nothing: there is none
  std::optional<std::string> staff_name = {};  ///< nothing: not asked for, gone, or does not do it
  std::optional<std::string> customer_name = {};  ///< nothing: a walk-in, or there is none
  std::string currency;
  bool auto_confirm;
  Caps caps;
  CustomerLoad load;
  Instant now;  ///< when the transaction began, by the database clock
};
Task<Terms> lock_and_read_terms(db::Transaction& transaction, const TermsRequest& request);

/// Locks one candidate for "anyone", letting go of the one before unless `is_first`: nobody ever
/// holds two of these locks, so they need no order. Returns the name.
Task<std::string> lock_candidate(db::Transaction& transaction, StaffId candidate, bool is_first);

/// Time or seats to take.
struct Taking {
  OccupationId id;
  bool joins;  ///< seats of the session with that id; otherwise time of its own
  StaffId staff;
  ServiceId service;
  TimeRange appointment;
  TimeRange blocked;
  std::int32_t capacity;
  std::int32_t seats;
};
void add_taking(db::Batch& batch, const Taking& taking);
/// Seats of an occupation that exists: a session's, or its whole time where nobody has it.
void add_seats(db::Batch& batch, OccupationId occupation, std::int32_t seats);
void add_release(db::Batch& batch, OccupationId occupation, std::int32_t seats);
void add_appointment(db::Batch& batch, const Appointment& appointment, OccupationId occupation);

// Changing.

/// An appointment, locked, and what decides what the viewer may do with it.
struct Held {
  Appointment appointment;
  OccupationId occupation;
  bool is_own;
  bool is_assigned;
  std::chrono::minutes cancel_notice;
  Instant now;  ///< when the transaction began, by the database clock
};
Task<std::optional<Held>> hold(db::Transaction& transaction, const Viewer& viewer,
                               AppointmentId id);

struct Assignment {
  StaffId staff;
  ServiceId service;
};
Task<std::optional<Assignment>> assignment_of(db::Transaction& transaction, const Viewer& viewer,
                                              AppointmentId id);
Task<void> lock_staff(db::Transaction& transaction, const std::vector<StaffId>& members);
/// Where a reopened appointment finds its time, and when that ends.
struct Reopening {
  OccupationId occupation;
  Instant ends_at;
};
/// `held` is not active; the caller has the member's lock.
Task<Reopening> reopening_of(db::Transaction& transaction, const Held& held);

/// Empty where there is nobody with this id.
Task<std::string> staff_name(db::Transaction& transaction, StaffId id);

/// Each writes the fields that its use case changes; `appointment.version` is already the new one.
void add_status(db::Batch& batch, const Appointment& appointment);
void add_reopening(db::Batch& batch, const Appointment& appointment, OccupationId occupation);
void add_notes(db::Batch& batch, const Appointment& appointment);
void add_move(db::Batch& batch, const Appointment& appointment, OccupationId occupation);

/// Runs the batch and commits. Its first statement writes exactly one row (ENSURE). Refuses with
/// `slot_taken` what occupations_no_overlap and occupations_seats refuse, and a customer who has
/// just gone with 422. Throws CommitUnknown (R56).
Task<Result<void>> commit(db::Transaction& transaction, db::Batch batch);

}  // namespace frontdesk::appointments::store
