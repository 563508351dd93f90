#include "outbound/smtp_text.hpp"

#include <gtest/gtest.h>

namespace frontdesk::outbound {
namespace {

TEST(SmtpReply, comes_in_pieces_and_in_several_lines) {
  std::string input = "250-mail.example.org\r\n250-STARTTLS\r\n250 AUTH PLA";
  EXPECT_FALSE(take_reply(input));
  input += "IN login\r\n354 go";
  const auto reply = take_reply(input);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->code, 250U);
  EXPECT_EQ(reply->last_line(), "250 AUTH PLAIN login");
  EXPECT_TRUE(reply->offers("starttls"));
  EXPECT_FALSE(reply->offers("START"));
  EXPECT_TRUE(reply->offers_login_by("PLAIN"));
  EXPECT_TRUE(reply->offers_login_by("LOGIN"));
  EXPECT_FALSE(reply->offers_login_by("CRAM-MD5"));
  EXPECT_EQ(input, "354 go") << "what follows is left";
}

TEST(SmtpReply, what_is_none_is_refused) {
  for (const auto* text : {"HTTP/1.1 200 OK\r\n", "\r\n", "25\r\n", "250?x\r\n", "25x ok\r\n"}) {
    std::string input = text;
    EXPECT_THROW(static_cast<void>(take_reply(input)), std::runtime_error) << text;
  }
  std::string endless(20'000, '2');
  EXPECT_THROW(static_cast<void>(take_reply(endless)), std::runtime_error);
  std::string lines;
  for (int i = 0; i < 5'000; ++i) lines += "250-x\r\n";
  EXPECT_THROW(static_cast<void>(take_reply(lines)), std::runtime_error);
}

TEST(SmtpContent, a_line_of_one_dot_does_not_end_it) {
  EXPECT_EQ(as_content("a\r\n.\r\n..b\r\n"), "a\r\n..\r\n...b\r\n.\r\n");
  EXPECT_EQ(as_content(".a"), "..a\r\n.\r\n");
  EXPECT_EQ(as_content(""), "\r\n.\r\n");
}

}  // namespace
}  // namespace frontdesk::outbound
