import type { PeerId } from '@beatcord/shared'
import { joinJam, openSong } from '../jam/jam.ts'
import type { Live } from '../lib/live.ts'
import { createScope, type Scope } from '../lib/scope.ts'
import { createKeyring } from '../net/keyring.ts'
import type { RoomKeys } from '../net/room-keys.ts'
import type { Timers } from '../net/timers.ts'
import { parseName } from '../sequence/parse-name.ts'
import { reportActivity } from './activity.ts'
import { watchAudible } from './audible.ts'
import type { AudioOutput } from './audio-output.ts'
import { watchBegun } from './begun.ts'
import { watchConnection } from './connection.ts'
import { browserSecret } from './browser-secret.ts'
import { createDeviceTiming } from './device-timing.ts'
import { randomHex, tagOf } from './ids.ts'
import { createHosting } from './hosting.ts'
import { createMe } from './me.ts'
import { createOthers } from './others.ts'
import { createPutAside } from './put-aside.ts'
import { createEar } from './ear.ts'
import { createRollSettings } from './roll-settings.ts'
import { openRoom } from './room.ts'
import { roomTag } from './room-tag.ts'
import type { Session } from './session-types.ts'
import { createSongDesk, fetchLateParts } from './song-desk.ts'
import type { Drawer } from './storage.ts'
import { createSoundShelf } from './sound-shelf.ts'
import { tellNotices } from './tell-notices.ts'
import { createTiming } from './timing.ts'
import { createVolume } from './volume.ts'
import { keepAwake } from './wake-lock.ts'

export interface SessionOptions {
  readonly page: Window & typeof globalThis
  readonly keys: RoomKeys
  /** Whether the room has a secret, and not only a name. */
  readonly isPrivate: boolean
  /** The room has another secret now. */
  readonly onMoved: (secret: Uint8Array) => void
  readonly name: string
  /** Made within the tap that joins, so that sound may begin. */
  readonly output: AudioOutput
  /** Remembers across tabs and days; and for this tab alone. */
  readonly drawer: Drawer
  readonly tabDrawer: Drawer
  readonly timers: Timers
  readonly random: () => number
  readonly hidesAddress: Live<boolean>
  /** `ws:` or `wss:`. */
  readonly signalUrl: string
  readonly inviteLink: () => string
  readonly onRename: (name: string) => void
  readonly onLeave: (session: Session) => void
}

const ID_BYTES = 8
const LINGER_MS = 150
/** What is not needed for the first sound comes after it. */
const FETCH_LATER_MS = 10_000

/** Joins the room: seat, links, song, clock and sound, each made once and introduced to the others. */
export async function createSession(options: SessionOptions): Promise<Session> {
  const scope = createScope()
  try {
    return await assemble(options, scope)
  } catch (error) {
    scope.close()
    throw error
  }
}

async function assemble(options: SessionOptions, scope: Scope): Promise<Session> {
  const { page, keys, output, timers, random } = options
  scope.own(output.close)
  const tag = await roomTag(keys, options.drawer)
  const keyring = createKeyring(keys, timers.now)
  const home = await tagOf(`home ${browserSecret(options.drawer)} ${tag}`)
  const profileKey = keyring.keysFor('profileKey')
  let self: () => PeerId | undefined = () => undefined
  const me = createMe({
    ...options,
    home,
    tag,
    profileKey,
    wallMs: timers.wallMs(),
    self: () => self(),
  })
  const opened = await openSong(tag)
  scope.own(opened.close)
  const room = await openRoom({ ...options, keyring, tag, profile: me.profile.read() })
  scope.own(room.close)
  const { signal, mesh } = room
  self = signal.self.read
  const jam = joinJam({
    song: opened,
    mesh,
    timers,
    random,
    newSessionId: randomHex(ID_BYTES),
    wallOffsetMs: timers.wallMs() - timers.now(),
    company: () => ({
      self: signal.self.read(),
      others: signal.state.read().status === 'admitted' ? signal.roster.read().size : undefined,
    }),
    ownTrack: me.ownTrack,
    roles: {
      own: signal.role,
      mayEdit: (peer) => signal.roster.read().get(peer)?.role !== 'listener',
      cameBefore: signal.cameBefore,
    },
  })
  scope.own(jam.leave)
  const hosting = createHosting({ ...options, room, keyring, tag })
  scope.own(hosting.close)

  const { connection, isOut, close: closeConnection } = watchConnection(signal, mesh)
  scope.own(closeConnection)
  const volume = createVolume(options.drawer, output.engine)
  scope.own(volume.close)
  const ear = createEar({
    song: jam.song,
    engine: output.engine,
    drawer: options.drawer,
    myTrackId: me.trackId,
  })
  scope.own(ear.close)
  const device = createDeviceTiming({
    ...options,
    jam,
    song: ear.song,
    isOut,
    volume: volume.volume,
  })
  scope.own(device.close)
  const others = createOthers({
    ...options,
    room,
    jam,
    profileKey,
    onKeysChange: keyring.current.subscribe,
    me: me.profile,
    connection,
    trimMs: device.trimMs,
  })
  scope.own(others.close)
  scope.own(me.enter({ jam, signal, people: others.people, keys: keyring.current }))
  const timing = createTiming({
    jam,
    output,
    timers,
    drawer: options.drawer,
    self: () => signal.self.read() ?? '',
    links: () => mesh.peers().length,
    silenced: isOut,
    latencyMs: device.latencyMs,
  })
  scope.own(timing.close)
  const { transport } = timing
  const song = createSongDesk({
    jam,
    transport,
    steps: timing.steps,
    engine: output.engine.read,
    ownTrack: me.ownTrack,
    isHere: (owner) => signal.roster.read().has(owner as PeerId),
    wallMs: timers.wallMs,
  })
  scope.own(song.close)
  scope.own(timers.after(FETCH_LATER_MS, fetchLateParts))
  const aside = createPutAside(jam, () => transport.view.read().bpm)
  scope.own(aside.close)
  const { audible, close: closeAudible } = watchAudible(output.engine)
  scope.own(closeAudible)
  scope.own(reportActivity(page, signal, audible, timers))
  const begun = watchBegun({ ...options, jam, audible, transport, signal })
  scope.own(begun.close)
  const plays = (): boolean => transport.view.read().playing && !isOut.read()
  scope.own(keepAwake(page, plays, [transport.view, isOut]))
  const flush = (): void => {
    song.flush()
    transport.flush()
  }
  // Captured, to come before the mesh's own listener, which ends the links.
  page.addEventListener('pagehide', flush, { capture: true })
  scope.own(() => {
    page.removeEventListener('pagehide', flush, { capture: true })
  })

  const session: Session = {
    ...ear,
    ...song,
    ...createSoundShelf(options.drawer, jam.song),
    ...timing.page,
    ...createRollSettings(options.drawer),
    ...hosting,
    settle: song.flush,
    cursors: jam.cursors.cursors,
    pointAt: jam.cursors.pointAt,
    pointAway: jam.cursors.pointAway,
    hasAside: aside.hasAside,
    saveAside: aside.saveAside,
    forgetAside: aside.forgetAside,
    people: others.people,
    diagnose: others.diagnose,
    connection,
    sound: output.state,
    sync: jam.clock.state,
    hasBegun: begun.hasBegun,
    song: jam.song,
    chat: jam.chat.lines,
    writable: jam.writable,
    myTrackId: me.trackId,
    onNotice: tellNotices(opened.kept, others.onNotice),
    say(text) {
      const { name, colour } = me.profile.read()
      const by = signal.self.read() ?? ''
      jam.chat.say({ id: randomHex(ID_BYTES), by, name, colour, text, atMs: timers.wallMs() })
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
    trimMs: device.trimMs,
    setTrim: device.setTrim,
    startLineUp: device.startLineUp,
    lineUpPhase: device.lineUpPhase,
    rejoin: signal.rejoin,
    inviteLink: options.inviteLink,
    leave() {
      flush()
      output.close()
      options.onLeave(session)
      // What was just written needs a moment to get out.
      timers.after(LINGER_MS, () => {
        signal.leave()
        scope.close()
      })
    },
  }
  return session
}
