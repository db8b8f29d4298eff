-- Says that a node asks for a group, and tells it the position of the group.
--
-- KEYS: meta, stream, interest
-- ARGV: node, members there if it is not known, TTL of the meta, epoch for a new meta
--
-- Returns { epoch, offset, id of the last message }. They are those of a new meta if there was none:
-- without one, the node could not tell a loss from the first message.
local meta = redis.call('HMGET', KEYS[1], 'e', 'n', 'f')

-- Not written again, because it may be newer. And groups that are known can be asked for when the memory is full
if not redis.call('HMGET', KEYS[3], ARGV[1])[1] then
  redis.call('HSET', KEYS[3], ARGV[1], ARGV[2])
end
if not meta[1] then
  meta = { ARGV[4], '0', '\0\0\0\0\0\0\0\0' }
  -- Its messages are those of another epoch. They go first: a new meta beside them would be wrong
  redis.call('DEL', KEYS[2])
  redis.call('HSET', KEYS[1], 'e', meta[1], 'n', meta[2], 'f', meta[3])
end
-- A group that is asked for never loses its epoch by age
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return meta
