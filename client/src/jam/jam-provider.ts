import type { PeerId } from '@beatcord/shared'
import { subscribe, unsubscribe } from 'lib0/broadcastchannel'
import { applyAwarenessUpdate, type Awareness, removeAwarenessStates } from 'y-protocols/awareness'
import { type WebrtcConn, WebrtcProvider } from 'y-webrtc'
import * as Y from 'yjs'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { createAnswering } from './answering.ts'
import { createAsking } from './asking.ts'
import { syncFrame } from './doc-frames.ts'
import { decodeDoubt, encodeDoubt } from './doubt-frame.ts'
import { createForwarding } from './forwarding.ts'
import { ANSWER, type DocFrame, judge, judgeUpdate, MAX_UPDATE_BYTES } from './gate.ts'
import { createIntake } from './intake.ts'
import { LIVE_DOUBT, LIVE_HAVE, LIVE_UPDATE, liveFrame } from './live-kinds.ts'
import { createOwnUpdates, FROM_PEER } from './own-updates.ts'
import type { PresenceDoor } from './presence-door.ts'
import type { Roles } from './roles.ts'
import type { SongRoom } from './writable.ts'

/** Keeps one document equal on all linked peers, and passes on who is how. */
export interface JamProvider {
  /** True once some peer's answer brought all that we lacked. */
  readonly synced: Live<boolean>
  /** A frame of the live lane. @returns why its sender is to be cut off, if so; false when the kind is none of ours */
  hearLive(from: PeerId, frame: Uint8Array, arrivedMs: number): string | false | undefined
  /** Asks one peer for all it has; `onWhole` gets it, when ours has taken it in. */
  askWhole(peer: PeerId): void
  close: Undo
}

export interface JamProviderOptions {
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly presence: PresenceDoor
  readonly mesh: Mesh
  readonly timers: Timers
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number
  readonly room: SongRoom
  readonly roles: Roles
  readonly onWhole: (from: PeerId, whole: Uint8Array) => void
  /** @returns why the sender is to be cut off, if so */
  readonly onRiff: (from: PeerId, body: Uint8Array) => string | undefined
}

/** Peers ask one another at random what they lack, so that whatever got lost on the way arrives all the same. */
const RESYNC_MS = 5000
const EXPIRE_MS = 1000
/** More microtasks than the last words of a room take. */
const LAST_WORD_TURNS = 10

/**
 * y-webrtc's provider and room as the engine, over the links of our own mesh in place of its connections.
 *
 * The room's name is the document's random guid, so that its BroadcastChannel meets no other tab: every byte between
 * two tabs takes the mesh and passes the gate.
 */
export function createJamProvider(options: JamProviderOptions): JamProvider {
  const { doc, awareness, presence, mesh, timers, random } = options
  const scope = createScope()
  // Before the provider, whose own listener sends what this one has judged.
  const own = createOwnUpdates(doc, mesh, timers, () => {
    for (const peer of mesh.peers()) asking.ask(peer)
  })
  scope.own(own.close)
  // The room looks for our state under the document's client, until `claim` gives the document another.
  doc.clientID = awareness.clientID
  const provider = new WebrtcProvider(doc.guid, doc, {
    signaling: [],
    filterBcConns: false,
    awareness,
  })
  const synced = createLive(false)
  const asking = createAsking(doc, mesh, timers)
  const answering = createAnswering()

  let isOwnState = true
  const onAwareness = (_change: unknown, origin: unknown): void => {
    isOwnState = origin === 'local'
  }
  // Also before the room's, which is added in a later task.
  awareness.on('update', onAwareness)
  scope.own(() => {
    awareness.off('update', onAwareness)
  })

  const attach = (peer: PeerId): void => {
    own.claim()
    const send = (frame: Uint8Array): void => {
      if (frame[0] === 0 ? own.isOwn() : isOwnState) mesh.send(peer, 'doc', frame)
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
    meet(peer)
  }
  /** Says and asks what may have been lost with the way before, if there was one. */
  const meet = (peer: PeerId): void => {
    asking.begin(peer)
    // Said anew to all: a peer takes a state only when its clock moved on.
    awareness.setLocalState(awareness.getLocalState())
  }
  const detach = (peer: PeerId): void => {
    provider.room?.webrtcConns.delete(peer)
    asking.end(peer)
    answering.forget(peer)
    intake.forget(peer)
    const clientId = presence.forget(peer)
    if (clientId !== undefined) removeAwarenessStates(awareness, [clientId], FROM_PEER)
  }

  const forwarding = createForwarding(mesh, timers, options.roles)
  scope.own(forwarding.close)
  const onDoubt = (author: PeerId, client: number, clock: number): void => {
    if (author === mesh.self()?.peer) {
      own.doubt({ client, clock })
      return
    }
    mesh.send(author, 'live', liveFrame(LIVE_DOUBT, encodeDoubt({ client, clock })))
    asking.askOnce(author)
  }
  const intake = createIntake({ ...options, asking, forwarding, synced, onDoubt })
  /** @returns why the sender is to be cut off, if so */
  const take = (from: PeerId, frame: DocFrame, arrivedMs: number): string | undefined => {
    if (frame.kind === 'awareness') {
      const update = presence.admit(from, frame)
      if (update === undefined) return 'awareness-clock'
      applyAwarenessUpdate(awareness, update, FROM_PEER)
      return undefined
    }
    if (frame.kind === 'riff') return options.onRiff(from, frame.body)
    if (frame.kind === 'unfit-answer') {
      asking.answered(from)
      return undefined
    }
    if (frame.kind !== 'ask') return intake.take(from, frame, arrivedMs)
    intake.heardState(from, frame.stateVector, arrivedMs)
    asking.heardAsk(from, frame.stateVector)
    // No offence: whoever asks again later is answered.
    if (!answering.mayAnswer(from, arrivedMs)) return undefined
    const answer = syncFrame(ANSWER, Y.encodeStateAsUpdate(doc, frame.stateVector))
    // A song is refused before it is too large for this.
    if (answer.length <= MAX_UPDATE_BYTES && mesh.send(from, 'doc', answer)) {
      answering.answered(from, answer.length, arrivedMs)
    }
    return undefined
  }

  const takeCopy = (from: PeerId, update: Uint8Array, arrivedMs: number): string | undefined => {
    const brought = judgeUpdate(update)
    if (brought === undefined) return 'doc-update'
    return intake.take(from, { kind: 'update', answers: false, brought }, arrivedMs)
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
        else if (change === 'closed') detach(peer)
        else meet(peer)
      }),
    )
  })
  scope.own(
    mesh.onBytes('doc', (from, bytes, arrivedMs) => {
      const verdict = judge(bytes)
      const offence = verdict.ok ? take(from, verdict.frame, arrivedMs) : verdict.code
      if (offence !== undefined) mesh.cutOff(from, offence)
    }),
  )
  scope.own(
    timers.every(RESYNC_MS, () => {
      const peers = mesh.peers()
      const peer = peers[Math.floor(random() * peers.length)]
      if (peer !== undefined) asking.ask(peer)
    }),
  )
  scope.own(
    timers.every(EXPIRE_MS, () => {
      intake.expire(timers.now())
    }),
  )
  scope.own(() => {
    void destroy(provider)
  })

  return {
    synced,
    hearLive(from, frame, arrivedMs) {
      const body = frame.subarray(1)
      if (frame[0] === LIVE_UPDATE) return takeCopy(from, body, arrivedMs)
      if (frame[0] === LIVE_HAVE) return forwarding.hear(from, body) ? undefined : 'live-have'
      if (frame[0] !== LIVE_DOUBT) return false
      const doubt = decodeDoubt(body)
      if (doubt === undefined) return 'live-doubt'
      own.doubt(doubt)
      return undefined
    },
    askWhole: asking.askWhole,
    close: scope.close,
  }
}

/**
 * Ends the provider and its BroadcastChannel: y-webrtc 10.3 closes that one and then opens it anew for the last words of
 * its room, which are said some microtasks later.
 */
async function destroy({ destroy: end, key, roomName }: WebrtcProvider): Promise<void> {
  end()
  await key
  for (let turn = 0; turn < LAST_WORD_TURNS; turn++) await Promise.resolve()
  unsubscribe(
    roomName,
    subscribe(roomName, () => undefined),
  )
}
