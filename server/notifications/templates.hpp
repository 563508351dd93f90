#pragma once

#include "notifications/template.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace frontdesk::notifications {

/// The templates of every event and language: those of the program, and over them the files of a
/// folder, section by section. Nothing is read before it is asked for. Not for several threads.
class Templates {
 public:
  using Log = std::function<void(std::string_view line)>;

  /// `folder` holds LANGUAGE/EVENT.txt and LANGUAGE/footer.txt, any of which may be absent, and may
  /// be empty itself: then there are only the program's. `log` is told of each file that cannot be
  /// used, with its path and line, once until the file changes.
  explicit Templates(std::filesystem::path folder = {}, Log log = {});

  /// What `event` says in `language`, one of `languages`. A file that has changed since is read
  /// again; a broken one is as if it were absent. The reference holds until the next call.
  const Template& find(const Event& event, std::string_view language);

  /// The words of the footer's link in `language`.
  const std::string& footer(std::string_view language);

 private:
  /// What a file was when it was looked at; all zero where there is none.
  struct Stamp {
    std::int64_t written = 0;
    std::uintmax_t size = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  template <class T>
  struct Kept {
    T value;
    Stamp stamp;
  };
  using Key = std::pair<std::string_view, std::string_view>;  ///< language, event

  [[nodiscard]] std::filesystem::path path_of(std::string_view language,
                                              std::string_view name) const;
  [[nodiscard]] static Stamp stamp_of(const std::filesystem::path& path);
  void complain(const std::filesystem::path& path, const TemplateProblem& problem) const;

  std::filesystem::path folder_;
  Log log_;
  std::map<Key, Kept<Template>> templates_;
  std::map<std::string_view, Kept<std::string>> footers_;
};

}  // namespace frontdesk::notifications
