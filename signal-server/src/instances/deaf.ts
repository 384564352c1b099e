import type { Clock, Undo } from '../clock.ts'
import type { Directory, InstanceId } from './directory.ts'

/** Finds out which instances are gone, by nobody listening there. */
export interface Deaf {
  /** Nobody listened there just now: it may be gone, or only have lost its connection. */
  readonly suspect: (instance: InstanceId) => void
  readonly heard: (instance: InstanceId) => void
  readonly end: Undo
}

/** One at which nobody listens twice, so long apart, is gone. */
const AGAIN_AFTER_MS = 1_000
/** An empty frame: only whether somebody hears it is of interest. */
const PING = Buffer.alloc(1)

export function createDeaf(
  directory: Directory,
  clock: Clock,
  onGone: (instance: InstanceId) => void,
): Deaf {
  const suspects = new Map<InstanceId, Undo>()

  function ask(instance: InstanceId): void {
    suspects.delete(instance)
    directory.send(instance, PING).then(
      (isHeard) => {
        if (!isHeard) onGone(instance)
      },
      () => undefined,
    )
  }

  return {
    suspect(instance) {
      if (suspects.has(instance)) return
      const again = clock.after(AGAIN_AFTER_MS, () => {
        ask(instance)
      })
      suspects.set(instance, again)
    },
    heard(instance) {
      suspects.get(instance)?.()
      suspects.delete(instance)
    },
    end() {
      for (const end of suspects.values()) end()
      suspects.clear()
    },
  }
}
