#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::storage {

/// Where files are kept that the database only names: a folder, or a bucket of S3. A name is made
/// of segments of `a-z 0-9 . -` between slashes, none of which begins with a dot (is_object_name);
/// another one is a bug. What has a name never changes: it is written once, read often, removed.
///
/// Every method blocks, for seconds where the store is far away: call them on WorkThreads. All of
/// them are safe to use from several threads, and throw Fault (503) where the store fails.
class ObjectStore {
 public:
  ObjectStore() = default;
  ObjectStore(const ObjectStore&) = delete;
  ObjectStore& operator=(const ObjectStore&) = delete;
  virtual ~ObjectStore() = default;

  /// Once it returns, the object outlives a loss of power; until then nobody sees any of it.
  virtual void put(const std::string& name, std::string_view bytes,
                   std::string_view content_type) = 0;

  /// nullopt where there is no such object.
  virtual std::optional<std::string> get(const std::string& name) = 0;

  /// Nothing happens where there is none.
  virtual void remove(const std::string& name) = 0;

  /// Where that is, for an operator: never a secret.
  [[nodiscard]] virtual std::string describe() const = 0;
};

/// No object is larger than this.
inline constexpr std::size_t max_object_bytes = std::size_t{16} * 1024 * 1024;

bool is_object_name(std::string_view name);

}  // namespace frontdesk::storage
