import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Clock, Undo } from './clock.ts'

const LOOK_EVERY_MS = 10_000
/** A crowd: fewer leave nothing worth a pause. */
const CROWD = 1000

/**
 * Has the garbage collected when most of a crowd has left. By itself that comes with the next allocations, and who is
 * alone in a server that was full makes none to speak of: a hundred megabytes stayed for minutes.
 *
 * @param sockets how many are open
 * @param collect takes some 50 ms with ten thousand left behind
 */
export function keepTidy(clock: Clock, sockets: () => number, collect: () => void): Undo {
  let most = 0
  let end = clock.after(LOOK_EVERY_MS, look)

  function look(): void {
    end = clock.after(LOOK_EVERY_MS, look)
    most = Math.max(most, sockets())
    if (most - sockets() < CROWD || sockets() > most / 2) return
    most = sockets()
    collect()
  }

  return () => {
    end()
  }
}

/** V8's own full collection, which Node gives to whoever asks for it by a flag. */
export function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}
