#include "appointments/store_search.hpp"

#include "appointments/statements.hpp"
#include "core/email_address.hpp"
#include "core/ensure.hpp"
#include "db/like.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace frontdesk::appointments::store {
namespace {

constexpr std::size_t most_matches = 1000;  // the statements find one more

constexpr Statements pages_of_found{&sql::list_found_by_start, &sql::list_found_by_start_descending,
                                    &sql::list_found_by_creation};

/// A text as the statements look for it.
struct Wanted {
  std::string text;
  std::string pattern;
  bool in_contacts;  ///< also as a piece of the e-mail address or phone number of an account
};

// Who may not read an address could find it out letter by letter. Their own is no secret.
Wanted wanted_of(const Viewer& viewer, const std::optional<Owners>& owners, const Filter& filter) {
  ENSURE(filter.text.has_value());
  const bool is_own = owners && owners->customer == viewer.user && !owners->staff;
  const auto address = EmailAddress::parse(*filter.text);
  std::string text = address ? address->text() : *filter.text;
  std::string pattern = db::like_containing(text);
  return {.text = std::move(text),
          .pattern = std::move(pattern),
          .in_contacts = viewer.reads_users || is_own};
}

/// What a text was found in.
struct Matches {
  std::vector<UserId> customers = {};
  std::vector<ServiceId> services = {};
  std::vector<StaffId> members = {};
  std::vector<AppointmentId> appointments = {};  ///< in their notes or the details of a walk-in

  [[nodiscard]] bool empty() const {
    return customers.empty() && services.empty() && members.empty() && appointments.empty();
  }
};

template <class IdType>
std::vector<IdType> ids_in(const db::Rows& rows) {
  std::vector<IdType> ids;
  ids.reserve(rows.size());
  for (const db::Row row : rows) ids.push_back(row.get<IdType>(0));
  return ids;
}

std::unexpected<Error> too_broad(std::string message) {
  FieldError field{.field = "q", .code = "too_broad", .message = message};
  return refuse({.kind = ErrorKind::invalid,
                 .code = "too_broad",
                 .message = std::move(message),
                 .fields = {std::move(field)}});
}

// Accounts first: what fits too many of them need not be looked for in what appointments say.
Task<Result<Matches>> find_matches(db::Connection& connection, const Wanted& wanted) {
  const auto results = co_await connection.execute_batch(
      db::Batch()
          .add(sql::find_customers, wanted.text, wanted.pattern, wanted.in_contacts)
          .add(sql::find_offers, wanted.pattern));
  if (results[0].size() > most_matches) {
    co_return too_broad(
        "More than 1,000 customers match: write more of the name, address or number.");
  }
  if (results[1].size() > most_matches) {
    co_return too_broad("More than 1,000 services and members of staff match: write more.");
  }
  const auto texts = co_await connection.execute(sql::find_texts, wanted.text, wanted.pattern);
  if (texts.size() > most_matches) {
    co_return too_broad(
        "More than 1,000 appointments have this in their notes or the customer's details: write "
        "more of it.");
  }
  Matches matches{.customers = ids_in<UserId>(results[0]),
                  .appointments = ids_in<AppointmentId>(texts)};
  for (const db::Row row : results[1]) {
    if (row.get<bool>(1)) {
      matches.services.push_back(row.get<ServiceId>(0));
    } else {
      matches.members.push_back(row.get<StaffId>(0));
    }
  }
  co_return matches;
}

Task<Result<Page<Appointment>>> search_all(db::Connection& connection, const Wanted& wanted,
                                           const Filter& filter, Order order,
                                           const PageRequest<ListKey>& page) {
  auto matches = co_await find_matches(connection, wanted);
  if (!matches) co_return refuse(std::move(matches.error()));
  if (matches->empty()) {
    co_return Page<Appointment>{
        .items = {}, .total = page.with_total ? std::optional(std::int64_t{0}) : std::nullopt};
  }
  const Bounds bounds = bounds_of(filter);
  const Edge edge = edge_of(bounds, order, page);
  db::Batch batch;
  batch.add(in(pages_of_found, order), edge.at, edge.id, edge.other_end, bounds.first, bounds.last,
            bounds.statuses, filter.service, matches->customers, matches->services,
            matches->members, matches->appointments, std::int64_t{page.limit} + 1);
  if (page.with_total) {
    batch.add(sql::count_found, bounds.from, bounds.until, bounds.first, bounds.last,
              bounds.statuses, filter.service, matches->customers, matches->services,
              matches->members, matches->appointments);
  }
  co_return read_page(co_await connection.execute_batch(std::move(batch)), page);
}

Task<Page<Appointment>> search_own(db::Connection& connection, const Owners& owners,
                                   const Wanted& wanted, const Filter& filter, Order order,
                                   const PageRequest<ListKey>& page) {
  const Bounds bounds = bounds_of(filter);
  const Edge edge = edge_of(bounds, order, page);
  db::Batch batch;
  batch.add(sql::list_own_found, owners.customer, owners.staff, bounds.from, bounds.until,
            bounds.first, bounds.last, bounds.statuses, filter.service, filter.user, filter.staff,
            wanted.text, wanted.pattern, wanted.in_contacts, static_cast<std::int32_t>(order),
            edge.at, edge.id, std::int64_t{page.limit} + 1);
  if (page.with_total) {
    batch.add(sql::count_own_found, owners.customer, owners.staff, bounds.from, bounds.until,
              bounds.first, bounds.last, bounds.statuses, filter.service, filter.user, filter.staff,
              wanted.text, wanted.pattern, wanted.in_contacts);
  }
  co_return read_page(co_await connection.execute_batch(std::move(batch)), page);
}

}  // namespace

Task<Result<Page<Appointment>>> search(db::Connection& connection, const Viewer& viewer,
                                       const std::optional<Owners>& owners, const Filter& filter,
                                       Order order, const PageRequest<ListKey>& page) {
  const Wanted wanted = wanted_of(viewer, owners, filter);
  if (owners) {
    co_return co_await search_own(connection, *owners, wanted, filter, order, page);
  }
  co_return co_await search_all(connection, wanted, filter, order, page);
}

}  // namespace frontdesk::appointments::store
