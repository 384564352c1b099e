import type { PeerId } from '@beatcord/shared'
import { joinJam } from '../jam/jam.ts'
import { openSong } from '../jam/open-song.ts'
import { createLive } from '../lib/live.ts'
import type { Roles } from '../jam/roles.ts'
import { createScope, type Scope } from '../lib/scope.ts'
import { createKeyring } from '../net/keyring.ts'
import type { SlotClientOptions } from '../net/slot-client.ts'
import type { ArrivalOptions } from './arrival-types.ts'
import { watchAudible } from './audible.ts'
import { watchBegun } from './begun.ts'
import { watchConnection } from './connection.ts'
import { createDeviceTiming } from './device-timing.ts'
import { randomHex } from './ids.ts'
import { createMe } from './me.ts'
import { createOthers } from './others.ts'
import { createEar } from './ear.ts'
import { watchRevival } from './revival.ts'
import { followRoom } from './room-moving.ts'
import { openRoom } from './room.ts'
import { homeIn, roomTag } from './room-tag.ts'
import type { Arrival, Session } from './session-types.ts'
import type { SignalClient } from '../net/signal-client-types.ts'
import { createNotices } from './notices.ts'
import type { ComingSong } from './player.ts'
import { createTiming } from './timing.ts'
import { createVolume } from './volume.ts'

const ID_BYTES = 8
const LINGER_MS = 150

/** Joins the room: seat, links, song, clock and sound, each made once and introduced to the others. */
export async function createArrival(options: ArrivalOptions): Promise<Arrival> {
  const scope = createScope()
  try {
    return await assemble(options, scope)
  } catch (error) {
    scope.close()
    throw error
  }
}

async function assemble(options: ArrivalOptions, scope: Scope): Promise<Arrival> {
  const { page, keys, output, timers, random } = options
  scope.own(output.close)
  const tag = await roomTag(keys, options.drawer)
  const keyring = createKeyring(keys, timers.now)
  const home = await homeIn(tag, options.drawer)
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
  const roles: Roles = {
    own: signal.role,
    mayEdit: (peer) => signal.roster.read().get(peer)?.role !== 'listener',
    cameBefore: signal.cameBefore,
  }
  const jam = joinJam({
    song: opened,
    mesh,
    timers,
    random,
    newSessionId: randomHex(ID_BYTES),
    wallOffsetMs: timers.wallMs() - timers.now(),
    company: () => ({
      self: signal.self.read(),
      others: seatedOthers(signal, page.navigator.onLine),
    }),
    ownTrack: me.ownTrack,
    roles,
  })
  scope.own(jam.leave)
  const moving = followRoom({ ...options, room, keyring, tag })
  scope.own(moving.close)

  const { connection, isOut, close: closeConnection } = watchConnection(signal, mesh, page)
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
  const coming = createLive<ComingSong | undefined>(undefined)
  const device = createDeviceTiming({
    ...options,
    coming,
    jam,
    song: ear.song,
    isOut,
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
  })
  scope.own(others.close)
  const notices = createNotices(opened.kept, others.onNotice)
  scope.own(notices.close)
  const slots: SlotClientOptions = {
    fetch: page.fetch.bind(page),
    certificate: signal.certificate.read,
  }
  const revival = watchRevival({
    signal,
    jam,
    keyring,
    timers,
    async load() {
      const [reader, { createSlotClient }] = await Promise.all([
        import('./slot-reader.ts'),
        import('../net/slot-client.ts'),
      ])
      const { readSlot, readToWords } = reader
      return { readSlot, readToWords, client: createSlotClient(slots) }
    },
    tell(text) {
      notices.tell({ kind: 'news', text })
    },
  })
  scope.own(revival.close)
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
  const { audible, close: closeAudible } = watchAudible(output.engine)
  scope.own(closeAudible)
  const begun = watchBegun({
    ...options,
    jam,
    audible,
    transport: timing.transport,
    signal,
    isOut,
  })
  scope.own(begun.close)
  const flush = (): void => {
    jam.gestures.flush()
    timing.transport.flush()
  }
  // Captured, to come before the mesh's own listener, which ends the links.
  page.addEventListener('pagehide', flush, { capture: true })
  scope.own(() => {
    page.removeEventListener('pagehide', flush, { capture: true })
  })

  let entered: Promise<Session> | undefined
  const arrival: Arrival = {
    sound: output.state,
    unlockSound: output.unlock,
    hasBegun: begun.hasBegun,
    enter() {
      entered ??= enter()
      return entered
    },
    leave() {
      flush()
      output.close()
      options.onLeave(arrival)
      // What was just written needs a moment to get out.
      timers.after(LINGER_MS, () => {
        signal.leave()
        scope.close()
      })
    },
  }
  const enter = async (): Promise<Session> => {
    const { createSession } = await import('./session.ts').catch((error: unknown) => {
      // Out of reach now, it is asked for again.
      entered = undefined
      throw error
    })
    return createSession({
      arrival,
      options,
      tag,
      scope,
      onNotice: notices.onNotice,
      room,
      jam,
      me,
      connection,
      isOut,
      volume,
      ear,
      coming,
      device,
      others,
      timing,
      moving,
      keyring,
      audible,
      slots: { ask: slots, read: revival.read, keyring, roles, tag },
    })
  }
  return arrival
}

/** By the server's word; a device without a network has nobody to wait for. */
function seatedOthers(
  { state, roster }: Pick<SignalClient, 'state' | 'roster'>,
  isOnline: boolean,
): number | undefined {
  if (state.read().status === 'admitted') return roster.read().size
  return isOnline ? undefined : 0
}
