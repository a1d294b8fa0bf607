/**
 * What Redis does in one go. `KEYS[1]` is what is known of a stream, `KEYS[2]` what it said: a Redis stream whose
 * entries are batches of events, with the number of their last event as id (`0-<seq>`), so that nothing can be kept
 * twice or out of order. The same hash tag is in both, so they lie on one node of a cluster.
 */

const now = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`

/** ARGV: generation, owner, replica, leaseMs, liveMs. Says whether the stream is now this generation's. */
export const openScript = `${now}
local gen = redis.call('HGET', KEYS[1], 'gen')
if gen then return gen == ARGV[1] and 1 or 0 end
redis.call('HSET', KEYS[1], 'gen', ARGV[1], 'owner', ARGV[2], 'replica', ARGV[3], 'state', 'live',
  'seq', 0, 'bytes', 0, 'read', 0, 'lease', now + ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
`

/**
 * ARGV: generation, first, count, events, final state or '', leaseMs, liveMs, keepMs, maxBytes, maxEvents, channel.
 * Returns what has become of the stream, and for how many milliseconds nobody has read it. Sent again, it changes nothing.
 */
export const appendScript = `${now}
local gen, state, seq, bytes, read = unpack(redis.call('HMGET', KEYS[1], 'gen', 'state', 'seq', 'bytes', 'read'))
if not gen then return { 'gone', 0 } end
if gen ~= ARGV[1] then return { 'fenced', 0 } end
if state ~= 'live' and state ~= 'cancelling' then return { state, 0 } end
local first, count, final = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[5]
local last = first + count - 1
local isNew = last > tonumber(seq)
if isNew and first ~= seq + 1 then return { 'gap', 0 } end
if isNew then bytes = bytes + #ARGV[4] end
if final == 'overflow' or (isNew and (bytes > tonumber(ARGV[9]) or last > tonumber(ARGV[10]))) then
  redis.call('HSET', KEYS[1], 'state', 'overflow')
  redis.call('PEXPIRE', KEYS[1], ARGV[8])
  redis.call('DEL', KEYS[2])
  redis.call('PUBLISH', ARGV[11], first .. ' 0 overflow ')
  return { 'overflow', 0 }
end
if isNew then
  redis.call('XADD', KEYS[2], '0-' .. last, 'first', first, 'events', ARGV[4])
  redis.call('HSET', KEYS[1], 'seq', last, 'bytes', bytes)
end
local keepMs = ARGV[7]
if final ~= '' then
  redis.call('HSET', KEYS[1], 'state', final)
  keepMs = ARGV[8]
else
  redis.call('HSET', KEYS[1], 'lease', now + ARGV[6])
end
redis.call('PEXPIRE', KEYS[1], keepMs)
redis.call('PEXPIRE', KEYS[2], keepMs)
redis.call('PUBLISH', ARGV[11], first .. ' ' .. count .. ' ' .. final .. ' ' .. ARGV[4])
return { state, now - read }
`

/**
 * ARGV: after, how many batches, the events that tell of a loss, keepMs, channel. Returns owner, state, number of the
 * last event, milliseconds left of the lease, batches. A stream whose maker did not renew its lease is ended.
 */
export const readScript = `${now}
local owner, state, seq, lease = unpack(redis.call('HMGET', KEYS[1], 'owner', 'state', 'seq', 'lease'))
if not state then return false end
if (state == 'live' or state == 'cancelling') and tonumber(lease) < now then
  state = 'lost'
  seq = seq + 1
  redis.call('XADD', KEYS[2], '0-' .. seq, 'first', seq, 'events', ARGV[3])
  redis.call('HSET', KEYS[1], 'gen', '', 'state', state, 'seq', seq)
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
  redis.call('PUBLISH', ARGV[5], seq .. ' 1 lost ' .. ARGV[3])
end
local batches = {}
if tonumber(ARGV[2]) > 0 then
  redis.call('HSET', KEYS[1], 'read', now)
  batches = redis.call('XRANGE', KEYS[2], '(0-' .. ARGV[1], '+', 'COUNT', ARGV[2])
end
return { owner, state, tonumber(seq), math.max(0, lease - now), batches }
`

/** ARGV: the channels of replicas, up to their name; what to say there. Returns what has become of the stream. */
export const cancelScript = `
local state, replica = unpack(redis.call('HMGET', KEYS[1], 'state', 'replica'))
if not state then return false end
if state == 'live' then
  state = 'cancelling'
  redis.call('HSET', KEYS[1], 'state', state)
end
if state == 'cancelling' then redis.call('PUBLISH', ARGV[1] .. replica, ARGV[2]) end
return state
`
