#include "outbound/easy_handle.hpp"

#include <mutex>
#include <new>

namespace frontdesk::outbound {
namespace {

// curl_global_init is not safe beside itself.
void initialise_curl() {
  static std::once_flag once;
  std::call_once(once, [] { ENSURE(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
}

}  // namespace

void TextList::add(const std::string& line) {
  auto* const longer = curl_slist_append(list_.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(list_.release());
  list_.reset(longer);
}

EasyHandle make_easy(const std::string& protocols, const std::string& ca_file) {
  initialise_curl();
  EasyHandle handle(curl_easy_init());
  if (!handle) throw std::bad_alloc();
  set(handle, CURLOPT_PROTOCOLS_STR, protocols.c_str());
  set(handle, CURLOPT_NOSIGNAL, 1L);
  // Without it whoever gives up on a name server waits for that all the same, and the thread's
  // other work with it: libcurl joins the thread that asks.
  set(handle, CURLOPT_QUICK_EXIT, 1L);
  set(handle, CURLOPT_NOPROXY, "*");
  set(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  set(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  // The system's folder of authorities stays beside it.
  if (!ca_file.empty()) set(handle, CURLOPT_CAINFO, ca_file.c_str());
  return handle;
}

}  // namespace frontdesk::outbound
