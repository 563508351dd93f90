#pragma once

#include <string>

#include <boost/json/object.hpp>

namespace frontdesk::app {

/// Appends `database.COMMAND` to the audit log (R73) as the server's role at `url`: what was done
/// with the whole database. Nobody is logged in; the request id is the command's name. `outcome` as
/// audit::Entry's. Throws what a Pool throws.
void audit_command(const std::string& url, const std::string& command, const std::string& outcome,
                   const boost::json::object& details = {});

}  // namespace frontdesk::app
