import { open, seal, type SealingKeys } from '../net/seal.ts'
import { parseColour } from '../jam/track-meta.ts'
import { parseName } from '../sequence/parse-name.ts'

/** What only the people of a room know of one another. */
export interface Profile {
  /** 1 to 20 characters. */
  readonly name: string
  /** Index into the palette of people's colours. */
  readonly colour: number
}

const CONTEXT = 'profile'
/** Sealed it must fit into 512 bytes; a few towering characters may not, and are then cut at the end. */
const MAX_NAME_BYTES = 240

export const sealProfile = (keys: SealingKeys, { name, colour }: Profile): Promise<string> =>
  seal(keys, JSON.stringify({ name: fitting(name), colour }), CONTEXT)

/** Undefined when it was not sealed with this room's key, or holds no profile. */
export async function openProfile(keys: SealingKeys, sealed: string): Promise<Profile | undefined> {
  const text = await open(keys, sealed, CONTEXT)
  return text === undefined ? undefined : parseProfile(text)
}

function parseProfile(text: string): Profile | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return undefined
    const { name, colour } = value as Readonly<Record<string, unknown>>
    const parsed = parseName(name)
    return parsed === undefined ? undefined : { name: parsed, colour: parseColour(colour) }
  } catch {
    // Not JSON: a member of the room sealed junk.
    return undefined
  }
}

function fitting(name: string): string {
  const parts = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment)
  while (new TextEncoder().encode(JSON.stringify(parts.join(''))).length > MAX_NAME_BYTES)
    parts.pop()
  return parts.join('')
}
