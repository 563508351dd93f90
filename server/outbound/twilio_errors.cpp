#include "outbound/twilio_errors.hpp"

#include <algorithm>
#include <array>

namespace frontdesk::outbound {
namespace {

using enum TwilioError::Fault;

constexpr std::array table{
    TwilioError{14107, load, "too many messages at a time"},
    TwilioError{20003, sender, "wrong account SID or auth token"},
    TwilioError{20005, sender, "the account is not active"},
    TwilioError{20429, load, "too many requests at a time"},
    TwilioError{21211, recipient, "the number is not valid"},
    TwilioError{21212, sender, "the sender's number is not valid"},
    TwilioError{21214, recipient, "the number cannot be reached"},
    TwilioError{21217, recipient, "the number is not valid"},
    TwilioError{21408, recipient, "the account may not send to this country"},
    TwilioError{21603, sender, "there is no sender"},
    TwilioError{21606, sender, "the sender's number is not one that sends SMS"},
    TwilioError{21608, recipient, "a trial account sends to verified numbers only"},
    TwilioError{21609, sender, "the address for status callbacks is not valid"},
    TwilioError{21610, recipient, "the recipient has unsubscribed"},
    TwilioError{21611, load, "too many messages of the sender wait"},
    TwilioError{21612, recipient, "the sender cannot reach this number"},
    TwilioError{21614, recipient, "the number is not a mobile one"},
    TwilioError{21617, recipient, "the text is too long"},
    TwilioError{21635, recipient, "the number is a landline"},
    TwilioError{21659, sender, "the sender's number is not the account's"},
    TwilioError{21660, sender, "the sender's number is not the account's"},
    TwilioError{21701, sender, "there is no such messaging service"},
    TwilioError{21703, sender, "the messaging service has no number"},
    TwilioError{21704, sender, "the messaging service has no number"},
    TwilioError{30001, load, "too many messages wait"},
    TwilioError{30002, sender, "the account is suspended"},
    TwilioError{30003, recipient, "the phone cannot be reached"},
    TwilioError{30004, recipient, "the message was blocked"},
    TwilioError{30005, recipient, "the number is unknown or not in service"},
    TwilioError{30006, recipient, "the number is a landline, or its network takes no SMS"},
    TwilioError{30007, recipient, "the network filtered the message out"},
    TwilioError{30008, recipient, "the network gave no reason"},
    TwilioError{30034, sender, "the sender's number is not registered with the networks"},
    TwilioError{63038, load, "the account has sent its messages of the day"},
};

}  // namespace

const TwilioError* find_twilio_error(std::int64_t code) {
  const auto found = std::ranges::find(table, code, &TwilioError::code);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace frontdesk::outbound
