import type { BenchPeer, OpenPeer } from './bench-peer.ts'
import { CELLS } from './bench-peer.ts'
import { comes, pause, until } from './condition.ts'
import { createLateJoin } from './late-join.ts'
import type { Drive, Join, Loss, MeshPage } from './mesh-page-types.ts'
import type { Heard, Sent } from './page-types.ts'
import { openRawPeers, type RawPeers } from './raw-peers.ts'
import type { WireTap } from './wire-tap.ts'

/** Cells above these are for what is written after a loss. */
const DRIVEN_CELLS = CELLS / 2
const WRITE_AFTER_LOSS_MS = 20

/** What the bench calls in a page: the same for ours and for the stock. */
export function createMeshPage(open: OpenPeer, tap: WireTap): MeshPage {
  const heard: Heard[] = []
  let opened: BenchPeer | undefined
  let raw: RawPeers | undefined

  const peer = (): BenchPeer => {
    if (opened === undefined) throw new Error('a page must join first')
    return opened
  }
  const rawPeers = (): RawPeers => {
    if (raw === undefined) throw new Error('the raw channels must be opened first')
    return raw
  }
  const late = createLateJoin(peer, tap, heard)

  async function join({ room, signalUrl, atMs, others, limitMs }: Join): Promise<number | null> {
    await until(atMs)
    const deadlineMs = performance.now() + limitMs
    const joined = await open({ room, signalUrl })
    opened = joined
    late.watch(joined)
    hearEdits(joined, heard)
    const isComplete = await comes(
      joined.onLinks,
      () => joined.connections().size >= others,
      deadlineMs,
    )
    return isComplete ? Date.now() : null
  }

  async function drive({ rounds, pauseMs, raw: withRaw }: Drive): Promise<readonly Sent[]> {
    const sent: Sent[] = []
    for (let round = 0; round < rounds; round++) {
      // Each place is written and taken away again, so that the song stays small.
      const cell = Math.floor(round / 2) % DRIVEN_CELLS
      await pause(pauseMs)
      const key = `${round % 2 === 0 ? '+' : '-'}${cell}`
      sent.push({ kind: 'edit', key, atMs: performance.now() })
      peer().toggle(cell)
      if (!withRaw) continue
      await pause(pauseMs)
      sent.push({ kind: 'raw', key: String(round), atMs: performance.now() })
      rawPeers().sendAll(round, tap.lastEditBytes())
    }
    return sent
  }

  async function loseLinks({ atMs, cell, cells, withinMs }: Loss): Promise<number | null> {
    const joined = peer()
    await until(atMs)
    const lostMs = performance.now()
    for (const connection of tap.connections) connection.close()
    await until(atMs + WRITE_AFTER_LOSS_MS)
    joined.toggle(cell)
    const hasAll = (): boolean => {
      const here = joined.cells()
      return cells.every((each) => here.has(each))
    }
    const isWhole = await comes(joined.onSong, hasAll, lostMs + withinMs)
    return isWhole ? performance.now() - lostMs : null
  }

  return {
    join,
    self: () => peer().self() ?? '',
    linkCount: () => peer().connections().size,
    tally: tap.tally,
    async openRaw() {
      raw = await openRawPeers(peer().connections(), (number, atMs) => {
        heard.push({ kind: 'raw', key: String(number), atMs })
      })
    },
    offsetsMs: () => rawPeers().offsetsMs(),
    drive,
    heard: () => heard,
    loseLinks,
    fill: (bytes) => peer().fill(bytes),
    arrival: late.arrival,
    startLive: late.startLive,
    stopLive: late.stopLive,
  }
}

function hearEdits(peer: BenchPeer, heard: Heard[]): void {
  let known = peer.cells()
  peer.onSong(() => {
    const atMs = performance.now()
    const now = peer.cells()
    for (const cell of now)
      if (!known.has(cell)) heard.push({ kind: 'edit', key: `+${cell}`, atMs })
    for (const cell of known)
      if (!now.has(cell)) heard.push({ kind: 'edit', key: `-${cell}`, atMs })
    known = now
  })
}
