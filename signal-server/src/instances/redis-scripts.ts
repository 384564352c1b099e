/** What is asked of Redis in one go; each key it writes runs out by itself. */

/**
 * Takes a room that is nobody's. KEYS: home, left. ARGV: me, ms of a lease, an instance that is gone.
 * @returns whose it is, and what was left behind
 */
export const CLAIM = `
local home = redis.call('GET', KEYS[1])
if not home or home == ARGV[1] or home == ARGV[3] then
  home = ARGV[1]
  redis.call('SET', KEYS[1], home, 'PX', ARGV[2])
end
return {home, redis.call('GET', KEYS[2]) or ''}`

/**
 * Holds on to rooms. KEYS: home and left of each. ARGV: me, ms of a lease, ms of what is left behind.
 * @returns of each with which something is wrong its place, from 0, and whose it is, '' for ours with nothing left behind
 */
export const RENEW = `
local lapses = {}
for i = 1, #KEYS, 2 do
  local home = redis.call('GET', KEYS[i])
  if home and home ~= ARGV[1] then
    lapses[#lapses + 1] = (i - 1) / 2
    lapses[#lapses + 1] = home
  else
    redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2])
    if redis.call('PEXPIRE', KEYS[i + 1], ARGV[3]) == 0 then
      lapses[#lapses + 1] = (i - 1) / 2
      lapses[#lapses + 1] = ''
    end
  end
end
return lapses`

/** Leaves something behind. KEYS: home, left. ARGV: me, what, ms. */
export const KEEP = `
if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
end`

/** Gives a room up. KEYS: home, left. ARGV: me, 'forget' when what was left behind goes too. */
export const RELEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
  if ARGV[2] == 'forget' then redis.call('DEL', KEYS[2]) end
end`
