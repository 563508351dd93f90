#pragma once

#include "app/config.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace frontdesk::app {

/// Takes FRONTDESK_* variables one by one and collects what is wrong with them, so that an operator
/// hears of everything at once.
class SettingReader {
 public:
  explicit SettingReader(const Variables& variables) : left_(variables) {}

  /// Reads `name` into `target`, which keeps its default where the variable is absent. `parse`
  /// takes a string_view and returns an optional; where that is empty, the problem is that `name`
  /// is not what was `expected`.
  template <class T, class Parse>
  void read(std::string_view name, T& target, std::string_view expected, const Parse& parse) {
    const auto text = take(name);
    if (!text) return;
    if (auto value = parse(std::string_view(*text))) {
      target = std::move(*value);
    } else {
      add_problem(fmt::format("{} is not {}.", name, expected));
    }
  }

  /// The variable as it was given; it counts as known from then on.
  std::optional<std::string> take(std::string_view name);

  /// `sentence` names the setting, says what is wrong, and shows no secret.
  void add_problem(std::string sentence);

  /// A problem for each variable that nobody took.
  void refuse_the_rest();

  [[nodiscard]] bool has_problems() const { return !problems_.empty(); }
  /// In the order in which they were found; the reader is not used afterwards.
  [[nodiscard]] std::vector<std::string> take_problems() && { return std::move(problems_); }

 private:
  Variables left_;
  std::vector<std::string> problems_;
};

}  // namespace frontdesk::app
