import * as Y from 'yjs'
import type { Jammer } from '../../client/src/jam/jam-stage.ts'
import { type NoteKey, noteKey, type Pitch } from '../../client/src/sequence/pattern.ts'
import type { TrackId } from '../../client/src/sequence/song.ts'

/** Names an edit that nobody ever takes back: once somebody has it, it must reach everybody. */
export type Mark = string

/** Notes below this pitch come and go; those from here on are marks. */
const LOWEST_MARK: Pitch = 40
const MARK_PITCHES = 8
const MARK_STEPS = 32

/** What a browser kept, and the marks in it. */
export interface Kept {
  readonly update: Uint8Array
  readonly marks: ReadonlySet<Mark>
}

/** One page of one person: from its loading until it is gone. */
export interface Person {
  readonly jammer: Jammer
  /** Every mark that was ever in this page's song. */
  readonly marks: Set<Mark>
}

/** The next note of a writer that nobody else writes. @param count how many the writer wrote before, below 256 */
export function markNote(writer: number, count: number): { step: number; pitch: Pitch } {
  return {
    step: count % MARK_STEPS,
    pitch: LOWEST_MARK + writer * MARK_PITCHES + Math.floor(count / MARK_STEPS),
  }
}

const noteMark = (track: TrackId, key: NoteKey): Mark => `${track}/${key}`

/** All marks that are in a page's song now. */
export function marksIn({ jam }: Jammer): ReadonlySet<Mark> {
  const marks = new Set<Mark>(jam.chat.lines.read().map(({ id }) => `chat/${id}`))
  for (const { id, patterns } of jam.song.read().tracks) {
    for (const { step, pitch } of patterns.a.values()) {
      if (pitch >= LOWEST_MARK) marks.add(noteMark(id, noteKey(step, pitch)))
    }
  }
  return marks
}

/** Notes down what this page's song holds now. */
export function remember(person: Person): void {
  for (const mark of marksIn(person.jammer)) person.marks.add(mark)
}

export function keep(person: Person): Kept {
  const { jammer } = person
  return { update: Y.encodeStateAsUpdate(jammer.doc), marks: marksIn(jammer) }
}
