import { beatAt, isPlayingAt } from '../clock/tempo-map.ts'
import { joinJam, openSong } from '../jam/jam.ts'
import { createEvents } from '../lib/events.ts'
import { createScope } from '../lib/scope.ts'
import { createPageWakes } from '../net/page-wake.ts'
import type { RoomKeys } from '../net/room-keys.ts'
import { createSeatStore } from '../net/seat-store.ts'
import { createSignalClient } from '../net/signal-client.ts'
import type { Timers } from '../net/timers.ts'
import { createSimplePeerWires } from '../net/simple-peer-wire.ts'
import { createWebRtcMesh } from '../net/webrtc-mesh.ts'
import { parseName } from '../sequence/parse-name.ts'
import { reportActivity } from './activity.ts'
import { watchAudible } from './audible.ts'
import type { AudioOutput } from './audio-output.ts'
import { watchConnection } from './connection.ts'
import { randomHex, tagOf } from './ids.ts'
import { createMe } from './me.ts'
import { createPeople } from './people.ts'
import { createPlayer } from './player.ts'
import { sealProfile } from './profile.ts'
import type { Notice, Session } from './session-types.ts'
import { createSongDesk } from './song-desk.ts'
import type { Drawer } from './storage.ts'
import { createTransportDesk } from './transport-desk.ts'
import { createVolume } from './volume.ts'
import { keepAwake } from './wake-lock.ts'

export interface SessionOptions {
  readonly page: Window & typeof globalThis
  readonly keys: RoomKeys
  readonly name: string
  /** Made within the tap that joins, so that sound may begin. */
  readonly output: AudioOutput
  /** Remembers across tabs and days; and for this tab alone. */
  readonly drawer: Drawer
  readonly tabDrawer: Drawer
  readonly timers: Timers
  readonly random: () => number
  /** `ws:` or `wss:`. */
  readonly signalUrl: string
  readonly inviteLink: () => string
  readonly onRename: (name: string) => void
  readonly onLeave: (session: Session) => void
}

const SESSION_ID_BYTES = 8
const CHAT_ID_BYTES = 8

/** Joins the room: seat, links, song, clock and sound, each made once and introduced to the others. */
export async function createSession(options: SessionOptions): Promise<Session> {
  const { page, keys, output, timers, random } = options
  const scope = createScope()
  scope.own(output.close)
  const notices = createEvents<{ notice: [Notice] }>()

  const tag = await tagOf(`room ${keys.authKey}`)
  const home = await tagOf(`home ${browserSecret(options.drawer)} ${tag}`)
  const { profileKey } = keys
  const me = createMe({
    ...options,
    home,
    tag,
    profileKey,
    wallMs: timers.wallMs(),
    self: () => signal.self.read(),
  })
  const wakes = createPageWakes(page)
  const seatStore = createSeatStore({
    room: tag,
    storage: storageOf(page),
    locks: page.navigator.locks,
    timers,
  })
  scope.own(seatStore.close)
  const sealed = await sealProfile(profileKey, me.profile.read())
  const opened = await openSong(tag)
  scope.own(opened.close)
  const signal = createSignalClient({
    url: options.signalUrl,
    authKey: keys.authKey,
    sealed,
    seatStore,
    timers,
    wakes,
    random,
    WebSocket: page.WebSocket,
  })
  scope.own(signal.close)
  const mesh = createWebRtcMesh({
    signal,
    signalKey: keys.signalKey,
    createWire: createSimplePeerWires({
      iceServers: signal.iceServers.read,
      now: timers.now,
    }),
    timers,
    wakes,
    random,
  })
  scope.own(mesh.close)
  const jam = joinJam({
    song: opened,
    mesh,
    timers,
    random,
    newSessionId: randomHex(SESSION_ID_BYTES),
    wallOffsetMs: timers.wallMs() - timers.now(),
    company: () => ({
      self: signal.self.read(),
      others: signal.state.read().status === 'admitted' ? signal.roster.read().size : undefined,
    }),
    ownTrack: me.ownTrack,
  })
  scope.own(jam.leave)
  if (!opened.kept) {
    const text = 'This browser does not keep the song. Save it before you close the page.'
    queueMicrotask(() => {
      notices.emit('notice', { kind: 'trouble', text })
    })
  }

  const { awareness, awarenessOf } = jam.awareness
  const tellHearing = (): void => {
    awareness.setLocalStateField('hears', output.state.read().status === 'running')
  }
  scope.own(output.state.subscribe(tellHearing))
  tellHearing()
  const people = createPeople({
    signal,
    mesh,
    profileKey,
    me: me.profile,
    hears: (peer) => awarenessOf(peer)?.['hears'] !== false,
    onHearsChange: (listener) => {
      awareness.on('change', listener)
      return () => {
        awareness.off('change', listener)
      }
    },
  })
  scope.own(people.close)
  scope.own(me.enter({ jam, signal, people: people.people }))

  const { connection, isOut, close: closeConnection } = watchConnection(signal, mesh)
  scope.own(closeConnection)
  scope.own(createPlayer(jam, output, timers, isOut).close)
  const transport = createTransportDesk({
    jam,
    timers,
    self: () => signal.self.read() ?? '',
    links: () => mesh.peers().length,
    latencyMs: output.latencyMs,
  })
  scope.own(transport.close)
  const song = createSongDesk({
    jam,
    transport,
    engine: output.engine.read,
    ownTrack: me.ownTrack,
    timers,
  })
  scope.own(song.close)
  const volume = createVolume(options.drawer, output.engine)
  scope.own(volume.close)
  const { audible, close: closeAudible } = watchAudible(output.engine)
  scope.own(closeAudible)
  scope.own(reportActivity(page, signal, audible, timers))
  scope.own(keepAwake(page, transport.view))

  const session: Session = {
    ...song,
    people: people.people,
    connection,
    sound: output.state,
    sync: jam.clock.state,
    song: jam.song,
    transport: transport.view,
    chat: jam.chat.lines,
    writable: jam.writable,
    myTrackId: me.trackId,
    onNotice(listener) {
      const undos = [people.onNotice(listener), notices.on('notice', listener)]
      return () => {
        for (const undo of undos) undo()
      }
    },
    heardBeat() {
      const nowMs = jam.clock.sharedMsAt(timers.now())
      const now = jam.transport.read()
      return isPlayingAt(now, nowMs) && !isOut.read() ? beatAt(now, nowMs) : undefined
    },
    play: transport.play,
    stop: transport.stop,
    setTempo: transport.setTempo,
    say(text) {
      const { name, colour } = me.profile.read()
      const by = signal.self.read() ?? ''
      jam.chat.say({ id: randomHex(CHAT_ID_BYTES), by, name, colour, text, atMs: timers.wallMs() })
    },
    rename(text) {
      const name = parseName(text)
      if (name === undefined) return
      me.rename(name)
      options.onRename(name)
    },
    unlockSound: output.unlock,
    outputVolume: volume.volume,
    setOutputVolume: volume.set,
    rejoin: signal.rejoin,
    inviteLink: options.inviteLink,
    leave() {
      signal.leave()
      scope.close()
      options.onLeave(session)
    },
  }
  return session
}

const HOME_BYTES = 16

/** A secret of this browser, so that it knows its own tracks again; others see a hash of it that differs by room. */
function browserSecret(drawer: Drawer): string {
  const secret = drawer.read('home') ?? randomHex(HOME_BYTES)
  drawer.write('home', secret)
  return secret
}

function storageOf(page: Window): Storage | undefined {
  try {
    return page.sessionStorage
  } catch {
    // Storage is switched off: the seat does not outlive a reload.
    return undefined
  }
}
