import type { FilePart, FileSong } from '../../midi/file-song.ts'

/** The notes of a part on a field of so many units. */
export interface PartPicture {
  readonly width: number
  readonly height: number
  /** Of an SVG path. */
  readonly path: string
}

const WIDTH = 120
const HEIGHT = 44
/** More would be one dark field. */
const MOST_NOTES = 1500
const LEAST_PITCHES = 12

/** A part as a whole, as wide as the whole file. */
export function partPicture({ notes }: FilePart, { parts }: Pick<FileSong, 'parts'>): PartPicture {
  const endTick = parts.reduce(
    (latest, part) => part.notes.reduce((end, note) => Math.max(end, note.endTick), latest),
    1,
  )
  const pitches = notes.map(({ pitch }) => pitch)
  const lowest = pitches.reduce((least, pitch) => Math.min(least, pitch), 127)
  const highest = pitches.reduce((most, pitch) => Math.max(most, pitch), 0)
  const rows = Math.max(LEAST_PITCHES, highest - lowest + 1)
  const row = HEIGHT / rows
  const path = notes.slice(0, MOST_NOTES).map(({ tick, endTick: end, pitch }) => {
    const x = (tick / endTick) * WIDTH
    const wide = Math.max(1, ((end - tick) / endTick) * WIDTH - 0.3)
    const y = HEIGHT - (pitch - lowest + 1 + (rows - (highest - lowest + 1)) / 2) * row
    return `M${x.toFixed(1)} ${y.toFixed(1)}h${wide.toFixed(1)}v${Math.max(1, row).toFixed(1)}h-${wide.toFixed(1)}z`
  })
  return { width: WIDTH, height: HEIGHT, path: path.join('') }
}
