import type { PeerId } from '@beatcord/shared'
import type { Brought } from './gate.ts'

/** An answer that says something of a third party which that one has not said itself. */
export interface UnsureAnswer {
  readonly from: PeerId
  readonly asked: 'lack' | 'whole'
  readonly brought: Brought
  readonly arrivedMs: number
}

/** Answers that wait for a third party's word, whole: of half an answer nobody could say what is missing in it. */
export interface UnsureAnswers {
  /** In place of what waits of the same peer. @returns the peers whose answers gave way, to be asked anew */
  hold(answer: UnsureAnswer): readonly PeerId[]
  /** Takes them all out. */
  takeAll(): readonly UnsureAnswer[]
  forget(from: PeerId): void
}

/** All of them together: two songs of ordinary size, or one as large as there are. */
const MAX_HELD_BYTES = 8 * 1024 * 1024

export function createUnsureAnswers(): UnsureAnswers {
  const held = new Map<PeerId, UnsureAnswer>()

  const bytes = (): number =>
    [...held.values()].reduce((sum, { brought }) => sum + brought.update.length, 0)

  return {
    hold(answer) {
      held.delete(answer.from)
      held.set(answer.from, answer)
      const dropped: PeerId[] = []
      for (const from of held.keys()) {
        if (held.size === 1 || bytes() <= MAX_HELD_BYTES) break
        held.delete(from)
        dropped.push(from)
      }
      return dropped
    },
    takeAll() {
      const all = [...held.values()]
      held.clear()
      return all
    },
    forget(from) {
      held.delete(from)
    },
  }
}
