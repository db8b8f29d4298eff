-- Saves a message of a group and publishes it, both in one step.
--
-- KEYS: meta, stream, interest
-- ARGV: envelope, 'q' and the node, sequence number, most messages to keep, TTL of the stream,
--       TTL of the meta, epoch for a new meta, channel, name of the publishing command
--
-- Returns { offset, 1 }. The second number is 0 if no node received the message and no node asks for
-- the group. Returns { -1, 1 } if this node's message was accepted before.
--
-- Redis does not undo the writes of a script that fails. So each write is placed where a failure
-- before or after it leaves a state that the next call, or a node that repairs, can deal with.
local envelope, node, sequence, epoch = ARGV[1], ARGV[2], ARGV[3], ARGV[7]
local meta = redis.call('HMGET', KEYS[1], 'e', 'n', 'f', node)
local e, n, previous = meta[1], meta[2], meta[3]

if not e then
  e, n, previous = epoch, 0, '\0\0\0\0\0\0\0\0'
  -- The messages of a lost meta have offsets that the new epoch gives again. Redis checks its memory
  -- at the first write. A DEL without need would let the messages of new groups in when it is full
  if redis.call('EXISTS', KEYS[2]) == 1 then
    redis.call('DEL', KEYS[2])
  end
elseif meta[4] and tonumber(meta[4]) >= tonumber(sequence) then
  return { -1, 1 }
end
n = n + 1

-- First, because this fails if the key has another type or if the memory is full
local added = redis.pcall('XADD', KEYS[2], 'MAXLEN', '=', ARGV[4], n .. '-0', 'p', previous, 'd', envelope)
if type(added) == 'table' then
  local newer = redis.pcall('XRANGE', KEYS[2], n .. '-0', '+', 'COUNT', 1)
  if newer.err or #newer == 0 then
    return added
  end
  -- The stream is ahead of its meta: an earlier call failed after XADD, as its user was not allowed
  -- to continue. The group would refuse every message, so it begins again. The meta is first, because
  -- entries of the new epoch must not be found under the old one
  e, n, previous = epoch, 1, '\0\0\0\0\0\0\0\0'
  redis.call('HSET', KEYS[1], 'e', e, 'n', 0, 'f', previous)
  redis.call('DEL', KEYS[2])
  redis.call('XADD', KEYS[2], '1-0', 'p', previous, 'd', envelope)
end
-- The id of a message in the chain is the second half of its UUID
redis.call('HSET', KEYS[1], 'e', e, 'n', n, 'f', string.sub(envelope, 10, 17), node, sequence)
redis.call('PEXPIRE', KEYS[2], ARGV[5])
redis.call('PEXPIRE', KEYS[1], ARGV[6])

-- Last: the message is saved if this fails, and other nodes find it when they check their position
if redis.call(ARGV[9], ARGV[8], 'N1' .. e .. previous .. n .. ':' .. envelope) == 0
    and redis.call('EXISTS', KEYS[3]) == 0 then
  return { n, 0 }
end
return { n, 1 }
