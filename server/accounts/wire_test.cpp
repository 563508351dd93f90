#include "accounts/wire.hpp"

#include <set>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace frontdesk::accounts {
namespace {

using namespace std::chrono_literals;
namespace json = boost::json;

const char* const registration =
    R"({"name":"Ada Example","email":" Ada@Example.test","password":"correct horse battery"})";

json::value with(const char* text, const char* field, const json::value& value) {
  auto changed = json::parse(text).as_object();
  changed[field] = value;
  return changed;
}

// The fields that a body is refused for.
template <class T>
std::set<std::string> bad_fields(const Result<T>& result) {
  std::set<std::string> names;
  if (result) return names;
  EXPECT_EQ(result.error().kind, ErrorKind::invalid);
  for (const auto& field : result.error().fields) names.insert(field.field);
  return names;
}

using Fields = std::set<std::string>;

TEST(Wire, reads_a_registration) {
  const auto read = wire::read_registration(json::parse(registration));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, "Ada Example");
  EXPECT_EQ(read->email.text(), "ada@example.test");
  EXPECT_EQ(read->password.reveal(), "correct horse battery");
  EXPECT_EQ(read->locale, "en");
  EXPECT_FALSE(read->phone || read->timezone);
}

TEST(Wire, names_every_bad_field_of_a_registration_at_once) {
  EXPECT_EQ(bad_fields(wire::read_registration(json::parse("{}"))),
            (Fields{"name", "email", "password"}));
  EXPECT_EQ(bad_fields(wire::read_registration(json::parse(
                R"({"name":1,"email":[],"password":null,"role":"admin","email_verified":true})"))),
            (Fields{"name", "email", "password", "role", "email_verified"}));  // R17
}

TEST(Wire, refuses_what_a_registration_must_not_hold) {
  const auto refuses = [](const char* field, const json::value& value) {
    return bad_fields(wire::read_registration(with(registration, field, value))) == Fields{field};
  };
  for (const char* name : {"", "   ", "Ada\nExample", "Ada\r\nBcc: x"})
    EXPECT_TRUE(refuses("name", name)) << name;
  EXPECT_TRUE(refuses("name", json::string(101, 'x')));
  for (const char* email : {"ada", "ada@example", "ada@example.test\r\n"})
    EXPECT_TRUE(refuses("email", email));
  EXPECT_TRUE(refuses("email", json::string(2000, 'x')));
  for (const char* password : {"short", "password", "ada@example.test"})
    EXPECT_TRUE(refuses("password", password));
  EXPECT_TRUE(refuses("password", json::string(129, 'x')));
  for (const char* phone :
       {"", "030123456", "+030123456", "+49 30 123456", "+12345678901234567", "+49301"}) {
    EXPECT_TRUE(refuses("phone", phone)) << phone;
  }
  for (const char* locale :
       {"e", "english", "de_DE", "de-", "-de", "de--DE", "de-toolongpart", "12"}) {
    EXPECT_TRUE(refuses("locale", locale)) << locale;
  }
  for (const char* zone : {"Mars/Olympus", "europe/berlin", "UTC+3", "../etc/passwd", ""}) {
    EXPECT_TRUE(refuses("timezone", zone)) << zone;
  }
}

TEST(Wire, takes_what_a_registration_may_hold) {
  auto body = json::parse(registration).as_object();
  body["phone"] = "+493012345678";
  body["locale"] = "zh-Hant-TW";
  body["timezone"] = "Europe/Berlin";
  const auto read = wire::read_registration(body);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->phone, "+493012345678");
  EXPECT_EQ(read->locale, "zh-Hant-TW");
  EXPECT_EQ(read->timezone, "Europe/Berlin");
  for (const char* field : {"phone", "locale", "timezone"}) body[field] = nullptr;
  EXPECT_TRUE(wire::read_registration(body));
}

TEST(Wire, a_code_is_six_digits_of_text) {
  const char* const body = R"({"email":"ada@example.test","code":"012345"})";
  const auto read = wire::read_verification(json::parse(body));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->code, "012345");
  EXPECT_FALSE(read->registration);
  for (const json::value& code :
       {json::value("12345"), json::value("1234567"), json::value("12345x"), json::value(123456),
        json::value(""), json::value(" 12345"), json::value("１２３４５６")}) {
    EXPECT_EQ(bad_fields(wire::read_verification(with(body, "code", code))), Fields{"code"});
  }
  EXPECT_EQ(bad_fields(wire::read_verification(with(body, "registration_id", "x"))),
            Fields{"registration_id"});
  EXPECT_TRUE(
      wire::read_verification(with(body, "registration_id", "0192f0c5-1b52-7d7e-8a4b-0f8a5f1c2e3d"))
          ->registration);
}

TEST(Wire, reads_credentials_without_judging_the_password) {
  const char* const body = R"({"email":"ada@example.test","password":"x"})";
  EXPECT_EQ(wire::read_credentials(json::parse(body))->password.reveal(), "x");
  EXPECT_EQ(wire::read_credentials(with(body, "device_name", "phone"))->device_name, "phone");
  EXPECT_EQ(bad_fields(wire::read_credentials(with(body, "password", json::string(129, 'x')))),
            Fields{"password"});
  EXPECT_EQ(bad_fields(wire::read_credentials(with(body, "device_name", "a\nb"))),
            Fields{"device_name"});
  EXPECT_EQ(bad_fields(wire::read_credentials(with(body, "transport", "cookie"))),
            Fields{"transport"});
}

TEST(Wire, reads_refresh_tokens_where_they_may_be) {
  EXPECT_EQ(wire::read_refresh(json::parse(R"({"refresh_token":"x"})"))->reveal(), "x");
  EXPECT_EQ(bad_fields(wire::read_refresh(json::parse("{}"))), Fields{"refresh_token"});
  EXPECT_EQ(bad_fields(wire::read_refresh(json::object{{"refresh_token", json::string(513, 'x')}})),
            Fields{"refresh_token"});
  EXPECT_FALSE(*wire::read_logout(json::value()));
  EXPECT_FALSE(*wire::read_logout(json::parse("{}")));
  EXPECT_EQ((*wire::read_logout(json::parse(R"({"refresh_token":"x"})")))->reveal(), "x");
  EXPECT_FALSE(wire::read_logout(json::parse("[]")));
}

TEST(Wire, R18_an_account_is_written_as_the_contract_says) {
  Account account{.id = *UserId::parse("0192f0c5-1b52-7d7e-8a4b-0f8a5f1c2e3d"),
                  .name = "Ada \"A\" Example",
                  .email = "ada@example.test",
                  .email_verified = true,
                  .phone = std::nullopt,
                  .phone_verified = false,
                  .locale = "en",
                  .timezone = "Europe/Berlin",
                  .created_at = *parse_instant("2026-03-02T09:03:11Z"),
                  .updated_at = *parse_instant("2026-03-02T09:03:11Z"),
                  .version = 1,
                  .role = *RoleId::parse("00000000-0000-7000-8000-000000000004"),
                  .role_name = "customer",
                  .permissions = {}};
  account.permissions.insert(Permission::audit_read);
  std::string text;
  JsonWriter writer(text);
  wire::write(writer, account);
  EXPECT_EQ(
      text,
      R"({"id":"0192f0c5-1b52-7d7e-8a4b-0f8a5f1c2e3d","name":"Ada \"A\" Example",)"
      R"("email":"ada@example.test","email_verified":true,"phone":null,"phone_verified":false,"locale":"en",)"
      R"("timezone":"Europe/Berlin","avatar":null,"role":{"id":"00000000-0000-7000-8000-000000000004",)"
      R"("name":"customer"},"permissions":["audit.read"],"created_at":"2026-03-02T09:03:11Z",)"
      R"("updated_at":"2026-03-02T09:03:11Z","version":1})");

  std::string login;
  JsonWriter login_writer(login);
  wire::write(login_writer, LoggedIn{{"access", 168h, "refresh", 720h}, account});
  EXPECT_EQ(login, R"({"access_token":"access","token_type":"Bearer","expires_in":604800,)"
                   R"("refresh_token":"refresh","refresh_expires_in":2592000,"user":{)"
                   R"("id":"0192f0c5-1b52-7d7e-8a4b-0f8a5f1c2e3d","name":"Ada \"A\" Example",)"
                   R"("email":"ada@example.test","email_verified":true,)"
                   R"("role":{"id":"00000000-0000-7000-8000-000000000004","name":"customer"},)"
                   R"("permissions":["audit.read"]}})");
}

}  // namespace
}  // namespace frontdesk::accounts
