import { createLive, type Live } from '../lib/live.ts'
import type { RecentJam } from './app-types.ts'
import { addressToHref, JAM_PATH, parseAddress, type WholeAddress } from './invite.ts'
import type { Drawer } from './storage.ts'

const KEY = 'recent'
const MAX_RECENT = 8

/** The jams this browser was in, latest first. */
export interface RecentJams {
  readonly jams: Live<readonly RecentJam[]>
  add(address: WholeAddress, nowMs: number): void
  forget(href: string): void
}

export function createRecentJams(drawer: Drawer): RecentJams {
  const jams = createLive(readRecent(drawer))
  const keep = (next: readonly RecentJam[]): void => {
    jams.set(next)
    drawer.write(KEY, JSON.stringify(next.map(({ href, lastMs }) => ({ href, lastMs }))))
  }
  const without = (href: string): readonly RecentJam[] =>
    jams.read().filter((jam) => jam.href !== href)
  return {
    jams,
    add(address, nowMs) {
      const jam = toRecent(address, nowMs)
      keep([jam, ...without(jam.href)].slice(0, MAX_RECENT))
    },
    forget(href) {
      keep(without(href))
    },
  }
}

const toRecent = (address: WholeAddress, lastMs: number): RecentJam => ({
  label: address.kind === 'open' ? address.name : address.label,
  href: addressToHref(address),
  kind: address.kind,
  lastMs,
})

/** Those that this browser has on its list now, whichever tab put them there. */
export function readRecent(drawer: Pick<Drawer, 'read'>): readonly RecentJam[] {
  try {
    const value: unknown = JSON.parse(drawer.read(KEY) ?? '[]')
    return Array.isArray(value) ? value.flatMap(parseEntry).slice(0, MAX_RECENT) : []
  } catch {
    // Junk in the drawer: nothing is recent.
    return []
  }
}

function parseEntry(value: unknown): readonly RecentJam[] {
  if (typeof value !== 'object' || value === null) return []
  const { href, lastMs } = value as Readonly<Record<string, unknown>>
  if (typeof href !== 'string' || !href.startsWith(`${JAM_PATH}#`) || typeof lastMs !== 'number')
    return []
  const address = parseAddress(href.slice(JAM_PATH.length))
  return address.kind === 'open' || address.kind === 'private' ? [toRecent(address, lastMs)] : []
}
