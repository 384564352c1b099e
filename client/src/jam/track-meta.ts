import { parseName } from '../sequence/parse-name.ts'
import { START_WORDS } from '../words/start.ts'

/** Who made a track, and how it is shown: one immutable value. */
export interface TrackMeta {
  /** Peer id of its owner. */
  readonly owner: string
  /** Names the browser it was made in. */
  readonly home: string
  readonly name: string
  /** Index into the palette of people's colours. */
  readonly colour: number
  /** Wall clock at its making, ms since 1970: the order of tracks. */
  readonly bornMs: number
}

const MAX_ID_CHARS = 64
const MAX_COLOUR = 63

const isId = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= MAX_ID_CHARS

/** Undefined when the value is no track at all; a nonsensical colour or date becomes 0, a nonsensical name "Someone". */
export function parseTrackMeta(value: unknown): TrackMeta | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { owner, home, name, colour, bornMs } = value as Readonly<Record<string, unknown>>
  if (!isId(owner) || !isId(home)) return undefined
  return {
    owner,
    home,
    name: parseName(name) ?? START_WORDS.someone,
    colour: parseColour(colour),
    bornMs: typeof bornMs === 'number' && Number.isFinite(bornMs) ? bornMs : 0,
  }
}

/** A palette index from a stranger: 0 to 63, anything else becomes 0. */
export const parseColour = (value: unknown): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_COLOUR
    ? value
    : 0
