import { isFields, parseJson } from '../lib/parse-json.ts'
import type { TrackMix } from '../sound/engine-types.ts'

/** By the browser that made a track: how this person wants to hear whatever comes from there. */
export type RememberedMixes = ReadonlyMap<string, TrackMix>

/** The latest are kept. */
const MOST = 200

/** What the drawer had; whatever is none is left out. Never throws. */
export function parseMixes(text: string | undefined): RememberedMixes {
  const value = parseJson(text ?? '{}')
  if (!isFields(value)) return new Map()
  const mixes = Object.entries(value).flatMap(([home, mix]) => {
    const parsed = parseMix(mix)
    return parsed === undefined ? [] : [[home, parsed] as const]
  })
  return new Map(mixes.slice(-MOST))
}

function parseMix(value: unknown): TrackMix | undefined {
  if (!isFields(value)) return undefined
  const { volume, pan, muted, soloed } = value
  const areNumbers = isWithin(0, 2, volume) && isWithin(-1, 1, pan)
  if (!areNumbers || typeof muted !== 'boolean' || typeof soloed !== 'boolean') return undefined
  return { volume, pan, muted, soloed }
}

const isWithin = (min: number, max: number, value: unknown): value is number =>
  typeof value === 'number' && value >= min && value <= max
