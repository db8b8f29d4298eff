-- Takes away what a node that is gone has left in some of its groups.
--
-- KEYS: lease of the node, groups of the node, all nodes, then meta, interest of the first group, and
--       so on
-- ARGV: node, name of the first group, of the second, and so on
--
-- Returns 1 if the node has left something in more groups, and -1 if it has a lease. Otherwise the node
-- is no longer one of all nodes, and the result is 0.
--
-- One step, because the node may only have been paused. When it comes back, it first writes its
-- lease and then announces its groups again. What it announces is never taken away, and no group of
-- it is missing in its set.
local function remove(key, field)
  local removed = redis.pcall('HDEL', key, field)
  -- A key of another type has nothing of the node
  if type(removed) == 'table' and string.sub(removed.err, 1, 9) ~= 'WRONGTYPE' then
    return removed
  end
end

if redis.call('EXISTS', KEYS[1]) == 1 then
  return -1
end
for i = 2, #ARGV do
  local failure = remove(KEYS[2 * i + 1], ARGV[1]) or remove(KEYS[2 * i], 'q' .. ARGV[1])
  if failure then
    return failure
  end
  -- Last: if this call ends before, the group is still known for the next one
  redis.call('SREM', KEYS[2], ARGV[i])
end
if redis.call('EXISTS', KEYS[2]) == 1 then
  return 1
end
redis.call('SREM', KEYS[3], ARGV[1])
return 0
