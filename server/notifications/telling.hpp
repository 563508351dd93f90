#pragma once

#include "appointments/appointments.hpp"
#include "core/error.hpp"
#include "core/task.hpp"
#include "core/zone.hpp"
#include "db/connection.hpp"
#include "notifications/dispatch_store.hpp"
#include "notifications/events.hpp"
#include "notifications/links.hpp"
#include "notifications/recipient.hpp"
#include "queue/message.hpp"

#include <optional>
#include <string>
#include <vector>

#include <boost/json/object.hpp>

/// Who is to be told what. Internal to the dispatcher.
namespace frontdesk::notifications {

/// An event in hand.
struct Dispatch {
  const Uuid& id;
  const queue::Message& message;
  const boost::json::object& content;  ///< of message.text
  const Event& event;
  const Links& links;
  const std::optional<appointments::Appointment> appointment;  ///< that `content` is about
};

/// Whom a message goes to: an account, or whoever reads an address or number.
struct Addressee {
  std::optional<UserId> user = {};
  std::string name = {};                  ///< of an account
  std::string email = {};                 ///< empty: none
  std::optional<std::string> phone = {};  ///< E.164
  std::string locale = {};                ///< BCP 47; empty: the business's
  std::array<bool, channel_count> wants = {true, true, true, true};
  std::optional<QuietHours> quiet = {};
};

/// One event, to be told to one person.
struct Telling {
  const Event* event;
  Addressee to;
  Facts facts;
  /// For a customer's calendar.
  std::optional<appointments::Appointment> invitation = {};
  bool by_mail_only = false;
  /// The start that a reminder is for.
  std::optional<Instant> reminds_of = {};
};

/// Whom an event of `event` that is about `user`, or for the address `to`, is for.
Task<std::vector<Addressee>> addressees(db::Connection& connection, const Event& event,
                                        const std::optional<UserId>& user, const std::string& to);

/// An account; nobody where it is disabled or gone.
Task<std::optional<Addressee>> addressee(db::Connection& connection, const UserId& user,
                                         Group group);

/// What `dispatch` says, to whom. Refuses with `facts_incomplete` (see read_facts).
Task<Result<std::vector<Telling>>> tellings_of(db::Connection& connection, const Dispatch& dispatch,
                                               const store::BusinessRow& business);

/// Adds what a telling about an appointment leads to, where the facts do not say it already.
void add_links(Telling& telling, const Links& links,
               const std::optional<AppointmentId>& appointment);

}  // namespace frontdesk::notifications
