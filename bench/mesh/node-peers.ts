import * as platform from 'node-datachannel/polyfill'
import { PeerConnection } from 'node-datachannel'
import { WebSocket } from 'ws'
import type { WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'
import { createNodeWrtc, type NodeWebRtc } from '../../client/src/net/node-wrtc.ts'
import { createTimers } from '../../client/src/net/timers.ts'
import { LOWEST_PITCH } from '../../client/src/sequence/pattern.ts'
import { openSong } from '../../client/src/jam/open-song.ts'
import { STEPS } from '../page/bench-peer.ts'
import { joinJamOver, TRACK } from '../page/jam-over.ts'
import { openMesh } from '../page/open-mesh.ts'

/** Some peers of one room in this process, without a page. */
export interface NodePeers {
  /** Links that are open, from both ends. */
  linkEnds(): number
  onLinks(listener: () => void): void
  /** One of them is to write so many notes; to be called when all are linked. */
  beginJam(): Promise<NodeJam>
}

/** The same song at all of them. */
export interface NodeJam {
  /** The first writes a note. @param at  from 0; each is a place of its own */
  write(at: number): void
  /** Of how many notes everybody has heard. */
  noteCount(): number
}

const nodeWrtc = (): object =>
  createNodeWrtc({ PeerConnection, ...platform } as unknown as NodeWebRtc).wrtc

/** All join at once, over our links. */
export async function openOurPeers(room: string, url: string, count: number): Promise<NodePeers> {
  const nothing = (): (() => void) => () => undefined
  const timers = createTimers()
  const opened = await Promise.all(
    Array.from({ length: count }, () =>
      openMesh({
        room,
        url: `${url.replace('http', 'ws')}/ws`,
        timers,
        wakes: { isVisible: () => true, onWake: nothing, onHide: nothing },
        WebSocket,
        wrtc: nodeWrtc(),
      }),
    ),
  )
  return {
    linkEnds: () =>
      opened.reduce(
        (sum, { mesh }) =>
          sum + [...mesh.links.read().values()].filter(({ status }) => status === 'open').length,
        0,
      ),
    onLinks(listener) {
      for (const { mesh } of opened) mesh.links.subscribe(listener)
    },
    async beginJam() {
      expectRooms(count)
      const jams = await Promise.all(
        opened.map(async ({ mesh, signal }) => {
          const song = await openSong()
          return joinJamOver({ mesh, signal, timers, song, own: () => TRACK })
        }),
      )
      return {
        write: (at) =>
          jams[0]?.verbs.toggleNote(TRACK, at % STEPS, LOWEST_PITCH + Math.floor(at / STEPS)),
        noteCount: () =>
          Math.min(
            ...jams.map(
              ({ song }) => song.read().tracks.find(({ id }) => id === TRACK)?.patterns.a.size ?? 0,
            ),
          ),
      }
    },
  }
}

/**
 * All join at once, over stock y-webrtc. It keeps one room a name and module: each peer gets a module of its own.
 * Between the peers of one process nothing but links is left to it.
 */
export async function openStockPeers(room: string, url: string, count: number): Promise<NodePeers> {
  // y-webrtc asks the platform for it, and this one has none.
  Object.assign(globalThis, { WebSocket })
  expectRooms(count)
  const modules = await Promise.all(Array.from({ length: count }, (_, at) => stockModule(at)))
  const docs = modules.map(() => new Y.Doc())
  const providers = modules.map(
    (module, at) =>
      new module.WebrtcProvider(room, docs[at] ?? new Y.Doc(), {
        signaling: [url],
        filterBcConns: false,
        peerOpts: { wrtc: nodeWrtc() },
      }),
  )
  const listeners: (() => void)[] = []
  const watched = new Set<object>()
  for (const provider of providers) {
    provider.on('peers', () => {
      for (const { peer } of provider.room?.webrtcConns.values() ?? []) {
        const events = peer as { once(event: 'connect', listener: () => void): void }
        if (watched.has(events)) continue
        watched.add(events)
        events.once('connect', () => {
          for (const listener of listeners) listener()
        })
      }
    })
  }
  return {
    linkEnds: () =>
      providers.reduce(
        (sum, { room: joined }) =>
          sum +
          [...(joined?.webrtcConns.values() ?? [])].filter(({ connected }) => connected).length,
        0,
      ),
    onLinks(listener) {
      listeners.push(listener)
    },
    beginJam: () =>
      Promise.resolve({
        write: (at) => docs[0]?.getMap('notes').set(String(at), at % STEPS),
        noteCount: () => Math.min(...docs.map((doc) => doc.getMap('notes').size)),
      }),
  }
}

/** Each room of y-webrtc listens to the end of the process. */
function expectRooms(count: number): void {
  process.setMaxListeners(count + process.getMaxListeners())
}

const stockModule = async (
  at: number,
): Promise<{ readonly WebrtcProvider: typeof WebrtcProvider }> =>
  (await import(
    new URL(`../src/y-webrtc.js?peer=${at}`, import.meta.resolve('y-webrtc')).href
  )) as { readonly WebrtcProvider: typeof WebrtcProvider }
