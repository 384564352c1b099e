import * as z from 'zod/mini'
import type { TrackMix } from '../sound/engine-types.ts'

/** By the browser that made a track: how this person wants to hear whatever comes from there. */
export type RememberedMixes = ReadonlyMap<string, TrackMix>

export const USUAL_MIX: TrackMix = { volume: 1, pan: 0, muted: false, soloed: false }

/** The latest are kept. */
const MOST = 200
const MIX = z.object({
  volume: z.number().check(z.minimum(0), z.maximum(2)),
  pan: z.number().check(z.minimum(-1), z.maximum(1)),
  muted: z.boolean(),
  soloed: z.boolean(),
})

/** What the drawer had; whatever is none is left out. Never throws. */
export function parseMixes(text: string | undefined): RememberedMixes {
  const value = parseJson(text ?? '{}')
  if (typeof value !== 'object' || value === null) return new Map()
  const mixes = Object.entries(value).flatMap(([home, mix]) => {
    const parsed = MIX.safeParse(mix)
    return parsed.success ? [[home, parsed.data] as const] : []
  })
  return new Map(mixes.slice(-MOST))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Somebody wrote into it by hand.
    return undefined
  }
}
