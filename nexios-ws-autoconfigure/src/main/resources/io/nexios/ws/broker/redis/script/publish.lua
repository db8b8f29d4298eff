-- Saves a message of a group and publishes it, both in one step.
--
-- KEYS: meta, stream, interest
-- ARGV: envelope, 'q' and the node, sequence number, most messages to keep, TTL of the stream,
--       TTL of the meta, epoch for a new meta, channel, name of the publishing command, and, if there
--       is one, the sequence number of a message of this node that must have been accepted before
--
-- Returns { offset, 1 }. The second number is 0 if no node received the message and no node asks for
-- the group. Returns { -1, 1 } if this node's message was accepted before. Returns { -2, 1 } if the
-- message that must come before it was not accepted. Both change nothing.
--
-- Redis does not undo the writes of a script that fails. So each write is placed where a failure
-- before or after it leaves a state that the next call, or a node that repairs, can deal with.
local call = redis.call
local metaKey, stream = KEYS[1], KEYS[2]
local envelope, node, sequence, most, ttl, metaTtl, newEpoch, channel, publish, before = unpack(ARGV)
local zeros = '\0\0\0\0\0\0\0\0'
local meta = call('HMGET', metaKey, 'e', 'n', 'f', node)
local e, n, previous, last = meta[1], meta[2], meta[3], meta[4]

-- A message that was refused must not be overtaken by those that were sent behind it: a repetition of
-- it would look as if it had been accepted
if before and (not last or last - before < 0) then
  return { -2, 1 }
end
if not e then
  e, n, previous = newEpoch, 0, zeros
  -- The messages of a lost meta have offsets that the new epoch gives again. Redis checks its memory
  -- at the first write. A DEL without need would let the messages of new groups in when it is full
  if call('EXISTS', stream) == 1 then
    call('DEL', stream)
  end
elseif last and sequence - last <= 0 then
  return { -1, 1 }
end
n = n + 1
-- Printed once, because Redis is slow to print numbers
local offset = tostring(n)

-- First, because this fails if the key has another type or if the memory is full
local added = redis.pcall('XADD', stream, 'MAXLEN', most, offset .. '-0', 'p', previous, 'd', envelope)
if type(added) == 'table' then
  local newer = redis.pcall('XRANGE', stream, offset .. '-0', '+', 'COUNT', 1)
  if newer.err or #newer == 0 then
    return added
  end
  -- The stream is ahead of its meta: an earlier call failed after XADD, as its user was not allowed
  -- to continue. The group would refuse every message, so it begins again. The meta is first, because
  -- entries of the new epoch must not be found under the old one
  e, n, offset, previous = newEpoch, 1, '1', zeros
  call('HSET', metaKey, 'e', e, 'n', '0', 'f', zeros)
  call('DEL', stream)
  call('XADD', stream, '1-0', 'p', zeros, 'd', envelope)
end
-- The id of a message in the chain is the second half of its UUID
call('HSET', metaKey, 'e', e, 'n', offset, 'f', string.sub(envelope, 10, 17), node, sequence)
call('PEXPIRE', stream, ttl)
call('PEXPIRE', metaKey, metaTtl)

-- Last: the message is saved if this fails, and other nodes find it when they check their position
if call(publish, channel, 'N1' .. e .. previous .. offset .. ':' .. envelope) == 0
    and call('EXISTS', KEYS[3]) == 0 then
  return { n, 0 }
end
return { n, 1 }
