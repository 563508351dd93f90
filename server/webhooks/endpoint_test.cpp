#include "webhooks/endpoint.hpp"

#include "webhooks/endpoint_url.hpp"
#include "webhooks/payload.hpp"
#include "webhooks/signature.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::webhooks {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(WebhookEvents, an_endpoint_is_told_of_what_it_asked_for) {
  EXPECT_TRUE(listens({"appointment.booked"}, "appointment.booked"));
  EXPECT_FALSE(listens({"appointment.booked"}, "appointment.cancelled"));
  EXPECT_FALSE(listens({"appointment.booked"}, "appointment.booked_again"));
  EXPECT_FALSE(listens({}, "appointment.booked"));
}

TEST(WebhookEvents, a_star_stands_for_every_event_of_an_appointment_and_no_other) {
  for (const auto event : known_events()) EXPECT_TRUE(listens({"appointment.*"}, event)) << event;
  EXPECT_TRUE(listens({"appointment.*"}, "appointment.unheard_of"));
  EXPECT_FALSE(listens({"appointment.*"}, "appointments.booked"));
  EXPECT_FALSE(listens({"appointment.*"}, "auth.code"));
}

TEST(WebhookEvents, what_changes_is_named) {
  Endpoint endpoint{.id = {}, .url = "https://a.test", .description = {}, .events = {"a"}};
  EXPECT_THAT(apply({.url = "https://a.test", .active = true}, endpoint), IsEmpty());
  EXPECT_THAT(apply({.url = "https://b.test", .active = false}, endpoint),
              ElementsAre("url", "active"));
  EXPECT_FALSE(endpoint.active);
}

// Vectors of the Standard Webhooks reference implementations.
TEST(WebhookSignature, is_that_of_Standard_Webhooks) {
  const std::string first(
      "\xa6\x52\x77\x9e\x6c\x82\x0c\x60\x4a\x22\x76\xaf\x74\xe2\xb5\xe6\x3b\x25", 18);
  EXPECT_EQ(sign(first, "msg_loFOjxBNrRLzqYUf", 1731705121,
                 R"({"event_type":"ping","data":{"success":true}})"),
            "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=");
  const std::string second(
      "\x31\xf2\x90\xf6\xbf\x06\x29\x8a\xab\x4f\x08\xd4\x3c\x3f\x08\x2c\xf6\x48\xa3\x62\xda\x2d\xa4"
      "\xb0",
      24);
  EXPECT_EQ(sign(second, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookSignature, a_secret_is_32_bytes_behind_its_prefix) {
  const auto secret = make_secret();
  EXPECT_EQ(secret.size(), 32U);
  EXPECT_NE(secret, make_secret());
  EXPECT_EQ(shown_secret(std::string(32, '\0')), "whsec_" + std::string(43, 'A') + "=");
}

TEST(WebhookPayload, has_type_timestamp_and_data) {
  EXPECT_EQ(payload("appointment.booked", *parse_instant("2026-03-02T09:00:00Z"), R"({"id":1})"),
            R"({"type":"appointment.booked","timestamp":"2026-03-02T09:00:00Z","data":{"id":1}})");
}

TEST(WebhookPayload, its_id_follows_from_event_and_endpoint) {
  const auto event = Uuid::generate();
  const auto endpoint = EndpointId::generate();
  const auto id = message_id(event, endpoint);
  EXPECT_EQ(id, message_id(event, endpoint));
  EXPECT_NE(id, message_id(event, EndpointId::generate()));
  EXPECT_NE(id, message_id(Uuid::generate(), endpoint));
  EXPECT_EQ(id.to_string()[14], '8') << "RFC 9562 5.8";
  EXPECT_EQ(id.to_string().substr(0, 13), event.to_string().substr(0, 13));
}

TEST(WebhookUrl, R34_what_can_be_called_is_taken) {
  for (const auto* url :
       {"https://hooks.example.test", "https://hooks.example.test/a/b?token=c%20d",
        "HTTPS://Hooks.Example.Test:8443/", "https://xn--bcher-kva.example/", "https://localhost/",
        "https://1.1.1.1/", "https://[2606:4700::1111]:443/", "https://a_b.example.test./",
        "https://4chan.example/", "https://1.2.3.4.example.test/"}) {
    EXPECT_FALSE(why_refused(url, outbound::Reach())) << url << *why_refused(url, {});
  }
}

TEST(WebhookUrl, R34_what_must_not_be_called_is_refused) {
  for (const auto* url : {"",
                          "https://",
                          "https:",
                          "hooks.example.test",
                          "//hooks.example.test/",
                          "/a",
                          "http://hooks.example.test/",
                          "ftp://hooks.example.test/",
                          "file:///etc/passwd",
                          "https://user@hooks.example.test/",
                          "https://:p@hooks.example.test/",
                          "https://hooks.example.test/#a",
                          "https://hooks.example.test:0/",
                          "https://hooks.example.test:65536/",
                          "https://hooks.example.test:x/",
                          "https://hooks.example.test\\@evil.test/",
                          "https://hooks example.test/",
                          "https://b\xc3\xbc"
                          "cher.example/",
                          "https://127.0.0.1/",
                          "https://127.1/",
                          "https://2130706433/",
                          "https://0x7f000001/",
                          "https://0177.0.0.1/",
                          "https://1.2.3.4.5/",
                          "https://10.0.0.1.example.test:0/",
                          "https://1.2.3.400/",
                          "https://hooks.example.test:/",
                          "https://10.0.0.1/",
                          "https://169.254.169.254/latest/meta-data/",
                          "https://[::1]/",
                          "https://[::ffff:127.0.0.1]/",
                          "https://[fe80::1]/",
                          "https://[fd00::1]/",
                          "https://[v1.a]/",
                          "https://a..b/",
                          "https://-a.test/",
                          "https://%6cocalhost/",
                          "https://hooks.example.test/\r\nX-Injected: 1",
                          "https://hooks.example.test/ "}) {
    EXPECT_TRUE(why_refused(url, outbound::Reach())) << url;
  }
}

TEST(WebhookUrl, has_at_most_2000_characters) {
  const std::string url = "https://hooks.example.test/";
  EXPECT_FALSE(why_refused(url + std::string(2000 - url.size(), 'a'), {}));
  EXPECT_TRUE(why_refused(url + std::string(2001 - url.size(), 'a'), {}));
}

TEST(WebhookUrl, the_operators_own_networks_can_be_named) {
  const auto reach = outbound::Reach::with({"10.0.0.0/8"});
  EXPECT_FALSE(why_refused("https://10.1.2.3/", *reach));
  EXPECT_TRUE(why_refused("https://192.168.1.1/", *reach));
}

}  // namespace
}  // namespace frontdesk::webhooks
