#pragma once

#include "db/params.hpp"
#include "db/statement.hpp"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace frontdesk::db {

/// What one connection has prepared.
class PreparedStatements {
 public:
  struct Entry {
    std::string name;  ///< on the server; differs from the statement's where two share one
    std::string_view text;
    std::vector<Oid> types;
    bool is_ready = false;          ///< the server has confirmed it
    Entry* next_variant = nullptr;  ///< the same text with other parameter types
  };

  /// The entry for this text with these parameter types; a new one is not ready. It stays where it
  /// is for the life of the connection.
  Entry& entry_for(const Statement& statement, const Params& params);

 private:
  Entry& add(const Statement& statement, const Params& params);
  Entry* with_same_text(std::string_view text) const;

  // By the address of the text: statements are constants, so that one comparison decides.
  std::unordered_map<const char*, Entry*> by_address_;
  std::vector<std::unique_ptr<Entry>> entries_;
};

}  // namespace frontdesk::db
