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

/** What a browser sends on for a page that is gone, all such requests together, is at most 64 KiB. @see https://fetch.spec.whatwg.org/#http-network-or-cache-fetch */
const KEEPALIVE_BYTES = 60 * 1024
const VERSION = /^(?:W\/)?"(\d{1,12})"$/
const LONGEST_WAIT_SECONDS = 3600
/** Nobody waits for it; but a request that never ends would keep all later ones from being made. */
const GIVE_UP_MS = 60_000

export function createSlotClient({ fetch, certificate }: SlotClientOptions): SlotClient {
  async function ask(roomId: RoomId, init: RequestInit, query = ''): Promise<Response | undefined> {
    const paper = certificate()
    if (paper === undefined) return undefined
    try {
      return await fetch(`/api/rooms/${roomId}/slot${query}`, {
        ...init,
        cache: 'no-store',
        signal: AbortSignal.timeout(GIVE_UP_MS),
        headers: { ...init.headers, Authorization: `Bearer ${paper}` },
      })
    } catch {
      // Offline, or the server is away.
      return undefined
    }
  }

  return {
    async read(roomId, before) {
      const query = before === undefined ? '' : `?before=${String(before)}`
      const response = await ask(roomId, {}, query)
      if (response?.status === 404) return { outcome: 'none' }
      const version = versionOf(response)
      if (response?.status !== 200 || version === undefined) return troubleOf(response)
      const sealed = await readAll(response)
      return sealed === undefined ? { outcome: 'away' } : { outcome: 'slot', version, sealed }
    },
    async write(roomId, expected, sealed, isLast) {
      const response = await ask(roomId, {
        method: 'PUT',
        body: sealed,
        keepalive: isLast && sealed.length <= KEEPALIVE_BYTES,
        headers: expected === 0 ? { 'If-None-Match': '*' } : { 'If-Match': tagOf(expected) },
      })
      const version = versionOf(response)
      if (response?.status === 204) return { outcome: 'written', version: version ?? expected + 1 }
      if (response?.status === 412 && version !== undefined) return { outcome: 'conflict', version }
      if (response?.status === 404) return { outcome: 'off' }
      if (response?.status === 413 || response?.status === 507) return { outcome: 'no-room' }
      return troubleOf(response)
    },
    async remove(roomId) {
      const response = await ask(roomId, { method: 'DELETE' })
      // Where slots are off there is nothing to remove.
      if (response?.status === 204 || response?.status === 404) return 'removed'
      return troubleOf(response).outcome
    },
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
