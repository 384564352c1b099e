import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import { EMPTY_PATTERN } from '../sequence/pattern.ts'
import type { Song, Track, TrackId } from '../sequence/song.ts'
import { INITIAL_SOUND, type TrackSound } from '../sequence/track-sound.ts'
import type { Engine, EngineLevels, TrackMix } from '../sound/engine-types.ts'
import { parseMixes, type RememberedMixes } from './remembered-mixes.ts'
import { SILENT_LEVELS, USUAL_MIX } from '../sound/protocol.ts'
import type { Session } from './session-types.ts'
import type { Drawer } from './storage.ts'

/** What one person alone hears: a mix of their own beside the room's, and sounds that are only tried out. */
export type Ear = Pick<
  Session,
  'mix' | 'setMix' | 'resetMix' | 'tryOut' | 'levels' | 'watchScope'
> & {
  /** The song as this person hears it. */
  readonly song: Live<Song>
  /** What this person hears of whatever the song is; undefined for the song itself. */
  listenTo(lens: ((song: Song) => Song) | undefined): void
  /** Hears another song in the place of the room's, until it is called without. */
  hearInstead(song?: Song): void
  readonly close: Undo
}

export interface EarOptions {
  readonly song: Live<Song>
  readonly engine: Live<Engine | undefined>
  readonly drawer: Drawer
  readonly myTrackId: Live<TrackId>
}

const KEY = 'mix'

export function createEar({ song, engine, drawer, myTrackId }: EarOptions): Ear {
  const scope = createScope()
  let remembered: RememberedMixes = parseMixes(drawer.read(KEY))
  const mix = createLive(mixOf(song.read(), remembered))
  const levels = createLive<EngineLevels>(SILENT_LEVELS)
  const heard = createLive(song.read())
  let instead: Song | undefined
  let tried: { readonly track: TrackId; readonly sound: Partial<TrackSound> } | undefined
  let lens: ((song: Song) => Song) | undefined
  let watching = 0
  let engineScope = createScope()

  const showMix = (): void => {
    const next = mixOf(song.read(), remembered)
    if (isSameMix(mix.read(), next)) return
    mix.set(next)
    engine.read()?.setMix(next)
  }
  const showSong = (): void => {
    const from = instead ?? song.read()
    const shown = lens === undefined ? from : lens(from)
    heard.set(tried === undefined ? shown : withSound(shown, tried.track, tried.sound))
    showMix()
  }
  const remember = (next: RememberedMixes): void => {
    remembered = next
    drawer.write(KEY, JSON.stringify(Object.fromEntries(next)))
    showMix()
  }
  const takeEngine = (next: Engine | undefined): void => {
    engineScope.close()
    engineScope = createScope()
    if (next === undefined) return
    next.setMix(mix.read())
    next.setOwnTrack(myTrackId.read())
    next.setScope(watching > 0)
    engineScope.own(next.levels.subscribe(levels.set))
  }

  scope.own(song.subscribe(showSong))
  scope.own(engine.subscribe(takeEngine))
  scope.own(myTrackId.subscribe((id) => engine.read()?.setOwnTrack(id)))
  scope.own(() => {
    engineScope.close()
  })
  takeEngine(engine.read())
  return {
    song: heard,
    listenTo(next) {
      lens = next
      showSong()
    },
    mix,
    levels,
    setMix(track, change) {
      const home = song.read().tracks.find(({ id }) => id === track)?.home
      if (home === undefined) return
      const next = new Map(remembered)
      next.delete(home)
      next.set(home, { ...USUAL_MIX, ...remembered.get(home), ...change })
      remember(next)
    },
    resetMix() {
      const here = new Set(song.read().tracks.map(({ home }) => home))
      remember(new Map([...remembered].filter(([home]) => !here.has(home))))
    },
    hearInstead(next) {
      instead = next
      showSong()
    },
    tryOut(track, sound) {
      tried = sound && { track, sound }
      showSong()
    },
    watchScope() {
      watching++
      if (watching === 1) engine.read()?.setScope(true)
      return () => {
        watching--
        if (watching === 0) engine.read()?.setScope(false)
      }
    },
    close: scope.close,
  }
}

/** Of the tracks that are there, those that this person hears otherwise than the room. */
const mixOf = ({ tracks }: Song, remembered: RememberedMixes): ReadonlyMap<TrackId, TrackMix> =>
  new Map(
    tracks.flatMap(({ id, home }) => {
      const mix = remembered.get(home)
      return mix === undefined ? [] : [[id, mix] as const]
    }),
  )

const isSameMix = (
  one: ReadonlyMap<TrackId, TrackMix>,
  other: ReadonlyMap<TrackId, TrackMix>,
): boolean => one.size === other.size && [...one].every(([id, mix]) => other.get(id) === mix)

/** A track that is not in the song yet is, for this ear, there without notes. */
function withSound(song: Song, track: TrackId, sound: Partial<TrackSound>): Song {
  const isThere = song.tracks.some(({ id }) => id === track)
  const tracks = isThere ? song.tracks : [...song.tracks, unwritten(track)]
  return {
    ...song,
    tracks: tracks.map((each) =>
      each.id === track ? { ...each, sound: { ...each.sound, ...sound } } : each,
    ),
  }
}

const unwritten = (id: TrackId): Track => ({
  id,
  owner: '',
  home: '',
  name: '',
  colour: 0,
  subdivision: 4,
  sound: INITIAL_SOUND,
  patterns: { a: EMPTY_PATTERN },
})
