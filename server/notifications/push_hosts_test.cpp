#include "notifications/push_hosts.hpp"

#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

const PushHosts usual;

bool takes(std::string_view endpoint, const PushHosts& hosts = usual) {
  return hosts.vet(endpoint).has_value();
}

TEST(PushHosts, R34_the_services_of_the_browsers_are_taken) {
  EXPECT_TRUE(takes("https://fcm.googleapis.com/fcm/send/abc:def"));
  EXPECT_TRUE(takes("https://updates.push.services.mozilla.com/wpush/v2/gAAAA"));
  EXPECT_TRUE(takes("https://eu.updates.push.services.mozilla.com/wpush/v2/gAAAA"));
  EXPECT_TRUE(takes("https://db5p.notify.windows.com/w/?token=BQYAAAD%2f"));
  EXPECT_TRUE(takes("https://web.push.apple.com/QGx"));
  EXPECT_TRUE(takes("https://a.b.push.apple.com/QGx"));
  EXPECT_TRUE(takes("HTTPS://FCM.GoogleAPIs.com:443/fcm/send/abc"));
}

TEST(PushHosts, R34_nobody_else_is) {
  for (const auto* endpoint : {"http://fcm.googleapis.com/x",
                               "https://fcm.googleapis.com:8443/x",
                               "https://fcm.googleapis.com./x",
                               "https://evil.test/fcm.googleapis.com",
                               "https://evilfcm.googleapis.com/x",
                               "https://fcm.googleapis.com.evil.test/x",
                               "https://fcm.googleapis.com@evil.test/x",
                               "https://user@fcm.googleapis.com/x",
                               "https://fcm%2Egoogleapis.com/x",
                               "https://push.apple.com/x",
                               "https://.push.apple.com/x",
                               "https://a..push.apple.com/x",
                               "https://evil.test%00.push.apple.com/x",
                               "https://evil.test#.push.apple.com/x",
                               "https://evil.test?.push.apple.com/x",
                               "https://evil.test\\.push.apple.com/x",
                               "https://notpush.apple.com/x",
                               "https://fcm.googleapis.com/x#y",
                               "https://fcm.googleapis.com/a b",
                               "https://fcm.googleapis.com/\r\nHost: x",
                               "https://127.0.0.1/x",
                               "https://[::1]/x",
                               "https://169.254.169.254/latest",
                               "https://localhost/x",
                               "https:///x",
                               "https://",
                               "//x",
                               "fcm.googleapis.com/x",
                               "https://fcm.googleapis.com:0/x",
                               "https://fcm.googleapis.com:99999/x",
                               "javascript:alert(1)",
                               "file:///etc/passwd",
                               "https://xn--a_b.push.apple.com/x",
                               ""}) {
    EXPECT_FALSE(takes(endpoint)) << endpoint;
  }
  EXPECT_FALSE(takes("https://fcm.googleapis.com/" + std::string(2048, 'x')));
}

TEST(PushHosts, an_endpoint_is_put_together_from_what_was_looked_at) {
  const auto plain = usual.vet("HTTPS://FCM.googleapis.com:443/fcm/send/a%2fb?c=d");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->url, "https://fcm.googleapis.com/fcm/send/a%2fb?c=d");
  EXPECT_EQ(plain->origin, "https://fcm.googleapis.com");
  EXPECT_EQ(usual.vet("https://fcm.googleapis.com")->url, "https://fcm.googleapis.com/");
  EXPECT_EQ(usual.vet("https://fcm.googleapis.com?x")->url, "https://fcm.googleapis.com/?x");
}

TEST(PushHosts, operators_add_their_own) {
  const PushHosts hosts(
      {"push.example.org", "*.push.example.net:8443", "127.0.0.1:9443", "[::1]:9443"});
  EXPECT_TRUE(takes("https://fcm.googleapis.com/x", hosts));
  EXPECT_TRUE(takes("https://push.example.org/x", hosts));
  EXPECT_FALSE(hosts.vet("https://push.example.org/x")->is_listed_address);
  EXPECT_FALSE(takes("https://push.example.org:8443/x", hosts));
  EXPECT_EQ(hosts.vet("https://a.push.example.net:8443/x")->origin,
            "https://a.push.example.net:8443");
  EXPECT_FALSE(takes("https://a.push.example.net/x", hosts));
  EXPECT_TRUE(hosts.vet("https://127.0.0.1:9443/x")->is_listed_address);
  EXPECT_EQ(hosts.vet("https://[::1]:9443/x")->origin, "https://[::1]:9443");
  EXPECT_FALSE(takes("https://127.0.0.2:9443/x", hosts));
}

TEST(PushHosts, entries_are_names_addresses_and_ports) {
  for (const auto* entry : {"a.b", "*.a.b", "a.b:1", "127.0.0.1", "127.0.0.1:9443", "[::1]:9443",
                            "[::1]", "Push.Example.org"}) {
    EXPECT_TRUE(PushHosts::is_entry(entry)) << entry;
  }
  for (const auto* entry : {"", "*", "*.", "a.*.b", "https://a.b", "a.b/c", "a.b:0", "a.b:x", "::1",
                            "[a.b]", "[127.0.0.1]", "a b", "a@b", ".a.b", "a.b.", "a_b.c"}) {
    EXPECT_FALSE(PushHosts::is_entry(entry)) << entry;
  }
}

}  // namespace
}  // namespace frontdesk::notifications
