import { createRiffStore } from '../jam/riff-store.ts'
import { decodeBase64url, encodeBase64url } from '../net/base64url.ts'
import { createRoomSecret, deriveRoomKeys } from '../net/room-keys.ts'
import type { Riff } from '../sequence/riff.ts'
import type { Remix } from './app-types.ts'
import { addressToHref, REMIX_PATH } from './invite.ts'
import { packRiff, unpackRiff } from './riff-file.ts'
import { homeIn, roomTag } from './room-tag.ts'
import type { Drawer } from './storage.ts'
import { suggestName } from './suggest-name.ts'

export interface ForkOptions {
  readonly drawer: Drawer
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
}

/** Messengers and some browsers cut longer ones off. */
const MAX_LINK_CHARS = 32_000

const forkKey = (tag: string): string => `fork/${tag}`

/**
 * Makes ready a private jam that begins with the riff.
 *
 * @param tag  of the room that the riff is of, where this person may have written in it
 * @returns the path and fragment of the jam
 */
export async function beginJamWith(riff: Riff, options: ForkOptions, tag = ''): Promise<string> {
  const { drawer, random } = options
  const secret = createRoomSecret()
  const next = await roomTag(await deriveRoomKeys(secret), drawer)
  const [here = '', there = ''] = await Promise.all([tag, next].map((each) => homeIn(each, drawer)))
  const packed = await packRiff(moved(riff, here, there))
  await createRiffStore(next).put(packed.riff.id, packed.bytes)
  drawer.write(forkKey(next), packed.riff.id)
  const label = suggestName(random).toLowerCase().replaceAll(' ', '-')
  return addressToHref({ kind: 'private', label, secret })
}

/** The id of the riff with which a jam is to begin; forgotten once it has. */
export const forkOf = (drawer: Drawer, tag: string): string => drawer.read(forkKey(tag)) ?? ''
export const forgetFork = (drawer: Drawer, tag: string): void => {
  drawer.write(forkKey(tag), '')
}

/** The path and fragment that open a copy of a riff; undefined when it is too large for a link. */
export function remixHref(bytes: Uint8Array): string | undefined {
  const href = `${REMIX_PATH}#${encodeBase64url(bytes)}`
  return href.length > MAX_LINK_CHARS ? undefined : href
}

/** Reads such a link, and makes ready a jam that begins with the copy; undefined when it is none. */
export async function openRemix(hash: string, options: ForkOptions): Promise<Remix | undefined> {
  const bytes = decodeBase64url(hash.replace(/^#/, ''))
  const riff = bytes === undefined ? undefined : await unpackRiff(bytes)
  return riff && { riff, href: await beginJamWith(riff, options) }
}

/** The same riff in a room in which this person's browser has another name. */
const moved = (riff: Riff, here: string, there: string): Riff => ({
  ...riff,
  song: {
    ...riff.song,
    tracks: riff.song.tracks.map((track) =>
      track.home === here ? { ...track, home: there } : track,
    ),
  },
})
