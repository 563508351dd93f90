-- A booking of a slot that is free and asked for once: the slots are walked in a scattered order.
-- Arguments: this folder, tokens, `staff service` lines, first bookable slots file, offset, threads.
local count = 0
function setup(thread)
  count = count + 1
  thread:set("number", count)
end

local tokens, members, starts
local at, step

function init(args)
  package.path = args[1] .. "/?.lua;" .. package.path
  local report = require("report")
  report.seed(number)
  tokens = report.lines(args[2])
  members = report.lines(args[3])
  starts = report.lines(args[4])
  step = tonumber(args[6])
  at = tonumber(args[5]) + number
end

local headers = { ["Content-Type"] = "application/json" }

function request()
  -- 7919 is prime to every size used here, so no slot comes up twice.
  local slot = (at * 7919) % (#members * #starts)
  at = at + step
  local member = members[slot % #members + 1]
  local start = starts[math.floor(slot / #members) + 1]
  local staff, service = member:match("(%S+) (%S+)")
  headers.Authorization = "Bearer " .. tokens[math.random(#tokens)]
  return wrk.format("POST", nil, headers,
    '{"service_id":"' .. service .. '","staff_id":"' .. staff .. '","starts_at":"' .. start .. '"}')
end

function done(summary, latency)
  package.path = os.getenv("BENCH_LUA") .. "/?.lua;" .. package.path
  require("report").done(summary, latency)
end
