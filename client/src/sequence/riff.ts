import type { Song } from './song.ts'
import type { Bpm } from './time.ts'

/** A moment of a jam that somebody kept: all that it played, and how. It never changes. */
export interface Riff {
  /** 32 hex digits that follow from all of it, so that it is the same for everybody. */
  readonly id: string
  /** 1 to 20 characters. */
  readonly name: string
  /** When it was kept, ms since 1970, by the clock of whoever kept it. */
  readonly atMs: number
  readonly by: RiffAuthor
  readonly bpm: Bpm
  /** Its tracks are nobody's, and play what they played. */
  readonly song: Song
}

export interface RiffAuthor {
  /** 1 to 20 characters. */
  readonly name: string
  /** Index into the palette of people's colours. */
  readonly colour: number
}

/** Who wrote what is heard in it, each once. */
export function authorsOf({ song }: Pick<Riff, 'song'>): readonly RiffAuthor[] {
  const authors = new Map<string, RiffAuthor>()
  for (const { name, colour, patterns } of song.tracks) {
    const hasNotes = Object.values(patterns).some((pattern) => pattern.size > 0)
    if (hasNotes) authors.set(`${colour} ${name}`, { name, colour })
  }
  return [...authors.values()]
}
