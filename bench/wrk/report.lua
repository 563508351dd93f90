-- What every scenario shares: the answers counted, the figures printed as one line of JSON.
local report = {}

function report.lines(path)
  local lines = {}
  for line in io.lines(path) do lines[#lines + 1] = line end
  return lines
end

-- A generator of this thread's own: wrk starts every thread with the same seed.
function report.seed(thread_number)
  math.randomseed(os.time() * 100 + thread_number)
end

function report.done(summary, latency)
  local wrong = summary.errors.status + summary.errors.connect + summary.errors.read
                + summary.errors.write + summary.errors.timeout
  io.write(string.format(
    '{"requests":%d,"duration_us":%d,"p50_us":%d,"p99_us":%d,"wrong":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), wrong))
end

return report
