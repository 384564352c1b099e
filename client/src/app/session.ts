import type { PeerId } from '@beatcord/shared'
import type { Jam } from '../jam/jam.ts'
import { createLaunchVerbs } from '../jam/launch-verbs.ts'
import type { Live, LiveSource } from '../lib/live.ts'
import type { Scope } from '../lib/scope.ts'
import type { Keyring } from '../net/keyring.ts'
import { parseName } from '../sequence/parse-name.ts'
import { reportActivity } from './activity.ts'
import { createAudioDoor } from './audio-door.ts'
import type { ArrivalOptions } from './arrival-types.ts'
import type { DeviceTiming } from './device-timing.ts'
import { diagnoseJam } from './diagnose-jam.ts'
import type { Ear } from './ear.ts'
import { createHosting } from './hosting.ts'
import { randomHex } from './ids.ts'
import { rememberJam } from './jam-memory.ts'
import { createKeptRoom, type KeptRoomOptions } from './kept-room.ts'
import { createHandDesk } from './hand-desk.ts'
import { createLaunchDesk } from './launch-desk.ts'
import type { Me } from './me.ts'
import type { Others } from './others.ts'
import type { ComingSong } from './player.ts'
import { createLineUp } from './line-up.ts'
import { createOfflineDesk } from './offline-desk.ts'
import { createPutAside } from './put-aside.ts'
import { createRollSettings } from './roll-settings.ts'
import { createRiffDesk, type RiffDesk } from './riff-desk.ts'
import type { RoomMoving } from './room-moving.ts'
import type { Room } from './room.ts'
import type { Arrival, Connection, Session } from './session-types.ts'
import { createSongDesk, fetchLateParts } from './song-desk.ts'
import { createSoundShelf } from './sound-shelf.ts'
import type { Beside } from './slot-beside.ts'
import { createStepDesk } from './step-desk.ts'
import type { Timing } from './timing.ts'
import { createTogether } from './together.ts'
import type { Volume } from './volume.ts'
import { keepAwake } from './wake-lock.ts'
import { keepPage } from './keep-page.ts'

/** What an arrival has made, and a session is made of. */
export interface SessionParts {
  readonly arrival: Arrival
  readonly options: ArrivalOptions
  /** Ends with the jam. */
  readonly scope: Scope
  readonly onNotice: Session['onNotice']
  readonly room: Room
  /** Names the room in this browser. */
  readonly tag: string
  readonly jam: Jam
  readonly me: Me
  readonly connection: Live<Connection>
  /** While true nothing of the song is heard here. */
  readonly isOut: Live<boolean>
  readonly volume: Volume
  readonly ear: Ear
  readonly coming: LiveSource<ComingSong | undefined>
  readonly device: DeviceTiming
  readonly others: Others
  readonly timing: Timing
  readonly moving: RoomMoving
  readonly keyring: Keyring
  readonly audible: Live<boolean>
  readonly slots: Omit<KeptRoomOptions, keyof ArrivalOptions | 'room' | 'jam' | 'beside'>
}

const LINE_ID_BYTES = 8
const RIFF_PART = 'riff'
/** Of riffs in a slot, the latest; the song needs the rest. */
const MOST_SLOT_BYTES = 2 * 1024 * 1024
/** What is not needed for the first sound comes after it. */
const FETCH_LATER_MS = 10_000

/** All that a person can do in a jam that is heard. To be made once. */
export function createSession(parts: SessionParts): Session {
  const { arrival, options, scope, room, jam, me, timing, device, volume } = parts
  const { page, output, timers, drawer } = options
  const { signal } = room
  const { transport, leads } = timing
  const steps = createStepDesk({ jam, timers, leads })
  scope.own(steps.close)
  const launches = createLaunchDesk({
    jam,
    verbs: jam.verbs.late(createLaunchVerbs),
    timers,
    leads,
  })
  scope.own(launches.close)
  const riffs = createRiffDesk({
    ...options,
    ...parts,
    mesh: room.mesh,
    me: me.profile,
    mayEdit: (peer) => signal.roster.read().get(peer)?.role !== 'listener',
    transport,
    leads,
    player: parts.coming,
  })
  scope.own(riffs.close)
  const song = createSongDesk({
    jam,
    transport,
    steps,
    engine: output.engine.read,
    riffs,
    ownTrack: me.ownTrack,
    isHere: (owner) => signal.roster.read().has(owner as PeerId),
    wallMs: timers.wallMs,
  })
  scope.own(song.close)
  scope.own(timers.after(FETCH_LATER_MS, fetchLateParts))
  const people = createTogether({ ...options, ...parts })
  scope.own(people.close)
  const hands = createHandDesk({
    ...options,
    jam,
    mesh: room.mesh,
    latencyMs: device.latencyMs,
    frameAt: device.speaker.frameAt,
    engine: output.engine.read,
    requestMidi: midiOf(page),
    ownTrack: me.ownTrack,
    mayPlay: (peer) => signal.roster.read().get(peer)?.role !== 'listener',
    mayEdit: song.mayEdit,
    hidden: people.together.hidden,
    transport,
    click: timing.page.click,
    setClick: timing.page.setClick,
  })
  scope.own(hands.close)
  const { close: closeHosting, ...hosting } = createHosting(parts)
  scope.own(closeHosting)
  const lineUp = createLineUp({
    ...options,
    clock: jam.clock,
    speaker: device.speaker,
    loudness: volume.volume.read,
  })
  scope.own(lineUp.close)
  scope.own(lineUp.clicks.subscribe(device.hushed.set))
  const aside = createPutAside(jam, () => transport.view.read().bpm)
  scope.own(aside.close)
  const offline = createOfflineDesk({ ...options, ...parts })
  scope.own(offline.close)
  scope.own(offline.heard.subscribe(parts.ear.hearInstead))
  scope.own(reportActivity(page, signal, parts.audible, timers))
  const memory = rememberJam({
    ...options,
    song: jam.song,
    people: parts.others.people,
    hidden: people.together.hidden,
    href: () => options.inviteLink.read().slice(page.location.origin.length),
  })
  scope.own(memory.close)
  const kept = createKeptRoom({
    ...options,
    ...parts.slots,
    room,
    jam,
    beside: besideOf(riffs),
  })
  scope.own(kept.close)
  const audio = createAudioDoor({
    ...options,
    song: jam.song,
    heard: parts.ear.song,
    mix: parts.ear.mix,
    bpm: () => transport.view.read().bpm,
    tempo: device.tempo,
  })
  scope.own(audio.close)
  const leave = (): void => {
    kept.flush()
    memory.flush()
    arrival.leave()
  }
  const plays = (): boolean => transport.view.read().playing && !parts.isOut.read()
  scope.own(keepAwake(page, plays, [transport.view, parts.isOut]))
  if (import.meta.env.PROD) scope.own(keepPage(page, parts.connection, timers))

  return {
    ...arrival,
    leave,
    deleteJam: () => kept.deleteJam(arrival.leave),
    ...parts.ear,
    ...song,
    ...createSoundShelf(drawer, jam.song),
    ...timing.page,
    ...launches,
    ...createRollSettings(drawer),
    ...hosting,
    settle: song.flush,
    cursors: people.cursors,
    pointAt: jam.cursors.pointAt,
    pointAway: jam.cursors.pointAway,
    hasAside: aside.hasAside,
    saveAside: aside.saveAside,
    forgetAside: aside.forgetAside,
    offline,
    people: parts.others.people,
    diagnose: () => diagnoseJam({ ...options, ...parts, trimMs: device.trimMs }),
    connection: parts.connection,
    sync: jam.clock.state,
    song: jam.song,
    chat: people.chat,
    together: people.together,
    riffs,
    hands,
    audio: audio.open,
    writable: jam.writable,
    myTrackId: me.trackId,
    onNotice: parts.onNotice,
    say(text) {
      const { name, colour } = me.profile.read()
      const by = signal.self.read() ?? ''
      const id = randomHex(LINE_ID_BYTES)
      jam.chat.say({ id, by, name, colour, text, atMs: timers.wallMs() })
    },
    rename(text) {
      const name = parseName(text)
      if (name === undefined) return
      me.rename(name)
      options.onRename(name)
    },
    outputVolume: volume.volume,
    setOutputVolume: volume.set,
    trimMs: device.trimMs,
    setTrim: device.setTrim,
    startLineUp: lineUp.start,
    lineUpPhase: lineUp.phase,
    rejoin: signal.rejoin,
    inviteLink: options.inviteLink,
  }
}

/** Not every browser has it, whatever the types say. */
const midiOf = ({ navigator }: Window): (() => Promise<MIDIAccess>) | undefined =>
  'requestMIDIAccess' in navigator ? () => navigator.requestMIDIAccess() : undefined

/** Riffs, as a slot keeps them. */
const besideOf = (riffs: RiffDesk): Beside => ({
  parts: () => riffs.packed(MOST_SLOT_BYTES).map((bytes) => ({ name: RIFF_PART, bytes })),
  async take(parts) {
    for (const { name, bytes } of parts) if (name === RIFF_PART) await riffs.takePacked(bytes)
  },
  onChange: riffs.list.subscribe,
})
