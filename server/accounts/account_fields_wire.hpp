#pragma once

#include "core/email_address.hpp"
#include "core/secret.hpp"
#include "http/fields.hpp"

#include <optional>
#include <string>
#include <string_view>

/// The fields that bodies about accounts are made of. Each reader notes what is wrong in `fields`.
namespace frontdesk::accounts::wire {

inline constexpr http::TextLimits person_name{.min = 1, .max = 100, .one_line = true};

/// `email`, normalised (R04).
std::optional<EmailAddress> read_email(http::Fields& fields);

/// A password that exists: only its length is judged.
std::optional<Secret> read_password(http::Fields& fields, std::string_view name);

/// A password that is to be, held to R06; `owner` where the body says whose it will be.
std::optional<Secret> read_new_password(http::Fields& fields, std::string_view name,
                                        const std::optional<EmailAddress>& owner);

/// `code`: six digits (R01).
std::optional<std::string> read_code(http::Fields& fields);

/// `phone`, optional: E.164, a plus and 7 to 15 digits without a leading zero.
std::optional<std::string> read_phone(http::Fields& fields);

/// `locale`, optional: see is_language_tag.
std::optional<std::string> read_locale(http::Fields& fields);

/// `timezone`, optional: an IANA id, spelt exactly (R60).
std::optional<std::string> read_timezone(http::Fields& fields);

/// Takes the text into a Secret and wipes it.
std::optional<Secret> secret_of(std::optional<std::string> text);

}  // namespace frontdesk::accounts::wire
