import type { PeerId } from '@beatcord/shared'
import * as encoding from 'lib0/encoding'
import { applyAwarenessUpdate, type Awareness, removeAwarenessStates } from 'y-protocols/awareness'
import { type WebrtcConn, WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { Mesh } from '../net/mesh.ts'
import { ANSWER, ASK, type DocFrame, judge, MAX_UPDATE_BYTES, SYNC } from './gate.ts'

/** Keeps document and awareness equal on all linked peers. */
export interface JamProvider {
  readonly awareness: Awareness
  /** True once some peer's answer brought all that we lacked. */
  readonly synced: Live<boolean>
  /** The awareness state that a linked peer last gave; undefined when none. */
  awarenessOf(peer: PeerId): Readonly<Record<string, unknown>> | undefined
  close: Undo
}

/** Peers ask one another at random what they lack, so that whatever got lost on the way arrives all the same. */
const RESYNC_MS = 5000

/** Origin of transactions that a peer's bytes caused. */
const FROM_PEER = Symbol('from a peer')

/**
 * y-webrtc's provider and room as the engine, over the links of our own mesh in place of its connections.
 *
 * The room's name is the document's random guid, so that its BroadcastChannel meets no other tab: every byte between
 * two tabs takes the mesh and passes the gate.
 */
export function createJamProvider(
  doc: Y.Doc,
  mesh: Mesh,
  timers: Timers,
  random: () => number,
): JamProvider {
  const scope = createScope()
  const provider = new WebrtcProvider(doc.guid, doc, { signaling: [], filterBcConns: false })
  const { awareness } = provider
  const synced = createLive(false)
  const clientIds = new Map<PeerId, number>()

  // The room broadcasts every change, also one that just came in. These listeners were added before the room's own,
  // which start in a later task, and so know first whose change it is.
  let mine = true
  const onUpdate = (_update: Uint8Array, origin: unknown): void => {
    mine = origin !== FROM_PEER
  }
  const onAwareness = (_change: unknown, origin: unknown): void => {
    mine = origin === 'local'
  }
  doc.on('update', onUpdate)
  awareness.on('update', onAwareness)
  scope.own(() => {
    doc.off('update', onUpdate)
    awareness.off('update', onAwareness)
  })

  const attach = (peer: PeerId): void => {
    const send = (frame: Uint8Array): void => {
      if (mine) mesh.send(peer, 'doc', frame)
    }
    const link = {
      peer: { send },
      connected: true,
      synced: false,
      closed: false,
      destroy: () => undefined,
    }
    // The room calls nothing else of a connection: `peer.send` when it broadcasts, `destroy` when it ends.
    provider.room?.webrtcConns.set(peer, link as unknown as WebrtcConn)
    ask(peer)
    // Said anew to all: a peer whose link was made again takes a state only when its clock moved on.
    awareness.setLocalState(awareness.getLocalState())
  }
  const detach = (peer: PeerId): void => {
    provider.room?.webrtcConns.delete(peer)
    const clientId = clientIds.get(peer)
    clientIds.delete(peer)
    if (clientId !== undefined) removeAwarenessStates(awareness, [clientId], FROM_PEER)
  }
  const ask = (peer: PeerId): void => {
    mesh.send(peer, 'doc', syncFrame(ASK, Y.encodeStateVector(doc)))
  }
  const take = (from: PeerId, frame: DocFrame): void => {
    if (frame.kind === 'ask') {
      const answer = syncFrame(ANSWER, Y.encodeStateAsUpdate(doc, frame.stateVector))
      // Two songs that each just fit may be too much together; the page says that this one is full.
      if (answer.length <= MAX_UPDATE_BYTES) mesh.send(from, 'doc', answer)
    } else if (frame.kind === 'update') {
      Y.applyUpdate(doc, frame.update, FROM_PEER)
      if (frame.answers) synced.set(true)
    } else {
      takeAwareness(from, frame.clientId, frame.update)
    }
  }
  const takeAwareness = (from: PeerId, clientId: number, update: Uint8Array): void => {
    const known = clientIds.get(from)
    const taken = [...clientIds].some(([peer, id]) => id === clientId && peer !== from)
    if (taken || clientId === doc.clientID || (known !== undefined && known !== clientId)) {
      mesh.cutOff(from, 'awareness-of-another')
      return
    }
    clientIds.set(from, clientId)
    applyAwarenessUpdate(awareness, update, FROM_PEER)
  }

  void provider.key.then(() => {
    // We end the jam ourselves; a page that merely might unload (a download, a mail link) is not left.
    const { room } = provider
    if (room !== null && typeof window !== 'undefined') {
      window.removeEventListener('beforeunload', room._beforeUnloadHandler)
    }
    for (const peer of mesh.peers()) attach(peer)
    scope.own(
      mesh.onPeer((peer, change) => {
        if (change === 'open') attach(peer)
        else detach(peer)
      }),
    )
  })
  scope.own(
    mesh.onBytes('doc', (from, bytes) => {
      const verdict = judge(bytes)
      if (verdict.ok) take(from, verdict.frame)
      else mesh.cutOff(from, verdict.code)
    }),
  )
  scope.own(
    timers.every(RESYNC_MS, () => {
      const peers = mesh.peers()
      const peer = peers[Math.floor(random() * peers.length)]
      if (peer !== undefined) ask(peer)
    }),
  )
  scope.own(() => {
    provider.destroy()
    awareness.destroy()
  })

  return {
    awareness,
    synced,
    awarenessOf: (peer) => awareness.getStates().get(clientIds.get(peer) ?? -1),
    close: scope.close,
  }
}

function syncFrame(kind: number, payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, SYNC)
  encoding.writeVarUint(encoder, kind)
  encoding.writeVarUint8Array(encoder, payload)
  return encoding.toUint8Array(encoder)
}
