#include "outbound/smtp_server.hpp"

#include <gtest/gtest.h>

namespace frontdesk::outbound {
namespace {

using Tls = SmtpServer::Tls;

TEST(SmtpUrl, names_server_login_and_port) {
  const auto server =
      parse_smtp_url("smtp://desk%40example.org:p%3Ass%2Fword@mail.example.org:2587");
  ASSERT_TRUE(server) << server.error();
  EXPECT_EQ(server->host, "mail.example.org");
  EXPECT_EQ(server->port, 2587);
  EXPECT_EQ(server->user, "desk@example.org");
  EXPECT_EQ(server->password, "p:ss/word");
  EXPECT_EQ(server->tls, Tls::starttls);
}

TEST(SmtpUrl, ports_have_defaults) {
  EXPECT_EQ(parse_smtp_url("smtp://mail.example.org")->port, 587);
  EXPECT_EQ(parse_smtp_url("smtps://mail.example.org")->port, 465);
}

TEST(SmtpUrl, only_this_machine_is_spoken_to_in_clear_text_unasked) {
  for (const auto* url : {"smtp://localhost", "smtp://127.0.0.1:25", "smtp://[::1]:25",
                          "smtp://mail.example.org?tls=never"}) {
    EXPECT_EQ(parse_smtp_url(url)->tls, Tls::never) << url;
  }
  for (const auto* url : {"smtp://mail.example.org", "smtp://10.0.0.1",
                          "smtp://localhost?tls=required", "smtp://localhost.example.org"}) {
    EXPECT_EQ(parse_smtp_url(url)->tls, Tls::starttls) << url;
  }
  EXPECT_EQ(parse_smtp_url("smtps://localhost")->tls, Tls::implicit);
  EXPECT_EQ(parse_smtp_url("smtp://[::1]:25")->host, "::1");
}

TEST(SmtpUrl, refuses_what_it_cannot_carry_out_and_tells_no_password) {
  for (const auto* url :
       {"", "mail.example.org", "http://hush@mail", "smtp://", "smtp://:25",
        "smtp://u@mail.example.org", "smtp://u:hush@mail.example.org/path",
        "smtp://u:hush@mail.example.org?tls=never", "smtp://u:hush@mail.example.org?tls=maybe",
        "smtps://u:hush@mail.example.org?tls=never", "smtp://u:hush@mail.example.org:0",
        "smtp://u:hush@mail.example.org:99999", "smtp://u:hush%0d%0a@mail.example.org",
        "smtp://u:hush@mail.example.org#f"}) {
    const auto server = parse_smtp_url(url);
    ASSERT_FALSE(server) << url;
    EXPECT_EQ(server.error().find("hush"), std::string::npos);
  }
}

TEST(Mailbox, has_a_name_or_none) {
  const auto named = parse_mailbox("Salon Zoë <desk@example.org>");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->name, "Salon Zoë");
  EXPECT_EQ(named->address, "desk@example.org");
  EXPECT_EQ(named->domain(), "example.org");
  EXPECT_EQ(parse_mailbox("\"Hair, Inc.\" <desk@example.org>")->name, "Hair, Inc.");
  EXPECT_EQ(parse_mailbox("desk@example.org")->name, "");
}

TEST(Mailbox, R33_refuses_what_would_become_another_header) {
  for (const auto* text :
       {"", "Salon", "Salon <>", "Salon <desk>", "A <a@example.org> B <b@example.org>",
        "Salon\r\nBcc: x@example.org <desk@example.org>", "<desk@example.org\r\n>"}) {
    EXPECT_FALSE(parse_mailbox(text)) << text;
  }
}

}  // namespace
}  // namespace frontdesk::outbound
