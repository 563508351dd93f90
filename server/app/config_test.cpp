#include "app/config.hpp"

#include "app/setting_syntax.hpp"
#include "core/uuid.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::app {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string hex64(64, 'a');

Variables production() {
  return {{"FRONTDESK_PUBLIC_URL", "https://book.example.org"},
          {"FRONTDESK_JWT_KEYS", "k1:" + hex64},
          {"FRONTDESK_PASSWORD_PEPPER", hex64},
          {"FRONTDESK_DATA_KEY", hex64}};
}

TEST(Config, production_is_the_default_and_has_the_architectures_numbers) {
  const auto config = parse_config(production());
  ASSERT_TRUE(config);
  EXPECT_FALSE(config->development());
  EXPECT_EQ(config->rate_limit.count, 100U);
  EXPECT_EQ(config->rate_limit.window, std::chrono::minutes{15});
  EXPECT_EQ(config->bcrypt_cost, 10U);
  EXPECT_EQ(config->database_pool, 20U);
  EXPECT_EQ(config->access_ttl, std::chrono::days{7});
  EXPECT_EQ(config->refresh_ttl, std::chrono::days{30});
}

TEST(Config, production_without_secrets_says_how_to_make_each) {
  const auto config = parse_config({});
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error(),
              Contains(AllOf(HasSubstr("FRONTDESK_JWT_KEYS"), HasSubstr("openssl rand"))));
  EXPECT_THAT(config.error(), Contains(HasSubstr("FRONTDESK_PASSWORD_PEPPER")));
  EXPECT_THAT(config.error(), Contains(HasSubstr("FRONTDESK_DATA_KEY")));
  EXPECT_THAT(config.error(), Contains(HasSubstr("FRONTDESK_PUBLIC_URL")));
}

TEST(Config, every_problem_is_reported_at_once) {
  auto variables = production();
  variables["FRONTDESK_BCRYPT_COST"] = "4";
  variables["FRONTDESK_RATE_LIMT"] = "1/1m";
  variables["FRONTDESK_REDIS_URL"] = "redis://127.0.0.1";
  const auto config = parse_config(variables);
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error(),
              ElementsAre(HasSubstr("FRONTDESK_BCRYPT_COST"), HasSubstr("check the spelling"),
                          HasSubstr("not supported by this version")));
}

TEST(Config, development_listens_on_loopback_only) {
  EXPECT_FALSE(
      parse_config({{"FRONTDESK_ENV", "development"}, {"FRONTDESK_LISTEN", "0.0.0.0:8080"}}));
  const auto config =
      parse_config({{"FRONTDESK_ENV", "development"}, {"FRONTDESK_LISTEN", "[::1]:81"}});
  ASSERT_TRUE(config);
  EXPECT_EQ(config->public_url, "http://localhost:81");
}

TEST(Config, secrets_never_show) {
  auto variables = production();
  variables["FRONTDESK_DATABASE_URL"] = "postgresql://app:hunter22@db.example.org/frontdesk";
  const auto config = parse_config(variables);
  ASSERT_TRUE(config);
  EXPECT_THAT(describe(*config), AllOf(Not(HasSubstr("aaaa")), Not(HasSubstr("hunter22")),
                                       HasSubstr("FRONTDESK_DATABASE_URL=postgresql://app:***@")));
}

TEST(Config, development_secrets_are_made_once_and_kept) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("frontdesk-config-" + Uuid::generate().to_string());
  Config first;
  first.data_dir = folder;
  load_development_secrets(first);
  Config second;
  second.data_dir = folder;
  load_development_secrets(second);
  EXPECT_EQ(first.data_key, second.data_key);
  EXPECT_EQ(first.jwt_keys.front().bytes, second.jwt_keys.front().bytes);
  EXPECT_NE(first.data_key, first.password_pepper);
  const auto mode = std::filesystem::status(folder / "secrets").permissions();
  EXPECT_EQ(mode & std::filesystem::perms::mask,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  std::filesystem::remove_all(folder);
}

TEST(SettingSyntax, durations_and_allowances) {
  EXPECT_EQ(parse_duration("90s"), std::chrono::seconds{90});
  EXPECT_EQ(parse_duration("7d"), std::chrono::days{7});
  for (const auto* bad : {"", "7", "d", "-1d", "1w", "0s", "1.5h", "99999d", "1d "}) {
    EXPECT_FALSE(parse_duration(bad)) << bad;
  }
  EXPECT_EQ(parse_allowance("100/15m")->count, 100U);
  for (const auto* bad : {"", "/", "100", "100/", "0/1m", "100/15m/1"}) {
    EXPECT_FALSE(parse_allowance(bad)) << bad;
  }
}

Variables with_s3() {
  return {
      {"FRONTDESK_ENV", "development"},        {"FRONTDESK_S3_ENDPOINT", "http://127.0.0.1:9000"},
      {"FRONTDESK_S3_BUCKET", "a-bucket"},     {"FRONTDESK_S3_ACCESS_KEY", "AKIA"},
      {"FRONTDESK_S3_SECRET_KEY", "a secret"}, {"FRONTDESK_S3_SESSION_TOKEN", "a token"}};
}

TEST(Config, s3_is_set_whole_or_not_at_all) {
  const auto config = parse_config(with_s3());
  ASSERT_TRUE(config);
  EXPECT_EQ(config->s3.bucket, "a-bucket");
  EXPECT_TRUE(config->s3.path_style);
  for (const auto* needed : {"ENDPOINT", "BUCKET", "ACCESS_KEY", "SECRET_KEY"}) {
    auto variables = with_s3();
    variables.erase(std::string("FRONTDESK_S3_") + needed);
    EXPECT_FALSE(parse_config(variables)) << needed;
  }
  for (const auto* bad : {"", "ab", "A-Bucket", "a/b", "a b", ".ab"}) {
    auto variables = with_s3();
    variables["FRONTDESK_S3_BUCKET"] = bad;
    EXPECT_FALSE(parse_config(variables)) << bad;
  }
}

TEST(Config, s3_is_encrypted_in_production) {
  auto variables = with_s3();
  variables["FRONTDESK_ENV"] = "production";
  const auto problems = parse_config(variables).error();
  EXPECT_TRUE(std::ranges::any_of(problems, [](const auto& problem) {
    return problem == "FRONTDESK_S3_ENDPOINT must be https in production.";
  }));
}

TEST(Config, s3_keeps_its_secrets) {
  const auto text = describe(*parse_config(with_s3()));
  EXPECT_EQ(text.find("a secret"), std::string::npos);
  EXPECT_EQ(text.find("a token"), std::string::npos);
}

TEST(SettingSyntax, endpoints) {
  EXPECT_EQ(parse_endpoint("127.0.0.1:8080")->port, 8080);
  EXPECT_EQ(parse_endpoint("[::1]:0")->address, "::1");
  for (const auto* bad : {"", ":80", "localhost:80", "::1:80", "127.0.0.1", "127.0.0.1:65536",
                          "127.0.0.1:x", "[127.0.0.1]:80"}) {
    EXPECT_FALSE(parse_endpoint(bad)) << bad;
  }
}

TEST(SettingSyntax, origins) {
  EXPECT_TRUE(is_origin("https://book.example.org"));
  EXPECT_TRUE(is_origin("http://127.0.0.1:8080"));
  for (const auto* bad : {"", "*", "null", "book.example.org", "ftp://a.example",
                          "https://a.example/", "https://u@a.example", "https://a.example?x"}) {
    EXPECT_FALSE(is_origin(bad)) << bad;
  }
}

TEST(Config, mail_takes_a_server_and_a_sender) {
  auto variables = production();
  variables["FRONTDESK_SMTP_URL"] = "smtp://desk:hush-hush@mail.example.org";
  auto config = parse_config(variables);
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error(), ElementsAre(HasSubstr("FRONTDESK_MAIL_FROM is missing")));
  variables["FRONTDESK_MAIL_FROM"] = "Salon Zoë <desk@example.org>";
  config = parse_config(variables);
  ASSERT_TRUE(config);
  EXPECT_TRUE(config->has_sender());
  EXPECT_EQ(config->smtp->port, 587);
  EXPECT_EQ(config->mail_from->name, "Salon Zoë");
  EXPECT_THAT(describe(*config), AllOf(HasSubstr("mail.example.org"), Not(HasSubstr("hush-hush"))));
  variables.erase("FRONTDESK_SMTP_URL");
  EXPECT_THAT(parse_config(variables).error(),
              ElementsAre(HasSubstr("FRONTDESK_SMTP_URL is missing")));
}

TEST(Config, R34_networks_that_webhooks_reach) {
  auto variables = production();
  variables["FRONTDESK_WEBHOOK_NETWORKS"] = "10.0.0.0/8, fd00::/8";
  const auto config = parse_config(variables);
  ASSERT_TRUE(config);
  EXPECT_THAT(config->webhook_networks, ElementsAre("10.0.0.0/8", "fd00::/8"));
  EXPECT_THAT(describe(*config), HasSubstr("FRONTDESK_WEBHOOK_NETWORKS=10.0.0.0/8,fd00::/8"));
  for (const auto* text : {"10.0.0.1", "10.0.0.0/33", "localhost", "everywhere"}) {
    variables["FRONTDESK_WEBHOOK_NETWORKS"] = text;
    EXPECT_THAT(parse_config(variables).error(),
                ElementsAre(HasSubstr("FRONTDESK_WEBHOOK_NETWORKS")));
  }
}

TEST(Config, what_is_wrong_with_a_mail_server_is_said_without_its_password) {
  auto variables = production();
  variables["FRONTDESK_SMTP_URL"] = "smtp://desk:hush-hush@mail.example.org?tls=never";
  variables["FRONTDESK_MAIL_FROM"] = "nobody";
  variables["FRONTDESK_OUTBOUND_CA"] = "/nowhere/ca.pem";
  const auto config = parse_config(variables);
  ASSERT_FALSE(config);
  EXPECT_THAT(config.error(), ElementsAre(HasSubstr("clear text"), HasSubstr("FRONTDESK_MAIL_FROM"),
                                          HasSubstr("FRONTDESK_OUTBOUND_CA")));
  EXPECT_THAT(config.error(), Not(Contains(HasSubstr("hush-hush"))));
}

TEST(Config, a_vapid_key_is_hexadecimal_or_base64url_and_on_the_curve) {
  auto variables = production();
  for (const auto* key : {"yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
                          "c9f58f89813e9f8e872e71f42aa64e1757c9253dcc62b72ddc010bb4043ea11c"}) {
    variables["FRONTDESK_VAPID_PRIVATE_KEY"] = key;
    const auto config = parse_config(variables);
    ASSERT_TRUE(config) << key;
    EXPECT_EQ(config->vapid_private_key.size(), 32U);
    EXPECT_EQ(config->vapid_subject, "https://book.example.org");
    EXPECT_TRUE(config->has_sender());
    EXPECT_THAT(describe(*config), AllOf(HasSubstr("FRONTDESK_VAPID_PRIVATE_KEY=(set)"),
                                         Not(HasSubstr("c9f58f89")), Not(HasSubstr("yfWPiYE"))));
  }
  for (const auto& key : {std::string(64, '0'), std::string(64, 'f'), hex64 + "00",
                          std::string("abc"), std::string(43, '!')}) {
    variables["FRONTDESK_VAPID_PRIVATE_KEY"] = key;
    EXPECT_FALSE(parse_config(variables)) << key;
  }
}

TEST(Config, push_services_learn_whom_to_ask) {
  auto variables = production();
  variables["FRONTDESK_VAPID_PRIVATE_KEY"] = hex64;
  variables["FRONTDESK_SMTP_URL"] = "smtp://127.0.0.1:25";
  variables["FRONTDESK_MAIL_FROM"] = "Salon <desk@example.org>";
  EXPECT_EQ(parse_config(variables)->vapid_subject, "mailto:desk@example.org");
  variables["FRONTDESK_VAPID_SUBJECT"] = "https://example.org/contact";
  EXPECT_EQ(parse_config(variables)->vapid_subject, "https://example.org/contact");
  variables["FRONTDESK_VAPID_SUBJECT"] = "desk@example.org";
  EXPECT_FALSE(parse_config(variables));
  const auto without =
      parse_config({{"FRONTDESK_ENV", "development"}, {"FRONTDESK_VAPID_PRIVATE_KEY", hex64}});
  ASSERT_FALSE(without);
  EXPECT_THAT(without.error(), ElementsAre(HasSubstr("FRONTDESK_VAPID_SUBJECT is missing")));
}

TEST(Config, push_hosts_and_services_are_what_they_seem) {
  auto variables = production();
  variables["FRONTDESK_WEB_PUSH_HOSTS"] = "push.example.org, *.push.example.net:8443";
  EXPECT_EQ(parse_config(variables)->web_push_hosts.size(), 2U);
  variables["FRONTDESK_WEB_PUSH_HOSTS"] = "https://push.example.org";
  EXPECT_FALSE(parse_config(variables));
  variables.erase("FRONTDESK_WEB_PUSH_HOSTS");
  for (const auto* url : {"https://fcm.example.org", "http://127.0.0.1:8000", "http://localhost"}) {
    variables["FRONTDESK_FCM_URL"] = url;
    EXPECT_TRUE(parse_config(variables)) << url;
  }
  for (const auto* url : {"http://fcm.example.org", "https://fcm.example.org/v1", "fcm", ""}) {
    variables["FRONTDESK_FCM_URL"] = url;
    EXPECT_FALSE(parse_config(variables)) << url;
  }
  variables.erase("FRONTDESK_FCM_URL");
  variables["FRONTDESK_FCM_CREDENTIALS"] = "/does/not/exist";
  const auto absent = parse_config(variables);
  ASSERT_FALSE(absent);
  EXPECT_THAT(absent.error(), ElementsAre(HasSubstr("FRONTDESK_FCM_CREDENTIALS cannot be used")));
}

Variables with_twilio() {
  auto variables = production();
  variables["FRONTDESK_TWILIO_ACCOUNT_SID"] = "AC0123456789abcdef0123456789abcdef";
  variables["FRONTDESK_TWILIO_AUTH_TOKEN"] = "hush-hush";
  variables["FRONTDESK_TWILIO_FROM"] = "+15005550006";
  return variables;
}

TEST(Config, sms_takes_an_account_a_token_and_a_sender) {
  const auto config = parse_config(with_twilio());
  ASSERT_TRUE(config);
  EXPECT_TRUE(config->has_sender() && config->has_sms());
  EXPECT_EQ(config->twilio->url, "https://api.twilio.com");
  EXPECT_THAT(describe(*config),
              AllOf(HasSubstr("TWILIO_FROM=+15005550006"), Not(HasSubstr("hush-hush"))));
  for (const auto* name : {"ACCOUNT_SID", "AUTH_TOKEN", "FROM"}) {
    auto variables = with_twilio();
    variables.erase(std::string("FRONTDESK_TWILIO_") + name);
    EXPECT_THAT(parse_config(variables).error(), ElementsAre(HasSubstr("belong together"))) << name;
  }
}

TEST(Config, sms_takes_a_messaging_service_and_nothing_else_for_a_sender) {
  auto variables = with_twilio();
  variables["FRONTDESK_TWILIO_FROM"] = "MG0123456789abcdef0123456789abcdef";
  EXPECT_TRUE(parse_config(variables));
  for (const auto* bad : {"", "Salon", "0123456", "AC0123456789abcdef0123456789abcdef"}) {
    variables["FRONTDESK_TWILIO_FROM"] = bad;
    EXPECT_FALSE(parse_config(variables)) << bad;
  }
}

TEST(Config, sms_is_encrypted_in_production) {
  auto variables = with_twilio();
  variables["FRONTDESK_TWILIO_URL"] = "http://127.0.0.1:4010";
  EXPECT_THAT(parse_config(variables).error(), ElementsAre(HasSubstr("must be https")));
  variables["FRONTDESK_ENV"] = "development";
  EXPECT_TRUE(parse_config(variables));
}

TEST(Config, sms_reaches_the_development_inbox_while_there_is_no_sender) {
  EXPECT_TRUE(parse_config({{"FRONTDESK_ENV", "development"}})->has_sms());
  EXPECT_FALSE(parse_config(production())->has_sms());
  EXPECT_FALSE(parse_config({{"FRONTDESK_ENV", "development"},
                             {"FRONTDESK_SMTP_URL", "smtp://127.0.0.1"},
                             {"FRONTDESK_MAIL_FROM", "desk@example.org"}})
                   ->has_sms());
}

}  // namespace
}  // namespace frontdesk::app
