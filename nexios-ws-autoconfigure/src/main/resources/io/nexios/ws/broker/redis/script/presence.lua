-- Reads who is in a group.
--
-- KEYS: interest, presence
-- ARGV: maximum number of listed members
--
-- Returns { nodes with their numbers of members, listed members, number of all listed members }. A
-- listed member is its channel and its entry. If there are more than the maximum, any of them are
-- returned.
local interest = redis.call('HGETALL', KEYS[1])
local all, limit = redis.call('HLEN', KEYS[2]), tonumber(ARGV[1])
if all <= limit then
  return { interest, redis.call('HGETALL', KEYS[2]), all }
end
local listed, cursor = {}, '0'
repeat
  local found = redis.call('HSCAN', KEYS[2], cursor, 'COUNT', limit)
  cursor = found[1]
  for i = 1, #found[2] do
    if #listed < 2 * limit then
      listed[#listed + 1] = found[2][i]
    end
  end
until cursor == '0' or #listed == 2 * limit
return { interest, listed, all }
