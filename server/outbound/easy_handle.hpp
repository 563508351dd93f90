#pragma once

#include "core/ensure.hpp"

#include <memory>
#include <string>

#include <curl/curl.h>

namespace frontdesk::outbound {

struct FreeEasy {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
using EasyHandle = std::unique_ptr<CURL, FreeEasy>;

struct FreeList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

/// Lines for curl: a copy of each.
class TextList {
 public:
  void add(const std::string& line);
  [[nodiscard]] curl_slist* get() const { return list_.get(); }

 private:
  std::unique_ptr<curl_slist, FreeList> list_;
};

/// A handle with what holds for every call: certificates are verified, against the system's
/// authorities and those of `ca_file` if it is not empty; no proxy, no signal, no redirect, and
/// only the named protocols (`http,https`). Throws std::bad_alloc.
EasyHandle make_easy(const std::string& protocols, const std::string& ca_file);

/// curl_easy_setopt of an option that this libcurl has (ENSURE).
template <class T>
void set(const EasyHandle& handle, CURLoption option, T value) {
  ENSURE(curl_easy_setopt(handle.get(), option, value) == CURLE_OK);
}

}  // namespace frontdesk::outbound
