import { MAX_SLOT_BYTES, type RoomId } from '@beatcord/shared'

/** What the server keeps of a room, as it is asked for; it is sealed. */
export interface SlotClient {
  /** The newest version that the server can read; of those below `before`, where that is given. */
  read(roomId: RoomId, before?: number): Promise<SlotAnswer>
  /** @param expected the version that must be there now; 0: none. */
  write(
    roomId: RoomId,
    expected: number,
    sealed: Uint8Array<ArrayBuffer>,
    isLast: boolean,
  ): Promise<SlotWritten>
  remove(roomId: RoomId): Promise<'removed' | SlotTrouble['outcome']>
}

export type SlotAnswer =
  | { readonly outcome: 'slot'; readonly version: number; readonly sealed: Uint8Array }
  | { readonly outcome: 'none' }
  | SlotTrouble

export type SlotWritten =
  | { readonly outcome: 'written' | 'conflict'; readonly version: number }
  | { readonly outcome: 'no-room' }
  /** The server keeps nothing of any room. */
  | { readonly outcome: 'off' }
  | SlotTrouble

export type SlotTrouble =
  | { readonly outcome: 'denied' }
  /** @property retryMs  the server's word on when to ask again, if it gave one */
  | { readonly outcome: 'away'; readonly retryMs?: number }

export interface SlotClientOptions {
  readonly fetch: typeof fetch
  /** What the server signed of our seat; undefined before it has. */
  readonly certificate: () => string | undefined
}

interface Extras {
  readonly query?: string
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * What a browser sends on for a page that is gone, all such requests together, is at most 64 KiB.
 * @see https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
 */
const KEEPALIVE_BYTES = 60 * 1024
const VERSION = /^(?:W\/)?"(\d{1,12})"$/
const LONGEST_WAIT_SECONDS = 3600
/** Nobody waits for it; but a request that never ends would keep all later ones from being made. */
const GIVE_UP_MS = 60_000

export function createSlotClient({ fetch, certificate }: SlotClientOptions): SlotClient {
  async function ask(
    roomId: RoomId,
    init: Omit<RequestInit, 'headers'>,
    { query = '', headers = {} }: Extras = {},
  ): Promise<Response | undefined> {
    const paper = certificate()
    if (paper === undefined) return undefined
    try {
      return await fetch(`/api/rooms/${roomId}/slot${query}`, {
        ...init,
        cache: 'no-store',
        signal: AbortSignal.timeout(GIVE_UP_MS),
        headers: { ...headers, Authorization: `Bearer ${paper}` },
      })
    } catch {
      // Offline, or the server is away.
      return undefined
    }
  }

  return {
    async read(roomId, before) {
      const query = before === undefined ? '' : `?before=${String(before)}`
      const response = await ask(roomId, {}, { query })
      if (response?.status === 404) return { outcome: 'none' }
      const version = versionOf(response)
      if (response?.status !== 200 || version === undefined) return troubleOf(response)
      const sealed = await readAll(response)
      return sealed === undefined ? { outcome: 'away' } : { outcome: 'slot', version, sealed }
    },
    async write(roomId, expected, sealed, isLast) {
      const body = sealed
      const keepalive = isLast && sealed.length <= KEEPALIVE_BYTES
      const headers: Extras['headers'] =
        expected === 0 ? { 'If-None-Match': '*' } : { 'If-Match': tagOf(expected) }
      return writtenOf(await ask(roomId, { method: 'PUT', body, keepalive }, { headers }), expected)
    },
    async remove(roomId) {
      const response = await ask(roomId, { method: 'DELETE' })
      // Where slots are off there is nothing to remove.
      if (response?.status === 204 || response?.status === 404) return 'removed'
      return troubleOf(response).outcome
    },
  }
}

function writtenOf(response: Response | undefined, expected: number): SlotWritten {
  const version = versionOf(response)
  switch (response?.status) {
    case 204:
      return { outcome: 'written', version: version ?? expected + 1 }
    case 412:
      return version === undefined ? { outcome: 'away' } : { outcome: 'conflict', version }
    case 404:
      return { outcome: 'off' }
    case 413:
    case 507:
      return { outcome: 'no-room' }
    default:
      return troubleOf(response)
  }
}

const tagOf = (version: number): string => `"${String(version)}"`

function versionOf(response: Response | undefined): number | undefined {
  const version = VERSION.exec(response?.headers.get('ETag') ?? '')?.[1]
  return version === undefined ? undefined : Number(version)
}

function troubleOf(response: Response | undefined): SlotTrouble {
  if (response?.status === 401 || response?.status === 403) return { outcome: 'denied' }
  const seconds = Number(response?.headers.get('Retry-After') ?? Number.NaN)
  if (!(seconds > 0)) return { outcome: 'away' }
  return { outcome: 'away', retryMs: Math.min(seconds, LONGEST_WAIT_SECONDS) * 1000 }
}

/** A server may send more than a slot holds: then it is none. */
async function readAll(response: Response): Promise<Uint8Array | undefined> {
  try {
    if (Number(response.headers.get('Content-Length') ?? 0) > MAX_SLOT_BYTES) return undefined
    const bytes = new Uint8Array(await response.arrayBuffer())
    return bytes.length > MAX_SLOT_BYTES ? undefined : bytes
  } catch {
    return undefined
  }
}
