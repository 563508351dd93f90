#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;  // libpq's PGconn

namespace frontdesk::db {

/// A connection that blocks its thread: for what happens before the server serves, and for tests.
class BlockingConnection {
 public:
  /// Rows of text; nullopt for NULL.
  using Table = std::vector<std::vector<std::optional<std::string>>>;

  /// Throws SetupError with libpq's reason.
  explicit BlockingConnection(const std::string& url);
  ~BlockingConnection();
  BlockingConnection(const BlockingConnection&) = delete;
  BlockingConnection& operator=(const BlockingConnection&) = delete;

  /// Runs one or more statements without parameters. Throws SqlError.
  void run(const std::string& sql);

  /// Runs one statement with text parameters. Throws SqlError.
  Table query(const std::string& sql, const std::vector<std::string>& parameters = {});

  /// The first column of the first row; empty for NULL or no row.
  std::string value(const std::string& sql, const std::vector<std::string>& parameters = {});

  /// As a name in SQL: quoted, safe whatever it holds.
  [[nodiscard]] std::string quoted_name(std::string_view name) const;

  /// Cancels what the connection is doing when called, on whichever thread.
  [[nodiscard]] std::function<void()> canceller() const;

  [[nodiscard]] std::string user() const;
  [[nodiscard]] std::string database() const;

 private:
  struct Finish {
    void operator()(pg_conn* connection) const;
  };
  std::unique_ptr<pg_conn, Finish> connection_;
};

}  // namespace frontdesk::db
