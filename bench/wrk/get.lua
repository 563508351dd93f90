-- One address, without a token: health and the services list. Arguments: folder of these scripts.
local report

function init(args)
  package.path = args[1] .. "/?.lua;" .. package.path
  report = require("report")
end

function done(summary, latency)
  package.path = os.getenv("BENCH_LUA") .. "/?.lua;" .. package.path
  require("report").done(summary, latency)
end
