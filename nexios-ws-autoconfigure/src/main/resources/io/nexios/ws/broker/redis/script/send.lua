-- Publishes a message for one node, unless that node has no lease.
--
-- KEYS: lease of the node
-- ARGV: channel of the node, message
--
-- Returns the number of receivers, which is 0 if the node has no lease.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
return redis.call('PUBLISH', ARGV[1], ARGV[2])
