#include "http/cached_read.hpp"

#include "http/request_builder.hpp"

#include <stdexcept>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

/// What a feature would read from the database.
struct Shelf {
  std::string label = "first";
  int reads = 0;
  AnswerCache* changed_while_reading = nullptr;
};

Task<Response> read_label(Shelf& shelf, const Request& request) {
  ++shelf.reads;
  const std::string label = shelf.label;
  if (shelf.changed_while_reading != nullptr) {
    shelf.label = "changed";
    shelf.changed_while_reading->clear();
  }
  if (request.path() == "/absent") co_return refusal(not_found());
  co_return ok([&](JsonWriter& json) { json.value(label); });
}

Task<Response> change_label(const Request& request) {
  if (request.path() == "/broken") throw std::runtime_error("after the change was made");
  co_return no_content();
}

class CachedRead : public ::testing::Test {
 protected:
  Response answer(const Route& route, const Request& request) {
    asio::io_context io;
    Response response;
    std::exception_ptr failure;
    asio::co_spawn(io, route.handler(request), [&](std::exception_ptr thrown, Response made) {
      failure = thrown;
      response = std::move(made);
    });
    io.run();
    if (failure) std::rethrow_exception(failure);
    return response;
  }
  std::string text(const Request& request) {
    const Response response = answer(read_, request);
    return response.content ? response.content->body : response.body;
  }

  AnswerCache answers_;
  Shelf shelf_;
  Route read_ = cached_read(answers_, shelf_, "/label", "getLabel", read_label);
  Route write_ = clearing(answers_, {.method = Method::put,
                                     .pattern = "/label",
                                     .operation = "putLabel",
                                     .access = Access::anyone(),
                                     .ownership = Ownership::none,
                                     .handler = change_label});
  const std::string first_ = R"({"success":true,"data":"first"})";
  const Request request_ = RequestBuilder().path("/label").build();
};

TEST_F(CachedRead, reads_once_what_is_asked_for_twice) {
  EXPECT_EQ(text(request_), first_);
  EXPECT_EQ(text(request_), first_);
  EXPECT_EQ(shelf_.reads, 1);
}

TEST_F(CachedRead, different_questions_have_different_answers) {
  text(request_);
  text(RequestBuilder().path("/label").parameter("a", "bc").build());
  text(RequestBuilder().path("/label").parameter("ab", "c").build());
  text(RequestBuilder().path("/other").build());
  EXPECT_EQ(shelf_.reads, 4);
  text(RequestBuilder().path("/label").parameter("a", "bc").build());
  EXPECT_EQ(shelf_.reads, 4);
}

TEST_F(CachedRead, refusals_and_searches_are_not_kept) {
  const Request absent = RequestBuilder().path("/absent").build();
  EXPECT_EQ(answer(read_, absent).status, 404u);
  EXPECT_EQ(answer(read_, absent).status, 404u);
  const Request search = RequestBuilder().path("/label").parameter("q", "x").build();
  text(search);
  text(search);
  EXPECT_EQ(shelf_.reads, 4);
  EXPECT_EQ(answers_.size(), 0u);
}

TEST_F(CachedRead, I7_a_write_is_seen_by_whoever_reads_after_its_answer) {
  text(request_);
  shelf_.label = "second";
  answer(write_, RequestBuilder().method(Method::put).path("/label").build());
  EXPECT_EQ(text(request_), R"({"success":true,"data":"second"})");
}

TEST_F(CachedRead, I7_a_write_that_fails_may_have_been_made) {
  text(request_);
  shelf_.label = "second";
  EXPECT_THROW(answer(write_, RequestBuilder().method(Method::put).path("/broken").build()),
               std::runtime_error);
  EXPECT_EQ(text(request_), R"({"success":true,"data":"second"})");
}

TEST_F(CachedRead, I7_what_changed_while_it_was_read_is_not_kept) {
  shelf_.changed_while_reading = &answers_;
  EXPECT_EQ(text(request_), first_) << "as it was when it was asked for";
  shelf_.changed_while_reading = nullptr;
  EXPECT_EQ(text(request_), R"({"success":true,"data":"changed"})");
}

}  // namespace
}  // namespace frontdesk::http
