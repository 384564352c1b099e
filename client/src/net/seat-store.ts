import { isPeerId, MAX_CERTIFICATE_CHARS, type SeatClaim } from '@beatcord/shared'
import type { Undo } from '../lib/scope.ts'
import { createPageName, isPageName } from './page-name.ts'
import type { Timers } from './timers.ts'

/** How long a reloaded tab waits for its own previous page to let go of the seat. */
const LOCK_WAIT_MS = 1000
const PROOF = /^[\w-]{43}$/
const CERTIFICATE = /^[\w-]+\.[\w-]+\.[\w-]+$/

/** The seat of this tab in one room. It outlives a reload and is never shared with a duplicated tab. */
export interface SeatStore {
  /** The seat this tab had, once it is sure that no other tab sits on it; takes up to 1 s. */
  claim(): Promise<SeatClaim | undefined>
  keep(seat: SeatClaim): void
  forget(): void
  /** Names this page; later pages of this tab get greater names. */
  nextPage(): string
  /** Lets go of the seat and leaves it in store for the next page of this tab. */
  close: Undo
}

export interface SeatStoreOptions {
  /** Names the room in this browser. */
  readonly room: string
  /** Belongs to the tab and is copied when it is duplicated: `sessionStorage`. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | undefined
  /** Missing in old browsers; a duplicated tab then goes unnoticed here, and one of the two is told it was replaced. */
  readonly locks: Pick<LockManager, 'request'> | undefined
  readonly timers: Timers
}

export function createSeatStore({ room, storage, locks, timers }: SeatStoreOptions): SeatStore {
  const key = `beatcord.seat.${room}`
  const pageKey = `beatcord.page.${room}`
  let held: { readonly peerId: string; readonly letGo: Undo } | undefined
  let closed = false

  function letGo(): void {
    held?.letGo()
    held = undefined
  }

  function hold(peerId: string, release: Undo): void {
    letGo()
    if (closed) release()
    else held = { peerId, letGo: release }
  }

  return {
    async claim() {
      const seat = parseSeat(tried(() => storage?.getItem(key)))
      if (seat === undefined) return undefined
      if (locks === undefined || held?.peerId === seat.peerId) return seat
      const release = await takeLock(locks, seat.peerId, timers)
      if (release === undefined) {
        // The copy in this tab's store is another tab's seat: a reload must not take it either.
        tried(() => storage?.removeItem(key))
        return undefined
      }
      hold(seat.peerId, release)
      return seat
    },
    keep(seat) {
      tried(() => storage?.setItem(key, JSON.stringify(seat)))
      if (locks === undefined || held?.peerId === seat.peerId || closed) return
      void takeLock(locks, seat.peerId, timers).then((release) => {
        if (release !== undefined) hold(seat.peerId, release)
      })
    },
    forget() {
      tried(() => storage?.removeItem(key))
      letGo()
    },
    nextPage() {
      const before = tried(() => storage?.getItem(pageKey))
      const page = createPageName(timers.wallMs(), isPageName(before) ? before : undefined)
      tried(() => storage?.setItem(pageKey, page))
      return page
    },
    close() {
      closed = true
      letGo()
    },
  }
}

/** @returns the end of the hold; undefined when someone else kept it for a second */
function takeLock(
  locks: Pick<LockManager, 'request'>,
  peerId: string,
  timers: Timers,
): Promise<Undo | undefined> {
  return new Promise((resolve) => {
    const abort = new AbortController()
    const undoWait = timers.after(LOCK_WAIT_MS, () => {
      abort.abort()
    })
    const untilLetGo = (): Promise<void> =>
      new Promise((release) => {
        undoWait()
        resolve(release)
      })
    locks.request(`beatcord-seat-${peerId}`, { signal: abort.signal }, untilLetGo).catch(() => {
      // Aborted by our own second, or locks are switched off for this page: no seat either way.
      undoWait()
      resolve(undefined)
    })
  })
}

function parseSeat(text: unknown): SeatClaim | undefined {
  if (typeof text !== 'string') return undefined
  const seat = tried((): unknown => JSON.parse(text))
  if (typeof seat !== 'object' || seat === null) return undefined
  if (!('peerId' in seat) || !('proof' in seat)) return undefined
  const { peerId, proof } = seat
  if (!isPeerId(peerId) || typeof proof !== 'string' || !PROOF.test(proof)) return undefined
  const certificate = 'certificate' in seat ? seat.certificate : undefined
  return isCertificate(certificate) ? { peerId, proof, certificate } : { peerId, proof }
}

const isCertificate = (value: unknown): value is string =>
  typeof value === 'string' && value.length <= MAX_CERTIFICATE_CHARS && CERTIFICATE.test(value)

/** The store may be full, forbidden or filled with junk; the tab then sits down anew. */
function tried<T>(use: () => T): T | undefined {
  try {
    return use()
  } catch {
    // Named above: none of these is worth more than a new seat.
    return undefined
  }
}
