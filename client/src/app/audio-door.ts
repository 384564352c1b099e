import type { Undo } from '../lib/scope.ts'
import { createScope } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { AudioDeskOptions } from './audio-desk.ts'
import type { AudioDesk } from './audio-types.ts'

/** The tape begins to run when the jam has begun, and has had a moment for what matters more. */
const BEGIN_AFTER_MS = 2000

/** Fetches what makes files of sound: soon, for the tape is always on, and at once when it is asked for. */
export function createAudioDoor(
  options: AudioDeskOptions & { readonly timers: Pick<Timers, 'after'> },
): { open(): Promise<AudioDesk>; readonly close: Undo } {
  const scope = createScope()
  let desk: Promise<AudioDesk> | undefined
  const load = async (): Promise<AudioDesk> => {
    const { createAudioDesk } = await import('./audio-desk.ts')
    const made = await createAudioDesk(options)
    scope.own(made.close)
    return made
  }
  const open = (): Promise<AudioDesk> => {
    desk ??= load().catch((error: unknown) => {
      // Out of reach now, it is asked for again.
      desk = undefined
      throw error
    })
    return desk
  }
  scope.own(options.timers.after(BEGIN_AFTER_MS, () => void open().catch(() => undefined)))
  return { open, close: scope.close }
}
