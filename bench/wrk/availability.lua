-- A month of one service, "anyone", of a service drawn each time. Arguments: this folder, the file
-- of service ids, first and last day.
local count = 0
function setup(thread)
  count = count + 1
  thread:set("number", count)
end

-- As browsers ask: an answer of half a megabyte is a twentieth of that in gzip.
wrk.headers["Accept-Encoding"] = "gzip"

local requests = {}

function init(args)
  package.path = args[1] .. "/?.lua;" .. package.path
  local report = require("report")
  report.seed(number)
  for i, service in ipairs(report.lines(args[2])) do
    requests[i] = wrk.format("GET", "/api/v1/availability?service_id=" .. service .. "&from=" .. args[3] .. "&to=" .. args[4])
  end
end

function request() return requests[math.random(#requests)] end

function done(summary, latency)
  package.path = os.getenv("BENCH_LUA") .. "/?.lua;" .. package.path
  require("report").done(summary, latency)
end
