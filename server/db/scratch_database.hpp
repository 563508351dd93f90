#pragma once

#include "db/private_cluster.hpp"

#include <optional>
#include <string>

namespace frontdesk::db {

/// An empty database beside the private cluster's own, to be filled, looked at, and put in its
/// place. The destructor drops it, unless it has been put in place; one that a killed process left
/// behind is dropped by the next. Throws SqlError and SetupError.
class ScratchDatabase {
 public:
  static constexpr const char* name = "frontdesk_restore";
  /// What the replaced database is called until it has been dropped.
  static constexpr const char* replaced_name = "frontdesk_before_restore";

  /// `cluster` must outlive it.
  explicit ScratchDatabase(const PrivateCluster& cluster);
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;
  ~ScratchDatabase();

  [[nodiscard]] std::string owner_url() const;
  [[nodiscard]] std::string app_url() const;
  /// 32 random hexadecimal digits that the database keeps as its comment, whatever its name.
  [[nodiscard]] const std::string& mark() const { return mark_; }

  /// Takes the name of the cluster's database in one transaction: before it the old one is in use,
  /// after it this one. Nobody may be connected to either.
  void put_in_place();
  /// Drops the database that was replaced.
  void drop_replaced();

 private:
  const PrivateCluster& cluster_;
  std::string mark_;
  bool is_in_place_ = false;
};

/// The mark of the restore that made the cluster's database; nullopt where none did.
std::optional<std::string> mark_of_database(const PrivateCluster& cluster);

/// Whether the cluster's database has no tables yet.
bool is_unused(const PrivateCluster& cluster);

}  // namespace frontdesk::db
