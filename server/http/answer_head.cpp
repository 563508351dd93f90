#include "http/answer_head.hpp"

#include <array>
#include <charconv>

namespace frontdesk::http {
namespace {

/// Reason phrases of RFC 9110 section 15 and RFC 6585 for what this server answers. Elsewhere the
/// phrase stays empty, which the grammar allows.
std::string_view reason_of(unsigned status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 301:
      return "Moved Permanently";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 307:
      return "Temporary Redirect";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Range Not Satisfiable";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    default:
      return "";
  }
}

void append_number(std::string& out, std::size_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

}  // namespace

std::string_view body_of(const Outgoing& answer) {
  return answer.shared_body ? std::string_view(*answer.shared_body) : std::string_view(answer.body);
}

void append_answer_head(std::string& out, const Outgoing& answer, Persistence persistence,
                        std::string_view date) {
  out.append("HTTP/1.1 ");
  append_number(out, answer.status);
  out.append(" ").append(reason_of(answer.status)).append("\r\nDate: ").append(date);
  if (answer.status != 204) {
    out.append("\r\nContent-Length: ");
    append_number(out, body_of(answer).size());
  }
  switch (persistence) {
    case Persistence::implied:
      break;
    case Persistence::keep_alive:
      out.append("\r\nConnection: keep-alive");
      break;
    case Persistence::close:
      out.append("\r\nConnection: close");
      break;
  }
  out.append("\r\n").append(answer.header_block).append("\r\n");
}

}  // namespace frontdesk::http
