-- Says how many members a group has on a node, and which of them want to be listed.
--
-- KEYS: interest, presence
-- ARGV: node, members there, '1' if this node has no other listed members, number of channels that are no
--       longer listed, these channels, then channel and entry of the first listed member, and so on
--
-- Returns 1, or 0 if the node does not ask for the group. Then nobody is listed, because nobody would
-- take the entries away when the node is gone.
local node, removed = ARGV[1], tonumber(ARGV[4])

if ARGV[3] == '1' then
  for _, channel in ipairs(redis.call('HKEYS', KEYS[2])) do
    if string.sub(channel, 1, #node + 1) == node .. '.' then
      redis.call('HDEL', KEYS[2], channel)
    end
  end
end
for i = 5, 4 + removed do
  redis.call('HDEL', KEYS[2], ARGV[i])
end
if not redis.call('HMGET', KEYS[1], node)[1] then
  return 0
end
for i = 5 + removed, #ARGV, 2 do
  redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1])
end
-- Last: after a failure before, the number is not taken for the one that Redis has
redis.call('HSET', KEYS[1], node, ARGV[2])
return 1
