#include "db/prepared_statements.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace frontdesk::db {
namespace {

bool has_types(const PreparedStatements::Entry& entry, const Params& params) {
  return std::ranges::equal(entry.types, params.entries(), {}, {}, &Params::Entry::type);
}

}  // namespace

PreparedStatements::Entry& PreparedStatements::entry_for(const Statement& statement,
                                                         const Params& params) {
  const auto found = by_address_.find(statement.text.data());
  Entry* first = found != by_address_.end() && found->second->text.size() == statement.text.size()
                     ? found->second
                     : with_same_text(statement.text);
  for (Entry* entry = first; entry != nullptr; entry = entry->next_variant) {
    if (has_types(*entry, params)) {
      if (found == by_address_.end()) by_address_.emplace(statement.text.data(), first);
      return *entry;
    }
  }
  Entry& added = add(statement, params);
  added.next_variant = first;
  by_address_[statement.text.data()] = &added;
  return added;
}

PreparedStatements::Entry& PreparedStatements::add(const Statement& statement,
                                                   const Params& params) {
  auto entry = std::make_unique<Entry>();
  entry->name = statement.name;
  const auto is_taken = [&](const auto& other) { return other->name == entry->name; };
  if (std::ranges::any_of(entries_, is_taken)) {
    entry->name = fmt::format("{}_{}", statement.name, entries_.size());
  }
  entry->text = statement.text;
  for (const auto& parameter : params.entries()) entry->types.push_back(parameter.type);
  entries_.push_back(std::move(entry));
  return *entries_.back();
}

// The newest, which is the head of its chain of variants.
PreparedStatements::Entry* PreparedStatements::with_same_text(std::string_view text) const {
  for (auto at = entries_.rbegin(); at != entries_.rend(); ++at) {
    if ((*at)->text == text) return at->get();
  }
  return nullptr;
}

}  // namespace frontdesk::db
