#include "appointments/wire.hpp"

#include "http/cursor.hpp"

#include <string>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace frontdesk::appointments::wire {
namespace {

const std::string service = "0192f000-0000-7000-8000-0000000000d1";
const std::string staff = "0192f000-0000-7000-8000-0000000000a1";

boost::json::value json(std::string text) {
  for (auto& c : text) {
    if (c == '\'') c = '"';
  }
  return boost::json::parse(text);
}

/// `field: code` of each bad field, in order.
template <class T>
std::string problems(const Result<T>& result) {
  if (result) return "none";
  std::string text;
  for (const auto& field : result.error().fields) {
    text += (text.empty() ? "" : ", ") + field.field + ": " + field.code;
  }
  return text;
}

TEST(ReadBooking, reads_a_wall_time_and_fills_the_defaults) {
  const auto booking =
      read_booking(json("{'service_id':'" + service + "','date':'2026-03-29','time':'14:30'}"));
  ASSERT_TRUE(booking);
  EXPECT_EQ(booking->service.to_string(), service);
  EXPECT_FALSE(booking->staff);
  EXPECT_FALSE(booking->user);
  EXPECT_EQ(booking->party_size, 1);
  EXPECT_EQ(booking->notes, "");
  const auto& start = std::get<WallTime>(booking->start);
  EXPECT_EQ(format_date(start.date), "2026-03-29");
  EXPECT_EQ(format_time(start.time), "14:30");
}

TEST(ReadBooking, reads_an_instant_and_everything_else) {
  const auto booking = read_booking(
      json("{'service_id':'" + service + "','staff_id':'" + staff +
           "','starts_at':'2026-03-29T14:30:00+02:00','notes':'hi','party_size':3,'user_id':'" +
           staff + "'}"));
  ASSERT_TRUE(booking);
  EXPECT_EQ(booking->staff->to_string(), staff);
  EXPECT_EQ(format_instant(std::get<Instant>(booking->start)), "2026-03-29T12:30:00Z");
  EXPECT_EQ(booking->notes, "hi");
  EXPECT_EQ(booking->party_size, 3);
  EXPECT_TRUE(booking->user);
}

TEST(ReadBooking, null_is_as_good_as_absent) {
  EXPECT_TRUE(read_booking(json("{'service_id':'" + service +
                                "','staff_id':null,'notes':null,'party_size':null,'user_id':null,"
                                "'starts_at':'2026-03-29T12:30:00Z','date':null,'time':null}")));
}

TEST(ReadBooking, the_start_is_given_in_exactly_one_way) {
  const std::string head = "{'service_id':'" + service + "'";
  EXPECT_EQ(problems(read_booking(json(head + "}"))), "starts_at: required");
  EXPECT_EQ(problems(read_booking(json(head + ",'date':'2026-03-29'}"))), "time: required");
  EXPECT_EQ(problems(read_booking(json(head + ",'time':'10:00'}"))), "date: required");
  EXPECT_EQ(problems(read_booking(json(
                head + ",'starts_at':'2026-03-29T12:30:00Z','date':'2026-03-29','time':'10:00'}"))),
            "starts_at: conflicting");
}

TEST(ReadBooking, R17_names_every_bad_and_every_unknown_field) {
  const auto booking = read_booking(
      json("{'service_id':7,'staff_id':'x','date':'2026-02-30','time':'25:00','party_size':0,"
           "'price':1,'status':'confirmed'}"));
  ASSERT_FALSE(booking);
  EXPECT_EQ(booking.error().kind, ErrorKind::invalid);
  EXPECT_EQ(booking.error().code, "validation_failed");
  EXPECT_EQ(problems(booking),
            "service_id: invalid, staff_id: invalid, party_size: out_of_range, date: invalid, "
            "time: invalid, price: unknown_field, status: unknown_field");
}

TEST(ReadBooking, R60_refuses_instants_without_an_offset_and_out_of_range) {
  const std::string head = "{'service_id':'" + service + "','starts_at':'";
  for (const auto* bad : {"2026-03-29T12:30:00", "infinity", "2026-03-29", "9999-01-01T00:00:00Z",
                          "2026-03-29T24:00:00Z"}) {
    EXPECT_EQ(problems(read_booking(json(head + bad + "'}"))), "starts_at: invalid") << bad;
  }
}

TEST(ReadBooking, notes_have_a_limit_in_characters) {
  const std::string head =
      "{'service_id':'" + service + "','starts_at':'2026-03-29T12:30:00Z','notes':'";
  std::string notes;
  for (std::size_t i = 0; i < longest_notes; ++i) notes += "ü";
  EXPECT_TRUE(read_booking(json(head + notes + "'}")));
  EXPECT_EQ(problems(read_booking(json(head + notes + "x'}"))), "notes: too_long");
}

TEST(ReadBooking, a_body_that_is_no_object_is_refused) {
  for (const auto* body : {"[]", "7", "'x'", "true"}) {
    const auto booking = read_booking(json(body));
    ASSERT_FALSE(booking) << body;
    EXPECT_EQ(booking.error().kind, ErrorKind::invalid);
  }
}

TEST(ReadMove, takes_a_start_and_perhaps_a_member) {
  const auto move =
      read_move(json("{'date':'2026-03-29','time':'10:00','staff_id':'" + staff + "'}"));
  ASSERT_TRUE(move);
  EXPECT_EQ(move->staff->to_string(), staff);
  EXPECT_EQ(problems(read_move(json("{}"))), "starts_at: required");
  EXPECT_EQ(problems(read_move(json("{'starts_at':'2026-03-29T12:30:00Z','notes':'x'}"))),
            "notes: unknown_field");
}

TEST(ReadReason, needs_no_body) {
  EXPECT_TRUE(read_reason(boost::json::value()));
  EXPECT_EQ(**read_reason(json("{'reason':'ill'}")), "ill");
  EXPECT_EQ(
      problems(read_reason(json("{'reason':'" + std::string(longest_reason + 1, 'x') + "'}"))),
      "reason: too_long");
}

TEST(ReadNotes, are_required_and_may_be_empty) {
  EXPECT_EQ(*read_notes(json("{'notes':''}")), "");
  EXPECT_EQ(problems(read_notes(json("{}"))), "notes: required");
  EXPECT_EQ(problems(read_notes(json("{'notes':'x','status':'confirmed'}"))),
            "status: unknown_field");
}

TEST(ReadNothing, refuses_every_field) {
  EXPECT_TRUE(read_nothing(boost::json::value()));
  EXPECT_TRUE(read_nothing(json("{}")));
  EXPECT_EQ(problems(read_nothing(json("{'status':'confirmed'}"))), "status: unknown_field");
}

TEST(ReadListQuery, has_the_defaults_of_the_contract) {
  const auto query = read_list_query({});
  ASSERT_TRUE(query);
  EXPECT_EQ(query->order, Order::earliest_start);
  EXPECT_EQ(query->page.limit, 20);
  EXPECT_TRUE(query->filter.statuses.empty());
}

TEST(ReadListQuery, reads_every_filter) {
  const auto query = read_list_query({{"status", "no_show,pending,no_show"},
                                      {"from", "2026-03-01"},
                                      {"to", "2026-03-01"},
                                      {"staff_id", staff},
                                      {"service_id", service},
                                      {"user_id", staff},
                                      {"q", "ada"},
                                      {"sort", "-created_at"},
                                      {"total", "true"}});
  ASSERT_TRUE(query);
  EXPECT_EQ(query->filter.statuses, (std::vector{Status::no_show, Status::pending}));
  EXPECT_EQ(query->filter.from, query->filter.to);
  EXPECT_EQ(query->filter.text, "ada");
  EXPECT_EQ(query->order, Order::newest_booking);
  EXPECT_TRUE(query->page.with_total);
}

TEST(ReadListQuery, R32_names_come_from_a_fixed_table) {
  EXPECT_EQ(problems(read_list_query({{"sort", "price"}})), "sort: invalid");
  for (const auto* status : {"open", "", ",", "pending,", "pending, confirmed", "Pending"}) {
    EXPECT_EQ(problems(read_list_query({{"status", status}})), "status: invalid") << status;
  }
  EXPECT_EQ(problems(read_list_query({{"order", "asc"}})), "order: unknown_field");
  EXPECT_EQ(problems(read_list_query({{"from", "2026-03-02"}, {"to", "2026-03-01"}})),
            "to: out_of_range");
}

TEST(ReadListQuery, a_cursor_belongs_to_its_order_and_a_forged_instant_is_refused) {
  const auto id = AppointmentId::generate();
  const auto cursor = http::encode_cursor("starts_at", earliest_instant, id);
  EXPECT_EQ(read_list_query({{"cursor", cursor}})->page.after->id, id);
  EXPECT_EQ(problems(read_list_query({{"cursor", cursor}, {"sort", "-starts_at"}})),
            "cursor: invalid");
  const auto forged = http::encode_cursor("starts_at", Instant::min(), id);
  EXPECT_EQ(problems(read_list_query({{"cursor", forged}})), "cursor: invalid");
}

}  // namespace
}  // namespace frontdesk::appointments::wire
