-- Takes away what a node that is gone has left in some of its groups.
--
-- KEYS: lease of the node, groups of the node, all nodes, then meta, interest, presence of the first group,
--       and so on
-- ARGV: node, name of the first group, of the second, and so on
--
-- Returns { state, group, number of members there, listed members, group, ... }. The state is 1 if the
-- node has left something in more groups, and -1 if it has a lease. Otherwise the node is no longer one of
-- all nodes, and the state is 0. A listed member is its channel and its entry. At most 1,000 of a group
-- are returned. Groups without members of the node are left out.
--
-- One step, because the node may only have been paused. When it comes back, it first writes its
-- lease and then announces its groups again. What it announces is never taken away, and no group of
-- it is missing in its set. And only one caller hears of a member.
local node, result = ARGV[1], { 1 }

-- A key of another type has nothing of the node
local function failed(answer)
  return type(answer) == 'table' and answer.err and string.sub(answer.err, 1, 9) ~= 'WRONGTYPE'
end

local function remove_listed(presence)
  local channels, listed = redis.pcall('HKEYS', presence), {}
  if failed(channels) then
    return nil, channels
  end
  for _, channel in ipairs(channels) do
    if string.sub(channel, 1, #node + 1) == node .. '.' then
      if #listed < 2000 then
        listed[#listed + 1] = channel
        listed[#listed + 1] = redis.call('HMGET', presence, channel)[1]
      end
      redis.call('HDEL', presence, channel)
    end
  end
  return listed
end

local function remove(name, meta, interest, presence)
  local members = redis.pcall('HMGET', interest, node)
  if failed(members) then
    return members
  end
  local listed, failure = remove_listed(presence)
  if failure then
    return failure
  end
  for _, hash in ipairs({ { interest, node }, { meta, 'q' .. node } }) do
    local removed = redis.pcall('HDEL', hash[1], hash[2])
    if failed(removed) then
      return removed
    end
  end
  local count = members[1] or '0'
  if count ~= '0' or #listed > 0 then
    result[#result + 1] = name
    result[#result + 1] = count
    result[#result + 1] = listed
  end
  -- Last: if this call ends before, the group is still known for the next one
  redis.call('SREM', KEYS[2], name)
end

if redis.call('EXISTS', KEYS[1]) == 1 then
  return { -1 }
end
for i = 2, #ARGV do
  local failure = remove(ARGV[i], KEYS[3 * i - 2], KEYS[3 * i - 1], KEYS[3 * i])
  if failure then
    return failure
  end
end
if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('SREM', KEYS[3], node)
  result[1] = 0
end
return result
