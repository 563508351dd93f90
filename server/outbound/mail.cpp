#include "outbound/mail.hpp"

#include "core/ensure.hpp"

#include <algorithm>
#include <memory>
#include <mutex>

#include <gmime/gmime.h>

namespace frontdesk::outbound {
namespace {

struct Unreference {
  void operator()(void* object) const noexcept { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unreference>;

struct Free {
  void operator()(char* text) const noexcept { g_free(text); }
};
struct FreeOptions {
  void operator()(GMimeFormatOptions* options) const noexcept {
    g_mime_format_options_free(options);
  }
};
struct FreeDate {
  void operator()(GDateTime* date) const noexcept { g_date_time_unref(date); }
};

void initialise_gmime() {
  static std::once_flag once;
  std::call_once(once, [] { g_mime_init(); });
}

GMimeObject* as_object(void* object) {
  return static_cast<GMimeObject*>(object);
}

Owned<GMimeObject> part_of(const char* type, const std::string& content,
                           GMimeContentEncoding encoding) {
  Owned<GMimeContentType> content_type(g_mime_content_type_parse(nullptr, type));
  ENSURE(content_type);
  Owned<GMimePart> part(g_mime_part_new());
  g_mime_object_set_content_type(as_object(part.get()), content_type.get());
  const Owned<GMimeStream> stream(
      g_mime_stream_mem_new_with_buffer(content.data(), content.size()));
  const Owned<GMimeDataWrapper> wrapper(
      g_mime_data_wrapper_new_with_stream(stream.get(), GMIME_CONTENT_ENCODING_DEFAULT));
  g_mime_part_set_content(part.get(), wrapper.get());
  g_mime_part_set_content_encoding(part.get(), encoding);
  return Owned<GMimeObject>(as_object(part.release()));
}

Owned<GMimeObject> text_part(const char* type, const std::string& text) {
  return part_of(type, text, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
}

Owned<GMimeObject> part_of(const MailPart& part) {
  auto object = part_of(part.content_type.c_str(), part.content, GMIME_CONTENT_ENCODING_BASE64);
  if (!part.is_alternative) {
    g_mime_object_set_disposition(object.get(), GMIME_DISPOSITION_ATTACHMENT);
    g_mime_part_set_filename(reinterpret_cast<GMimePart*>(object.get()), part.filename.c_str());
  }
  return object;
}

Owned<GMimeObject> multipart_of(const char* subtype, std::vector<Owned<GMimeObject>> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  Owned<GMimeMultipart> multipart(g_mime_multipart_new_with_subtype(subtype));
  for (const auto& part : parts) g_mime_multipart_add(multipart.get(), part.get());
  return Owned<GMimeObject>(as_object(multipart.release()));
}

Owned<GMimeObject> body_of(const Mail& mail) {
  std::vector<Owned<GMimeObject>> alternatives;
  alternatives.push_back(text_part("text/plain; charset=utf-8", mail.text));
  if (!mail.html.empty()) {
    alternatives.push_back(text_part("text/html; charset=utf-8", mail.html));
  }
  std::vector<Owned<GMimeObject>> files;
  for (const auto& part : mail.parts) {
    (part.is_alternative ? alternatives : files).push_back(part_of(part));
  }
  files.insert(files.begin(), multipart_of("alternative", std::move(alternatives)));
  return multipart_of("mixed", std::move(files));
}

void add_mailbox(InternetAddressList* list, const Mailbox& mailbox) {
  const Owned<InternetAddress> address(
      internet_address_mailbox_new(mailbox.name.empty() ? nullptr : mailbox.name.c_str(),
                                   ascii_address(mailbox.address).c_str()));
  internet_address_set_charset(address.get(), "utf-8");
  internet_address_list_add(list, address.get());
}

}  // namespace

std::string compose(const Mail& mail) {
  initialise_gmime();
  const Owned<GMimeMessage> message(g_mime_message_new(TRUE));
  add_mailbox(g_mime_message_get_from(message.get()), mail.from);
  add_mailbox(g_mime_message_get_to(message.get()), mail.to);
  g_mime_message_set_subject(message.get(), mail.subject.c_str(), "utf-8");
  g_mime_message_set_message_id(message.get(), mail.message_id.c_str());
  const std::unique_ptr<GDateTime, FreeDate> date(
      g_date_time_new_from_unix_utc(std::chrono::system_clock::to_time_t(mail.date)));
  g_mime_message_set_date(message.get(), date.get());
  g_mime_object_set_header(as_object(message.get()), "Auto-Submitted", "auto-generated", "utf-8");
  for (const auto& [name, value] : mail.headers) {
    g_mime_object_set_header(as_object(message.get()), name.c_str(), value.c_str(), "utf-8");
  }
  const auto body = body_of(mail);
  g_mime_message_set_mime_part(message.get(), body.get());
  const std::unique_ptr<GMimeFormatOptions, FreeOptions> options(g_mime_format_options_new());
  g_mime_format_options_set_newline_format(options.get(), GMIME_NEWLINE_FORMAT_DOS);
  const std::unique_ptr<char, Free> text(
      g_mime_object_to_string(as_object(message.get()), options.get()));
  return text.get();
}

std::string ascii_address(const std::string& address) {
  initialise_gmime();
  const auto is_ascii = [](std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  };
  if (!is_ascii(std::string_view(address).substr(0, address.rfind('@')))) return {};
  if (is_ascii(address)) return address;
  const Owned<InternetAddress> mailbox(internet_address_mailbox_new(nullptr, address.c_str()));
  const char* const ascii = internet_address_mailbox_get_idn_addr(
      reinterpret_cast<InternetAddressMailbox*>(mailbox.get()));
  return ascii == nullptr ? std::string() : std::string(ascii);
}

}  // namespace frontdesk::outbound
