#pragma once

#include "app/config.hpp"

#include <optional>
#include <string>

namespace frontdesk::app {

/// What `preview-mail` was asked for.
struct Preview {
  std::string event;  ///< empty: list the events
  std::string language = "en";
  std::optional<std::string> channel = {};  ///< absent: the first that the event takes
  bool text = false;                        ///< of a mail, the plain text
  std::optional<std::string> out = {};      ///< absent: standard output
};

/// Writes a message of invented facts, in the templates that this installation has: of a mail the
/// HTML document, whose title is the subject; of the others the title and the text. Needs no
/// database. Returns an exit status; 2 for an event, language or channel that there is not, after
/// a sentence on standard error that says which there are. Throws std::runtime_error with a
/// sentence where `out` cannot be written.
int preview_mail(const Variables& variables, const Preview& preview);

}  // namespace frontdesk::app
