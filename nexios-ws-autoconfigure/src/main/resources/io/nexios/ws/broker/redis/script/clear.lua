-- Drops the saved messages of a group.
--
-- KEYS: stream
--
-- The meta stays. The offsets go on rising and the epoch stays the same, so nothing looks like a loss
-- to the members. A client that resumes from before is told that it cannot.
return redis.call('DEL', KEYS[1])
