-- One address, as a different customer each time. Arguments: this folder, the file of tokens.
local count = 0
function setup(thread)
  count = count + 1
  thread:set("number", count)
end

local tokens = {}

function init(args)
  package.path = args[1] .. "/?.lua;" .. package.path
  local report = require("report")
  report.seed(number)
  for i, token in ipairs(report.lines(args[2])) do
    tokens[i] = wrk.format("GET", nil, { Authorization = "Bearer " .. token, Host = wrk.headers.Host })
  end
end

function request() return tokens[math.random(#tokens)] end

function done(summary, latency)
  package.path = os.getenv("BENCH_LUA") .. "/?.lua;" .. package.path
  require("report").done(summary, latency)
end
