import { SILENT_LEVELS, USUAL_MIX } from '../../sound/protocol.ts'
import type { EngineLevels, PersonalMix, SavedSound, Session } from '../../app/session-types.ts'
import { createLive, type Live, type LiveSource } from '../../lib/live.ts'
import type { Song, Track, TrackId } from '../../sequence/song.ts'
import { INITIAL_SOUND, type TrackSound } from '../../sequence/track-sound.ts'

/** What was tried out; undefined: no more. */
type Trial = { readonly id: TrackId; readonly sound: Partial<TrackSound> } | undefined

type SoundVerbs = Pick<
  Session,
  | 'setParam'
  | 'setChoice'
  | 'setLink'
  | 'setSound'
  | 'tryOut'
  | 'saveSound'
  | 'removeSavedSound'
  | 'exportSound'
  | 'importSound'
  | 'setMix'
  | 'resetMix'
  | 'watchScope'
  | 'panic'
>

/** The sounds and the mix of a jam in this tab alone. */
export interface LocalSound extends SoundVerbs {
  /** Latest last. */
  readonly tried: readonly Trial[]
  readonly savedSounds: LiveSource<readonly SavedSound[]>
  readonly mix: LiveSource<PersonalMix>
  readonly levels: LiveSource<EngineLevels>
  /** How often all that sounded was ended. */
  panics(): number
}

export function createLocalSound(
  song: Live<Song>,
  edit: (id: TrackId, change: (track: Track) => Track) => void,
): LocalSound {
  const mix = createLive<PersonalMix>(new Map())
  const savedSounds = createLive<readonly SavedSound[]>([])
  const tried: Trial[] = []
  let panics = 0
  const change = (id: TrackId, part: Partial<TrackSound>): void => {
    edit(id, (track) => ({ ...track, sound: { ...track.sound, ...part } }))
  }

  return {
    setParam: (id, param, value) => {
      change(id, { [param]: value })
    },
    setChoice: (id, param, value) => {
      change(id, { [param]: value })
    },
    setLink: (id, param, other) => {
      change(id, { [param]: other })
    },
    setSound: change,
    panic: () => void (panics += 1),
    panics: () => panics,
    tried,
    tryOut: (id, sound) => void tried.push(sound && { id, sound }),
    savedSounds,
    saveSound(id, name) {
      const sound = song.read().tracks.find((track) => track.id === id)?.sound ?? INITIAL_SOUND
      savedSounds.set([{ name, sound }, ...savedSounds.read()])
      return Promise.resolve()
    },
    removeSavedSound(gone) {
      savedSounds.set(savedSounds.read().filter(({ name }) => name !== gone))
      return Promise.resolve()
    },
    exportSound: () => Promise.resolve(new Blob(['{}'], { type: 'application/json' })),
    importSound: () => Promise.reject(new Error('This file is not a Beatcord sound.')),
    mix,
    setMix(id, part) {
      mix.set(new Map(mix.read()).set(id, { ...USUAL_MIX, ...mix.read().get(id), ...part }))
    },
    resetMix() {
      mix.set(new Map())
    },
    levels: createLive<EngineLevels>(SILENT_LEVELS),
    watchScope: () => () => undefined,
  }
}
