import { noteKey, type Note, type Pattern } from '../../sequence/pattern.ts'
import { EMPTY_SONG, swingOf, type Song, type Track } from '../../sequence/song.ts'
import { trackOf } from '../../sound/testing/songs.ts'
import { fileSong, type FileSong } from '../file-song.ts'
import { importPlan, type ImportRoom, type PlannedPart, type Target } from '../import-plan.ts'
import { parseSmf } from '../parse-smf.ts'
import type { Take } from '../song-strokes.ts'
import { songToMidi, TICKS_PER_BEAT } from '../song-to-midi.ts'
import { writeSmf } from '../write-smf.ts'

const TAKE: Take = { passages: ['now'], loops: 1, hasChance: false, hasFeel: true }
const TEXTS = {
  title: 'attic',
  credits: [],
  trackName: ({ name }: Track) => name,
  trackCredit: () => '',
  passageName: () => '',
}

/** What somebody who opens the file finds in it. */
export function exported(song: Song, take: Partial<Take> = {}): FileSong {
  const file = songToMidi(song, song.tracks, 100, { ...TAKE, ...take }, TEXTS)
  const verdict = file && parseSmf(writeSmf(file))
  if (verdict?.ok !== true) throw new Error('not read')
  return fileSong(verdict.file, verdict.oddities)
}

export const patternOf = (notes: readonly Note[]): Pattern =>
  new Map(notes.map((note) => [noteKey(note.step, note.pitch), note]))

const roomOf = (song: Song): ImportRoom => ({
  ...song,
  swing: song.swing ?? 50,
  freeTracks: 24,
  tracks: song.tracks.map((track) => ({
    id: track.id,
    instrument: track.sound.instrument,
    subdivision: track.subdivision,
    stepCount: track.steps ?? song.stepCount,
    swing: swingOf(track, song),
    noteCounts: {},
    isBlank: false,
  })),
})

/** The same room with what is in the file. */
export function imported(
  song: Song,
  file: FileSong,
  targets: readonly Target[],
): { readonly song: Song; readonly planned: readonly PlannedPart[] } {
  const choices = { fromBar: 0, length: 'own', isTight: false, targets } as const
  const planned = importPlan(file, roomOf(song), choices)
  const tracks = planned.map(({ patterns, shape, instrument }, index): Track => {
    const { id, sound, ...into } = song.tracks[index] ?? trackOf([], { id: `new${index}` })
    const full = Object.entries(patterns).map(([name, notes]) => [name, patternOf(notes)] as const)
    return {
      ...into,
      ...shape,
      id,
      sound: { ...sound, instrument },
      patterns: { a: patternOf([]), ...Object.fromEntries(full) },
    }
  })
  return { song: { ...song, tracks }, planned }
}

/** Notes of a plan for which there is none in the file. */
export function strayNotes({ part, patterns, shape }: PlannedPart): readonly Note[] {
  const { subdivision = 4, steps = EMPTY_SONG.stepCount } = shape ?? {}
  const stepTicks = TICKS_PER_BEAT / subdivision
  // A 48th of a step is not always a tick.
  const slack = stepTicks / 96 + 0.5
  const isThere = (at: number, pitch: number): boolean =>
    part.notes.some((note) => note.pitch === pitch && Math.abs(note.tick - at) <= slack)
  const names = Object.keys(patterns) as (keyof typeof patterns)[]
  return names.flatMap((name) => {
    const loop = 'abcdefgh'.indexOf(name)
    return (patterns[name] ?? []).filter(({ step, pitch, nudge = 0 }) => {
      const at = (loop * steps + step + nudge / 48) * stepTicks
      // The second: what comes just before the end comes just before the beginning.
      return !isThere(at, pitch) && !isThere(at + steps * stepTicks, pitch)
    })
  })
}
