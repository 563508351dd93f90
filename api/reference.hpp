#pragma once

#include <cstddef>
#include <span>
#include <string_view>

/// The contract's pages and files, as data in the binary. Nothing here lives on the heap.
namespace frontdesk::api {

/// A file that the reference page loads.
struct ReferenceFile {
  std::string_view path;  ///< `/docs/reference-0123456789ab.js`: it changes with the content
  std::string_view content_type;
  std::span<const unsigned char> gzip;
  std::size_t size_bytes;  ///< before compression
};

std::span<const ReferenceFile> reference_files();

/// The HTML of /docs. Its scripts and styles are reference_files; nothing in it is inline.
std::string_view reference_page();

/// The HTML of /, which links /dev/inbox in development only. Its one style element is inline.
std::string_view start_page(bool development);

}  // namespace frontdesk::api
