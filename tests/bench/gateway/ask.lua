-- For wrk: every request is another line of $ZHENHUI_BENCH_PATHS; at the end one line that bench_gateway reads.
local paths = {}
for line in io.lines(os.getenv("ZHENHUI_BENCH_PATHS")) do paths[#paths + 1] = line end
local headers = { ["Authorization"] = "Bearer " .. os.getenv("ZHENHUI_BENCH_TOKEN") }
local threads = 0

function setup(thread)
  thread:set("first", threads * 997)
  threads = threads + 1
end

local at = 0
function request()
  if at == 0 then at = first end
  at = at + 1
  return wrk.format("GET", paths[at % #paths + 1], headers)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("ZHENHUI %.3f %.6f %.6f %d %d\n", summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3, summary.bytes, errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
