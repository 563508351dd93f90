#include "queue/development_inbox.hpp"
#include "queue/testing_worker.hpp"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::queue {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::run;
using ::testing::SizeIs;

class DevelopmentInboxPg : public testing::WorkerTest {};

TEST_F(DevelopmentInboxPg, the_inbox_shows_the_newest_first_and_one_persons_alone) {
  enqueue("ann@example.test");
  enqueue("ben@example.test");
  DevelopmentInbox inbox(*pool, key);
  const auto all = run(inbox.list("", deadline_in(5s)));
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].message.to, "ben@example.test");
  const auto anns = run(inbox.list("ann@example.test", deadline_in(5s)));
  ASSERT_THAT(anns, SizeIs(1));
  EXPECT_EQ(anns[0].message.subject, "Your code");
}

TEST_F(DevelopmentInboxPg, the_development_inbox_shows_messages_and_not_what_they_are_made_of) {
  enqueue("ann@example.test", "event");
  enqueue("ann@example.test");
  DevelopmentInbox inbox(*pool, key);
  EXPECT_THAT(run(inbox.list("", deadline_in(5s))), SizeIs(1));
}

}  // namespace
}  // namespace frontdesk::queue
