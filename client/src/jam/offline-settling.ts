import type * as Y from 'yjs'
import type { Undo } from '../lib/scope.ts'
import { createScope } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { ANSWER, SYNC } from './gate.ts'

/** A wait that can be called off. */
export interface Settling {
  readonly close: Undo
}

export interface SettlingOptions {
  readonly mesh: Pick<Mesh, 'onBytes'>
  /** The room's song. */
  readonly doc: () => Y.Doc
  /** How many others are in the room, by the server's word and the links. */
  readonly others: () => number
  readonly timers: Pick<Timers, 'now' | 'every'>
}

const LOOK_EVERY_MS = 250
/** An answer may come in parts, and bring others along. */
const QUIET_MS = 1000
/** Whoever is in the room finds back to it in that time too. */
const ALONE_MS = 5000
/** Who is there and does not answer by then cannot be waited for. */
const PATIENCE_MS = 20_000

/** Waits until somebody has said what the song of the room is, or it is plain that nobody is there to say so. */
export function createSettling(options: SettlingOptions, onSettled: Undo): Settling {
  const { timers } = options
  const scope = createScope()
  const beganMs = timers.now()
  const doc = options.doc()
  let aloneSinceMs = beganMs
  let changedMs = beganMs
  let isAnswered = false
  const onUpdate = (): void => {
    changedMs = timers.now()
  }
  const look = (): void => {
    const nowMs = timers.now()
    if (options.others() > 0) aloneSinceMs = nowMs
    const isQuiet = nowMs - changedMs >= QUIET_MS
    const isAlone = nowMs - aloneSinceMs >= ALONE_MS
    if ((isAnswered && isQuiet) || isAlone || nowMs - beganMs >= PATIENCE_MS) {
      scope.close()
      onSettled()
    }
  }
  doc.on('update', onUpdate)
  scope.own(() => {
    doc.off('update', onUpdate)
  })
  scope.own(
    options.mesh.onBytes('doc', (_from, bytes) => {
      if (isAnswer(bytes)) {
        isAnswered = true
        changedMs = timers.now()
      }
    }),
  )
  scope.own(timers.every(LOOK_EVERY_MS, look))
  return { close: scope.close }
}

/** Both numbers take a byte each. */
const isAnswer = ([kind, step]: Uint8Array): boolean => kind === SYNC && step === ANSWER
