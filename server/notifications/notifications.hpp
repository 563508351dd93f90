#pragma once

#include "notifications/events.hpp"
#include "notifications/facts.hpp"
#include "notifications/language.hpp"
#include "notifications/renderer.hpp"
#include "notifications/sample_facts.hpp"
#include "notifications/sms.hpp"
#include "notifications/templates.hpp"

/// What people are told, over which channels, in which words.
namespace frontdesk::notifications {}
