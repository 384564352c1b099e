import { WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'
import { type BenchPeer, fillSong, type OpenPeer, STEPS } from './bench-peer.ts'
import { followBenchPath } from './lossy-candidates.ts'
import { createMeshPage } from './mesh-page.ts'
import { stockKind } from './message-kind.ts'
import { tapWires } from './wire-tap.ts'

const CELL = 'cell/'

/** What we read of a connection of y-webrtc; its own types say `any`. */
interface StockPeer {
  readonly _pc: RTCPeerConnection
}

/** y-webrtc 10.3.0 as it comes, with a flat song of the same size. */
const open: OpenPeer = async ({ room: name, signalUrl }) => {
  const doc = new Y.Doc()
  const notes = doc.getMap('notes')
  const chat = doc.getArray('chat')
  const cells = new Set<number>()
  const linkListeners: (() => void)[] = []
  const provider = new WebrtcProvider(name, doc, { signaling: [signalUrl] })
  const { awareness } = provider
  // Before any observer of the page: it finds the cells as they are.
  notes.observe(({ keysChanged }: { readonly keysChanged: ReadonlySet<string> }) => {
    for (const key of keysChanged) {
      if (!key.startsWith(CELL)) continue
      const cell = Number(key.slice(CELL.length))
      if (notes.has(key)) cells.add(cell)
      else cells.delete(cell)
    }
  })
  await provider.key
  const { room } = provider
  if (room === null) throw new Error('a provider whose key is there must have a room')
  const connections = (): ReadonlyMap<string, RTCPeerConnection> =>
    new Map(
      [...room.webrtcConns]
        .filter(([, { connected }]) => connected)
        .map(([peer, conn]) => [peer, (conn.peer as StockPeer)._pc]),
    )
  watchLinks(provider, () => {
    for (const listener of linkListeners) listener()
  })

  const peer: BenchPeer = {
    self: () => room.peerId,
    connections,
    onLinks(listener) {
      linkListeners.push(listener)
    },
    toggle(cell) {
      const key = `${CELL}${cell}`
      if (notes.has(key)) notes.delete(key)
      else notes.set(key, cell % STEPS)
    },
    cells: () => new Set(cells),
    onSong(listener) {
      notes.observe(listener)
      chat.observe(listener)
    },
    entryCount: () => notes.size + chat.length,
    fill: (bytes) =>
      fillSong(bytes, {
        part(track, places) {
          doc.transact(() => {
            for (const { step, pitch } of places) notes.set(`${track}/a/${step}/${pitch}`, 228)
          })
        },
        line(text) {
          chat.push([{ id: crypto.randomUUID(), text }])
        },
        bytes: () => Y.encodeStateAsUpdate(doc).length,
        entries: () => peer.entryCount(),
      }),
    sendLive(number) {
      awareness.setLocalStateField('live', number)
    },
    onLive(listener) {
      awareness.on('change', ({ added, updated }: Record<'added' | 'updated', number[]>) => {
        for (const client of [...added, ...updated]) {
          const live: unknown = awareness.getStates().get(client)?.['live']
          if (client !== doc.clientID && typeof live === 'number') listener(live)
        }
      })
    },
  }
  return peer
}

/** y-webrtc tells of connections that begin and end, and of none that opened. */
function watchLinks(provider: WebrtcProvider, look: () => void): void {
  const watched = new Set<object>()
  provider.on('peers', () => {
    for (const { peer } of provider.room?.webrtcConns.values() ?? []) {
      const events = peer as { on(event: 'connect' | 'close', listener: () => void): void }
      if (watched.has(events)) continue
      watched.add(events)
      events.on('connect', look)
      events.on('close', look)
    }
    look()
  })
}

followBenchPath()
window.meshPage = createMeshPage(open, tapWires(stockKind))
