#include "accounts/jwt_claims.hpp"

#include <algorithm>
#include <vector>

#include <boost/json/basic_parser_impl.hpp>

namespace frontdesk::accounts {
namespace {

namespace json = boost::json;
using json::error_code;

// Takes the parser's events one by one: Boost.JSON's own documents let the last of two equal names
// win without a word.
class ClaimsHandler {
 public:
  static constexpr std::size_t max_object_size = 32;
  static constexpr std::size_t max_array_size = 32;
  static constexpr std::size_t max_key_size = 64;
  static constexpr std::size_t max_string_size = 4096;

  RawClaims claims;
  bool is_object = false;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code& error) { return enter(true, error); }
  bool on_object_end(std::size_t, error_code&) { return leave(); }
  bool on_array_begin(error_code& error) { return enter(false, error); }
  bool on_array_end(std::size_t, error_code&) { return leave(); }

  bool on_key_part(json::string_view part, std::size_t, error_code&) { return append(part); }
  bool on_key(json::string_view part, std::size_t, error_code& error) {
    append(part);
    if (depth_ == 1) {
      if (std::ranges::find(names_, text_) != names_.end()) return fail(error);
      names_.push_back(text_);
    }
    text_.clear();
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, error_code&) { return append(part); }
  bool on_string(json::string_view part, std::size_t, error_code& error) {
    append(part);
    const bool taken = store(text_, error);
    text_.clear();
    return taken;
  }
  bool on_number_part(json::string_view, error_code&) { return true; }
  bool on_int64(std::int64_t number, json::string_view, error_code& error) {
    return store(number, error);
  }
  bool on_uint64(std::uint64_t, json::string_view, error_code& error) { return other(error); }
  bool on_double(double, json::string_view, error_code& error) { return other(error); }
  bool on_bool(bool, error_code& error) { return other(error); }
  bool on_null(error_code& error) { return other(error); }
  bool on_comment_part(json::string_view, error_code&) { return true; }
  bool on_comment(json::string_view, error_code&) { return true; }

 private:
  static bool fail(error_code& error) {
    error = json::error::syntax;
    return false;
  }
  bool append(json::string_view part) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool enter(bool object, error_code& error) {
    if (depth_ == 0) {
      is_object = object;
      if (!object) return fail(error);
    } else if (!other(error)) {
      return false;
    }
    ++depth_;
    return true;
  }
  bool leave() {
    --depth_;
    return true;
  }

  std::optional<std::string>* text_claim() {
    const std::string& name = names_.back();
    if (name == "iss") return &claims.iss;
    if (name == "aud") return &claims.aud;
    if (name == "sub") return &claims.sub;
    if (name == "sid") return &claims.sid;
    if (name == "jti") return &claims.jti;
    return nullptr;
  }
  std::optional<std::int64_t>* time_claim() {
    const std::string& name = names_.back();
    if (name == "iat") return &claims.iat;
    if (name == "nbf") return &claims.nbf;
    if (name == "exp") return &claims.exp;
    return nullptr;
  }

  bool store(const std::string& text, error_code& error) {
    if (depth_ != 1) return depth_ > 1 || fail(error);
    if (time_claim() != nullptr) return fail(error);
    if (auto* claim = text_claim()) *claim = text;
    return true;
  }
  bool store(std::int64_t number, error_code& error) {
    if (depth_ != 1) return depth_ > 1 || fail(error);
    if (text_claim() != nullptr) return fail(error);
    if (auto* claim = time_claim()) *claim = number;
    return true;
  }
  // A value that no claim of ours has.
  bool other(error_code& error) {
    if (depth_ != 1) return depth_ > 1 || fail(error);
    return (text_claim() == nullptr && time_claim() == nullptr) || fail(error);
  }

  int depth_ = 0;
  std::string text_;
  std::vector<std::string> names_;
};

}  // namespace

std::optional<RawClaims> parse_claims(std::string_view json_text) {
  json::parse_options options;
  options.max_depth = 4;
  json::basic_parser<ClaimsHandler> parser(options);
  error_code error;
  const std::size_t read = parser.write_some(false, json_text.data(), json_text.size(), error);
  if (error || read != json_text.size() || !parser.handler().is_object) return std::nullopt;
  return std::move(parser.handler().claims);
}

}  // namespace frontdesk::accounts
