#include "http/page.hpp"

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

struct Position {
  std::int32_t position;
  ServiceId id;
};

PageRequest<Position> read(const QueryFields::Parameters& parameters, std::optional<Error>& error) {
  QueryFields query(parameters);
  auto page = read_page<Position, std::int32_t, ServiceId>(query, "position");
  error = query.error();
  return page;
}

TEST(ReadPage, has_the_defaults_of_the_contract) {
  std::optional<Error> error;
  const auto page = read({}, error);
  EXPECT_FALSE(error);
  EXPECT_EQ(page.limit, 20);
  EXPECT_FALSE(page.after);
  EXPECT_FALSE(page.with_total);
}

TEST(ReadPage, reads_limit_total_and_cursor) {
  const ServiceId id = ServiceId::generate();
  std::optional<Error> error;
  const auto page = read(
      {{"limit", "100"}, {"total", "true"}, {"cursor", encode_cursor("position", 7, id)}}, error);
  EXPECT_FALSE(error);
  EXPECT_EQ(page.limit, 100);
  EXPECT_TRUE(page.with_total);
  ASSERT_TRUE(page.after);
  EXPECT_EQ(page.after->position, 7);
  EXPECT_EQ(page.after->id, id);
}

TEST(ReadPage, R32_a_page_has_at_most_100_items) {
  std::optional<Error> error;
  for (const auto* limit : {"0", "101", "-1", "x"}) {
    read({{"limit", limit}}, error);
    ASSERT_TRUE(error) << limit;
    EXPECT_EQ(error->fields.at(0).field, "limit");
  }
}

TEST(ReadPage, a_cursor_of_somebody_elses_is_422) {
  std::optional<Error> error;
  const std::string other = encode_cursor("name", 7, ServiceId::generate());
  for (const std::string& cursor :
       {std::string(), std::string("x"), other, std::string(3000, 'A')}) {
    read({{"cursor", cursor}}, error);
    ASSERT_TRUE(error) << cursor;
    EXPECT_EQ(error->kind, ErrorKind::invalid);
    EXPECT_EQ(error->fields.at(0).field, "cursor");
  }
}

Response list_of(const Page<int>& page) {
  return list(
      page, [](JsonWriter& json, int item) { json.value(item); },
      [](int item) { return "after-" + std::to_string(item); });
}

TEST(List, names_the_next_page_where_there_is_one) {
  EXPECT_EQ(list_of({.items = {1, 2}, .more = true, .total = {}}).body,
            R"({"success":true,"data":{"items":[1,2],"next_cursor":"after-2"}})");
}

TEST(List, gives_the_total_where_it_was_asked_for) {
  EXPECT_EQ(list_of({.items = {}, .more = false, .total = 0}).body,
            R"({"success":true,"data":{"items":[],"next_cursor":null,"total":0}})");
}

}  // namespace
}  // namespace frontdesk::http
