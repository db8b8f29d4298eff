-- Does the same as the script "ask" for many groups that a node asks for.
--
-- KEYS: meta, stream, interest of the first group, then of the second, and so on
-- ARGV: node, TTL of the meta, epoch for new metas, members of the first group, of the second, and so on
--
-- Returns { epoch, offset, id of the last message } for each group. A group with a key of another
-- type has { error } instead: it must not keep the other groups from their positions. Any other
-- failure is that of the call.
local node, ttl, epoch = ARGV[1], ARGV[2], ARGV[3]

local function position(meta, stream, interest, members)
  local found = redis.pcall('HMGET', meta, 'e', 'n', 'f')
  if found.err then
    return found
  end
  local known = redis.pcall('HMGET', interest, node)
  if known.err then
    return known
  end
  if not known[1] then
    redis.call('HSET', interest, node, members)
  end
  if not found[1] then
    found = { epoch, '0', '\0\0\0\0\0\0\0\0' }
    redis.call('DEL', stream)
    redis.call('HSET', meta, 'e', found[1], 'n', found[2], 'f', found[3])
  end
  redis.call('PEXPIRE', meta, ttl)
  return found
end

local positions = {}
for i = 1, #KEYS / 3 do
  local found = position(KEYS[3 * i - 2], KEYS[3 * i - 1], KEYS[3 * i], ARGV[3 + i])
  if found.err then
    if string.sub(found.err, 1, 9) ~= 'WRONGTYPE' then
      return found
    end
    found = { found.err }
  end
  positions[i] = found
end
return positions
