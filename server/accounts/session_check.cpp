#include "accounts/session_check.hpp"

#include "accounts/session_store.hpp"
#include "audit/audit.hpp"

namespace frontdesk::accounts {
namespace {

using State = SessionCache::Answer::State;

constexpr std::chrono::seconds denial_limit{2};  // the answer waits for the entry, but not longer

Error unauthenticated() {
  return {
      .kind = ErrorKind::unauthenticated, .code = "unauthenticated", .message = "Log in first."};
}

// A signature is verified once; whether the token is good now, each time.
std::optional<AccessClaims> read_token(Shared& shared, std::string_view token, Instant now) {
  if (const auto known = shared.verified_tokens.find(token)) {
    return AccessTokens::is_current(*known, now) ? known : std::nullopt;
  }
  const auto claims = shared.tokens.verify(token, now);
  if (claims) shared.verified_tokens.store(token, *claims);
  return claims;
}

}  // namespace

Task<SessionCache::Answer> SessionCheck::look_up(SessionId session, Deadline deadline) {
  auto answer = shared_.sessions.find(session, SessionCache::Clock::now());
  if (answer.state != State::unknown) co_return answer;
  const auto lease = co_await pool_.acquire(deadline);
  const auto asked_at = SessionCache::Clock::now();
  const auto live = co_await store::live_session(*lease, session);
  shared_.sessions.store(session, live, asked_at);
  if (!live) co_return SessionCache::Answer{.state = State::ended};
  // The cache may know better: the session may have been ended while the answer was under way.
  answer = shared_.sessions.find(session, asked_at);
  co_return answer.state == State::ended ? answer : SessionCache::Answer{State::alive, *live};
}

Task<Result<Actor>> SessionCheck::authenticate(std::string_view token, Deadline deadline) {
  const auto now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  const auto claims = read_token(shared_, token, now);
  if (!claims) co_return refuse(unauthenticated());
  const auto answer = co_await look_up(claims->session, deadline);
  if (answer.state != State::alive || answer.session.user != claims->user) {
    co_return refuse(unauthenticated());
  }
  co_return Actor{.user = claims->user,
                  .session = claims->session,
                  .staff = answer.session.staff,
                  .permissions = answer.session.permissions,
                  .address = {},
                  .request_id = {}};
}

Task<void> SessionCheck::note_denial(const Actor& actor, std::string_view operation) {
  const auto lease = co_await pool_.acquire(deadline_in(denial_limit));
  co_await audit::record(*lease, actor,
                         {.action = "access.denied",
                          .subject_type = "operation",
                          .subject_id = {},
                          .outcome = "refused",
                          .details = {{"operation", operation}}});
}

}  // namespace frontdesk::accounts
