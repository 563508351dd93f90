#include "queue/sealed_message.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

namespace frontdesk::queue {

namespace json = boost::json;

std::vector<std::uint8_t> seal_message(const DataKey& key, const Uuid& id, const Message& message) {
  const json::object content{{"to", message.to},
                             {"subject", message.subject},
                             {"text", message.text},
                             {"html", message.html}};
  return key.seal(json::serialize(content), id);
}

std::optional<Message> open_message(const DataKey& key, const Uuid& id,
                                    std::span<const std::uint8_t> sealed) {
  const auto plain = key.open(sealed, id);
  if (!plain) return std::nullopt;
  const auto content = json::parse(*plain);
  const auto text = [&](const char* name) { return json::value_to<std::string>(content.at(name)); };
  Message message;
  message.to = text("to");
  message.subject = text("subject");
  message.text = text("text");
  message.html = text("html");
  return message;
}

}  // namespace frontdesk::queue
