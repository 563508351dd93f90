-- Logins of customers drawn at random: bcrypt under load. Arguments: this folder.
local count = 0
function setup(thread)
  count = count + 1
  thread:set("number", count)
end

function init(args)
  package.path = args[1] .. "/?.lua;" .. package.path
  require("report").seed(number)
end

local headers = { ["Content-Type"] = "application/json" }

function request()
  return wrk.format("POST", nil, headers, string.format(
    '{"email":"customer%d@bench.test","password":"frontdesk-demo"}', math.random(10000)))
end

function done(summary, latency)
  package.path = os.getenv("BENCH_LUA") .. "/?.lua;" .. package.path
  require("report").done(summary, latency)
end
