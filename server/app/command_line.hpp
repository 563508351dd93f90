#pragma once

namespace frontdesk::app {

/// `frontdesk serve | migrate | check-config | create-admin | demo | slots | routes |
/// database-url`. The exit status: 0 done, 1 it could not be done (a sentence on standard error
/// says why), 2 the call or the configuration is wrong.
int run(int argc, char** argv);

}  // namespace frontdesk::app
