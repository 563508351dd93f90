#include "http/request_builder.hpp"

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

TEST(Request, header_names_are_read_in_any_case) {
  const Request request = RequestBuilder().header("if-match", "3").header("if-match", "4").build();
  EXPECT_EQ(request.header("If-Match"), "3");
  EXPECT_EQ(request.header("if-match"), "3");
  EXPECT_EQ(request.header("If-Matc"), "");
}

TEST(Request, path_ids_are_found_by_name) {
  const Uuid first = Uuid::generate();
  const Uuid second = Uuid::generate();
  const Request request = RequestBuilder().path_id(first).path_id(second, "photo_id").build();
  EXPECT_EQ(request.path_id<AppointmentId>(), AppointmentId(first));
  EXPECT_EQ(request.path_uuid("photo_id"), second);
}

TEST(RequestDeathTest, asking_for_an_absent_path_id_is_a_bug) {
  const Request request = RequestBuilder().build();
  EXPECT_DEATH(static_cast<void>(request.path_uuid("id")), "invariant broken");
}

TEST(Request, methods_have_their_names) {
  EXPECT_EQ(name_of(Method::delete_), "DELETE");
  EXPECT_EQ(name_of(Method::options), "OPTIONS");
}

}  // namespace
}  // namespace frontdesk::http
