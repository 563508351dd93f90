#include "queue/sealed_message.hpp"

#include "core/base64url.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

namespace frontdesk::queue {

namespace json = boost::json;

namespace {

json::array write_attachments(const std::vector<Attachment>& attachments) {
  json::array all;
  for (const auto& attachment : attachments) {
    all.push_back(json::object{{"type", attachment.content_type},
                               {"name", attachment.filename},
                               {"content", base64url_encode(attachment.content)},
                               {"alternative", attachment.is_alternative}});
  }
  return all;
}

std::string text_of(const json::object& from, std::string_view name) {
  return json::value_to<std::string>(from.at(name));
}

std::vector<Attachment> read_attachments(const json::array& all) {
  std::vector<Attachment> attachments;
  for (const auto& item : all) {
    const auto& from = item.as_object();
    const auto content = base64url_decode(text_of(from, "content"));
    if (!content) continue;  // it came from write_attachments, under a seal
    attachments.push_back({.content_type = text_of(from, "type"),
                           .filename = text_of(from, "name"),
                           .content = {content->begin(), content->end()},
                           .is_alternative = from.at("alternative").as_bool()});
  }
  return attachments;
}

}  // namespace

std::vector<std::uint8_t> seal_message(const DataKey& key, const Uuid& id, const Message& message) {
  json::object content{{"to", message.to},
                       {"subject", message.subject},
                       {"text", message.text},
                       {"html", message.html}};
  if (!message.to_name.empty()) content["to_name"] = message.to_name;
  if (!message.attachments.empty()) content["attachments"] = write_attachments(message.attachments);
  if (!message.headers.empty()) {
    json::array headers;
    for (const auto& [name, value] : message.headers) headers.push_back(json::array{name, value});
    content["headers"] = std::move(headers);
  }
  if (message.reminds_of) content["reminds_of"] = format_instant(*message.reminds_of);
  return key.seal(json::serialize(content), id);
}

std::optional<Message> open_message(const DataKey& key, const Uuid& id,
                                    std::span<const std::uint8_t> sealed) {
  const auto plain = key.open(sealed, id);
  if (!plain) return std::nullopt;
  const auto value = json::parse(*plain);
  const auto& content = value.as_object();
  Message message;
  message.to = text_of(content, "to");
  message.subject = text_of(content, "subject");
  message.text = text_of(content, "text");
  message.html = text_of(content, "html");
  // What a message does not have, and what an older server did not know.
  if (content.contains("to_name")) message.to_name = text_of(content, "to_name");
  if (content.contains("reminds_of")) {
    message.reminds_of = parse_instant(text_of(content, "reminds_of"));
  }
  if (const auto* all = content.if_contains("attachments")) {
    message.attachments = read_attachments(all->as_array());
  }
  if (const auto* headers = content.if_contains("headers")) {
    for (const auto& header : headers->as_array()) {
      const auto& pair = header.as_array();
      message.headers.emplace_back(json::value_to<std::string>(pair.at(0)),
                                   json::value_to<std::string>(pair.at(1)));
    }
  }
  return message;
}

}  // namespace frontdesk::queue
