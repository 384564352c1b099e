import { START_WORDS } from '../words/start.ts'
import { MAX_ROOM_GRAPHEMES } from '@beatcord/shared'
import type { Invite, Verdict } from './app-types.ts'

/**
 * What an invite's link says, keys included.
 *
 * `/jam#<room>` is an open room. `/jam#~<label>.<key>` is a private one: the tilde comes first and the key has a fixed
 * length, so that wherever such a link was cut off it is no open room.
 */
export type RoomAddress =
  | { readonly kind: 'open'; readonly name: string }
  | { readonly kind: 'private'; readonly label: string; readonly secret: Uint8Array }
  | { readonly kind: 'cut-off' }
  | { readonly kind: 'invalid' }

export type WholeAddress = Extract<RoomAddress, { readonly kind: 'open' | 'private' }>

export const JAM_PATH = '/jam'
/** With a riff in its fragment: whoever opens it begins a jam of their own with a copy. */
export const REMIX_PATH = '/remix'
const SECRET_BYTES = 16
const SECRET = /^[A-Za-z0-9_-]{22}$/
/** Messengers like to make the sentence's full stop a part of the link. */
const TRAILING_PUNCTUATION = /[.,;:!?)\]}>'"]+$/
// Invisible or direction-changing characters would let two names look alike; joiners stay, scripts and emoji need them.
const UNSEEN =
  /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]/u

/** @param hash  the address's fragment, with or without its `#` */
export function parseAddress(hash: string): RoomAddress {
  const fragment = hash.startsWith('#') ? hash.slice(1) : hash
  if (fragment.startsWith('~')) return parsePrivate(fragment.slice(1))
  const name = decode(fragment)
  const verdict = name === undefined ? undefined : parseRoomName(name)
  return verdict?.ok === true ? { kind: 'open', name: verdict.name } : { kind: 'invalid' }
}

function parsePrivate(text: string): RoomAddress {
  const [label = '', ...rest] = text.replace(TRAILING_PUNCTUATION, '').split('.')
  const [key = ''] = rest
  const shown = decode(label)
  if (shown === undefined || rest.length > 1 || !SECRET.test(key)) return { kind: 'cut-off' }
  const name = parseRoomName(shown)
  const secret = Uint8Array.from(
    atob(`${key.replaceAll('-', '+').replaceAll('_', '/')}==`),
    (char) => char.charCodeAt(0),
  )
  if (!name.ok || secret.length !== SECRET_BYTES) return { kind: 'cut-off' }
  return { kind: 'private', label: name.name, secret }
}

/** Path and fragment of a room's link. */
export function addressToHref(address: WholeAddress): string {
  if (address.kind === 'open') return `${JAM_PATH}#${encode(address.name)}`
  const key = btoa(String.fromCharCode(...address.secret))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
  return `${JAM_PATH}#~${encode(address.label)}.${key}`
}

/** What may be shown of an address. */
export function addressToInvite(address: RoomAddress): Invite {
  return address.kind === 'private' ? { kind: 'private', label: address.label } : address
}

/** Any text of 1 to 40 graphemes after NFKC; case counts, spaces at the ends do not. */
export function parseRoomName(text: string): Verdict {
  const name = text.normalize('NFKC').replace(/\s+/gu, ' ').trim()
  if (name === '') return { ok: false, reason: START_WORDS.noRoomName }
  if (UNSEEN.test(name)) return { ok: false, reason: START_WORDS.unseenRoomName }
  return graphemes(name) > MAX_ROOM_GRAPHEMES
    ? { ok: false, reason: START_WORDS.longRoomName(MAX_ROOM_GRAPHEMES) }
    : { ok: true, name }
}

const graphemes = (text: string): number => [...new Intl.Segmenter().segment(text)].length

// `.` and `~` mean something in a private link, and encodeURIComponent leaves them alone.
const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll('.', '%2E').replaceAll('~', '%7E')

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    // A percent sign that begins no escape: the link was mangled on its way.
    return undefined
  }
}
