import * as platform from 'node-datachannel/polyfill'
import { PeerConnection } from 'node-datachannel'
import { WebSocket } from 'ws'
import type { WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'
import { createNodeWrtc, type NodeWebRtc } from '../../client/src/net/node-wrtc.ts'
import { createTimers } from '../../client/src/net/timers.ts'
import { openMesh } from '../page/open-mesh.ts'

/** Some peers of one room in this process, without a page. */
export interface NodePeers {
  /** Links that are open, from both ends. */
  linkEnds(): number
  onLinks(listener: () => void): void
}

const nodeWrtc = (): object =>
  createNodeWrtc({ PeerConnection, ...platform } as unknown as NodeWebRtc).wrtc

/** All join at once, over our links. */
export async function openOurPeers(room: string, url: string, count: number): Promise<NodePeers> {
  const nothing = (): (() => void) => () => undefined
  const opened = await Promise.all(
    Array.from({ length: count }, () =>
      openMesh({
        room,
        url: `${url.replace('http', 'ws')}/ws`,
        timers: createTimers(),
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
  }
}

/**
 * All join at once, over stock y-webrtc. It keeps one room a name and module: each peer gets a module of its own.
 * Between the peers of one process nothing but links is left to it.
 */
export async function openStockPeers(room: string, url: string, count: number): Promise<NodePeers> {
  // y-webrtc asks the platform for it, and this one has none.
  Object.assign(globalThis, { WebSocket })
  // Each of its rooms listens to the end of the process.
  process.setMaxListeners(count + process.getMaxListeners())
  const modules = await Promise.all(Array.from({ length: count }, (_, at) => stockModule(at)))
  const providers = modules.map(
    (module) =>
      new module.WebrtcProvider(room, new Y.Doc(), {
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
  }
}

const stockModule = async (
  at: number,
): Promise<{ readonly WebrtcProvider: typeof WebrtcProvider }> =>
  (await import(
    new URL(`../src/y-webrtc.js?peer=${at}`, import.meta.resolve('y-webrtc')).href
  )) as { readonly WebrtcProvider: typeof WebrtcProvider }
