import type { Diagnosis } from '../../app/states.ts'
import type {
  ChatLine,
  ClickSettings,
  Connection,
  Cursor,
  Notice,
  Person,
  Session,
  SoundState,
  SyncState,
  TransportView,
  Writable,
} from '../../app/session-types.ts'
import { createEvents } from '../../lib/events.ts'
import { createLive, type LiveSource } from '../../lib/live.ts'
import type { GrooveName } from '../../sequence/groove-names.ts'
import type { Pitch } from '../../sequence/pattern.ts'
import type { Song, Track, TrackId } from '../../sequence/song.ts'
import { STARTER_GROOVE } from '../../sequence/starter-groove.ts'
import { BEATS_PER_BAR, INITIAL_BPM, MS_PER_MINUTE } from '../../sequence/time.ts'
import { createLocalAudioDoor, type LocalAudioDoor } from './local-audio.ts'
import { createLocalDesk, type LocalDesk } from './local-desk.ts'
import { createLocalDevice } from './local-device.ts'
import { ME, meAs } from './local-people.ts'
import { createLocalOffline, type LocalOffline } from './local-offline.ts'
import { createLocalHosting, type LocalHosting } from './local-hosting.ts'
import { createLocalHands, type LocalHands } from './local-hands.ts'
import { createLocalMidi, type LocalMidi } from './local-midi.ts'
import { createLocalRiffs, type LocalRiffs } from './local-riffs.ts'
import { createLocalSound, type LocalSound } from './local-sound.ts'
import { createLocalTogether, type LocalTogether } from './local-together.ts'
import type { LocalSessionOptions } from './local-session-options.ts'
import { emptyTrack, songOf, withNotes, withTrack, withoutNotes } from './local-song.ts'

/** A jam in this tab alone: no network, no sound, nothing kept. Whoever holds it also plays the rest of the world. */
export interface LocalSession
  extends
    Omit<Session, keyof LocalSound | keyof LocalDesk | keyof LocalHosting>,
    LocalSound,
    LocalDesk,
    LocalHosting,
    LocalAudioDoor {
  readonly people: LiveSource<readonly Person[]>
  /** The styles that grooves were asked for by, latest last; undefined: the first one. */
  readonly grooves: readonly (GrooveName | undefined)[]
  readonly connection: LiveSource<Connection>
  readonly sound: LiveSource<SoundState>
  readonly sync: LiveSource<SyncState>
  readonly hasBegun: LiveSource<boolean>
  readonly song: LiveSource<Song>
  readonly chat: LiveSource<readonly ChatLine[]>
  readonly inviteLink: LiveSource<string>
  readonly writable: LiveSource<Writable>
  readonly hasAside: LiveSource<boolean>
  readonly offline: LocalOffline
  readonly cursors: LiveSource<readonly Cursor[]>
  readonly together: LocalTogether
  readonly riffs: LocalRiffs
  readonly hands: LocalHands
  readonly localMidi: LocalMidi
  /** Where this person was seen to point, latest last; undefined: nowhere. */
  readonly pointed: readonly (Omit<Cursor, 'peer'> | undefined)[]
  readonly transport: LiveSource<TransportView>
  /** How fast it is on the way to the tempo; undefined when it is there. */
  readonly glidingAt: LiveSource<number | undefined>
  enter(): Promise<LocalSession>
  notify(notice: Notice): void
  /** What `diagnose` says beyond the obvious. */
  readonly diagnosis: LiveSource<Partial<Diagnosis>>
  /** Whether this device clicks, to be lined up. */
  readonly clicks: LiveSource<boolean>
  /** How often a hand let go. */
  settled(): number
  /** Pitches that were sounded for this tab alone. */
  readonly auditioned: readonly Pitch[]
}

const MY_TRACK = 'my-track' as TrackId

export function createLocalSession({ name, now, onLeave }: LocalSessionOptions): LocalSession {
  const localMidi = createLocalMidi()
  const notices = createEvents<{ notice: [Notice] }>()
  const song = createLive<Song>(songOf([]))
  const transport = createLive<TransportView>({ playing: false, bpm: INITIAL_BPM })
  const chat = createLive<readonly ChatLine[]>([])
  const sound = createLive<SoundState>({ status: 'running' })
  const connection = createLive<Connection>({ status: 'in-room' })
  const outputVolume = createLive(0.8)
  const heardTempo = createLive<number | undefined>(undefined)
  const click = createLive<ClickSettings>({ metronome: false, countIn: false, level: 0.5 })
  const trimMs = createLive(0)
  const clicks = createLive(false)
  const people = createLive<readonly Person[]>([meAs(name)])
  const hasAside = createLive(false)
  const grooves: (GrooveName | undefined)[] = []
  const auditioned: Pitch[] = []
  const pointed: (Omit<Cursor, 'peer'> | undefined)[] = []
  const diagnosis = createLive<Partial<Diagnosis>>({})
  let anchor = { beat: 0, ms: 0 }
  let before: Song | undefined
  let settled = 0

  const beatNow = (): number =>
    anchor.beat + ((now() - anchor.ms) * transport.read().bpm) / MS_PER_MINUTE
  const myName = (): string => people.read().find(({ isMe }) => isMe)?.name ?? name

  /** My track comes into the song with the first change that needs it. */
  function edit(id: TrackId, change: (track: Track) => Track): void {
    const current = song.read()
    const isNew = id === MY_TRACK && !current.tracks.some((track) => track.id === id)
    const grown = isNew
      ? { ...current, tracks: [...current.tracks, emptyTrack(id, ME, myName(), 0)] }
      : current
    before = undefined
    song.set(withTrack(grown, id, change))
  }
  function cut(next: Song): void {
    before = song.read()
    song.set(next)
  }
  const session: LocalSession = {
    people,
    ...createLocalHosting(),
    grooves,
    connection,
    sound,
    sync: createLive<SyncState>({ status: 'alone' }),
    hasBegun: createLive(true),
    song,
    transport,
    chat,
    writable: createLive<Writable>('yes'),
    myTrackId: createLive(MY_TRACK),
    outputVolume,
    auditioned,
    onNotice: (listener) => notices.on('notice', listener),
    diagnosis,
    diagnose: () => ({
      atMs: Date.now(),
      protocol: 4,
      connection: connection.read(),
      sinceMs: Date.now(),
      relays: true,
      hidesAddress: false,
      sound: sound.read(),
      speaker: { latencyMs: 32, trimMs: trimMs.read() },
      sync: session.sync.read(),
      song: { bytes: 2000, capBytes: 4_194_304 },
      others: people.read().flatMap((person) => (person.isMe ? [] : [{ person }])),
      ...diagnosis.read(),
    }),
    notify: (notice) => notices.emit('notice', notice),
    heardBeat: () => (transport.read().playing ? beatNow() : undefined),
    heardTempo: () =>
      transport.read().playing ? (heardTempo.read() ?? transport.read().bpm) : undefined,
    glidingAt: heardTempo,
    ...createLocalDevice(),
    click,
    setClick: (change) => click.set({ ...click.read(), ...change }),
    play() {
      anchor = { beat: click.read().countIn ? -BEATS_PER_BAR : 0, ms: now() }
      transport.set({ ...transport.read(), playing: true })
    },
    stop: () => transport.set({ ...transport.read(), playing: false }),
    setTempo(bpm) {
      anchor = { beat: beatNow(), ms: now() }
      transport.set({ ...transport.read(), bpm })
    },
    setStepCount: (stepCount) => song.set({ ...song.read(), stepCount }),
    setScale: (root, scale) => song.set({ ...song.read(), root, scale }),
    clearTrack: (id, pattern = 'a') =>
      cut(withTrack(song.read(), id, (track) => withoutNotes(track, pattern))),
    setSubdivision: (id, subdivision) => edit(id, (track) => ({ ...track, subdivision })),
    ...createLocalSound(song, edit),
    removeTrack(id) {
      const current = song.read()
      cut({ ...current, tracks: current.tracks.filter((track) => track.id !== id) })
    },
    ...createLocalDesk(song, edit),
    undo() {
      if (before !== undefined) song.set(before)
      before = undefined
      return undefined
    },
    startGroove(named) {
      grooves.push(named)
      const { root, scale, stepCount, bpm, subdivision, notes } = STARTER_GROOVE
      edit(MY_TRACK, (track) => ({
        ...withNotes(track, notes),
        subdivision,
        sound: STARTER_GROOVE.sound,
      }))
      song.set({ ...song.read(), root, scale, stepCount })
      session.setTempo(bpm)
      session.play()
      return Promise.resolve()
    },
    hasAside,
    offline: createLocalOffline(),
    saveAside: () => Promise.resolve(new Blob(['{}'], { type: 'application/json' })),
    forgetAside: () => hasAside.set(false),
    deleteJam() {
      onLeave()
      return Promise.resolve()
    },
    cursors: createLive<readonly Cursor[]>([]),
    together: createLocalTogether(song),
    riffs: createLocalRiffs(),
    hands: createLocalHands({ song, write: (...all) => session.editNotes(...all) }),
    ...createLocalAudioDoor(),
    pointed,
    pointAt: (track, step, pitch) => void pointed.push({ track, step, pitch }),
    pointAway: () => void pointed.push(undefined),
    settle: () => void (settled += 1),
    settled: () => settled,
    audition: (_id, pitch) => void auditioned.push(pitch),
    say(text) {
      const line = { id: `line ${chat.read().length}`, by: ME, name: myName(), colour: 0, text }
      chat.set([...chat.read(), { ...line, atMs: Date.now() }])
    },
    rename(next) {
      people.set(people.read().map((each) => (each.isMe ? { ...each, name: next } : each)))
    },
    unlockSound() {
      sound.set({ status: 'running' })
      return Promise.resolve()
    },
    setOutputVolume: (volume) => outputVolume.set(volume),
    trimMs,
    clicks,
    setTrim: (ms) => trimMs.set(Math.max(-50, Math.min(300, ms))),
    startLineUp() {
      clicks.set(true)
      return () => clicks.set(false)
    },
    lineUpPhase: () => (clicks.read() ? (now() / 600) % 1 : undefined),
    rejoin: () => connection.set({ status: 'in-room' }),
    saveSong: () => Promise.resolve(new Blob(['{}'], { type: 'application/json' })),
    openSong: () => Promise.reject(new Error('This file is no song.')),
    midi: () => Promise.resolve(localMidi),
    localMidi,
    inviteLink: createLive(`${location.origin}/jam#kitchen`),
    enter: () => Promise.resolve(session),
    leave: onLeave,
  }
  return session
}
