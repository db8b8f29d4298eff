-- Reads saved messages of a group and the position of the group in one step.
--
-- KEYS: meta, stream
-- ARGV: first offset, most messages to read, TTL of the meta, epoch for a new meta, or '' to make none
--
-- Returns { epoch, offset, id of the last message, entries }. Each entry is { id, { field, value, ... } }.
-- Returns nothing if there is no meta and none is made.
local meta = redis.call('HMGET', KEYS[1], 'e', 'n', 'f')

if not meta[1] then
  if ARGV[4] == '' then
    return false
  end
  meta = { ARGV[4], '0', '\0\0\0\0\0\0\0\0' }
  -- Its messages are those of another epoch. They go first: a new meta beside them would be wrong
  redis.call('DEL', KEYS[2])
  redis.call('HSET', KEYS[1], 'e', meta[1], 'n', meta[2], 'f', meta[3])
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
-- A cleared or old stream is empty. Nothing is read beyond the end: the stream of a failed call may be ahead
meta[4] = redis.call('XRANGE', KEYS[2], ARGV[1] .. '-0', meta[2] .. '-0', 'COUNT', ARGV[2])
return meta
