import { isArpeggiated } from '../sequence/arp-settings.ts'
import type { Bus } from './dsp/bus.ts'
import { mixHash } from './dsp/hash.ts'
import { NEVER, type NoteStart, type Voice } from './dsp/voice.ts'
import type { Voices } from './dsp/voices.ts'
import { strike } from './engine-tracks.ts'
import type { HandBend, HandNote } from './engine-types.ts'
import { createHeldChords, type HeldChords } from './held-chords.ts'

/** What people play by hand, on top of the song. */
export interface Hands {
  /** Where keys go whose track plays them by its arpeggiator, while the song plays. */
  readonly chords: Pick<HeldChords, 'over' | 'halt'>
  /** Of those of the same frame the one that was told first comes first. */
  play(note: HandNote): void
  /** Of all that this hand holds on this track, and will. */
  bend(bend: HandBend): void
  /** Begins and ends what falls into the coming `count` frames; what is late, at their first. */
  process(frame: number, count: number, busOf: (track: string) => Bus): void
  /** Forgets what is to come, and what is held; whoever calls it lets the voices end. */
  drop(): void
}

/** Of all hands together, as many as there are voices; beyond it none begins. */
const MOST_HELD = 64
/** Waiting for their frames; a stranger's flood is thrown away beyond it. */
const MOST_COMING = 512
/** A hand plays the same for everybody, and each stroke a little differently. */
const HAND = 0x4861_6e64

interface Held {
  readonly hand: string
  readonly track: string
  readonly key: number
  readonly bus: Bus
  readonly pitch: number
  readonly velocity: number
  /** None for a drum. */
  readonly voice: Voice | undefined
  readonly serial: number
}

export function createHands(voices: Voices): Hands {
  const chords = createHeldChords()
  let coming: HandNote[] = []
  let held: Held[] = []
  let bends: readonly HandBend[] = []
  const start: NoteStart = { pitch: 0, velocity: 0, offset: 0, seed: 0, isAside: true }
  const now = { frame: 0 }

  const move = (voice: Voice | undefined, hand: string, track: string): void => {
    if (voice === undefined) return
    const bent = bends.find((one) => one.hand === hand && one.track === track)
    voice.bend = bent?.semitones ?? 0
    voice.wheel = bent?.wheel ?? 0
  }
  const isPlayedBy = ({ voice, serial, pitch }: Held): boolean =>
    voice?.serial === serial && (voice.turnAt === NEVER ? voice.pitch : voice.turnPitch) === pitch

  const begin = (bus: Bus, hand: string, pitch: number, velocity: number): Voice | undefined => {
    start.pitch = pitch
    start.velocity = velocity
    const voice = strike(voices, bus, start, now.frame)
    move(voice, hand, bus.id)
    return voice
  }
  /** Of a track that plays one note at a time the note before goes on, where that is still held. */
  const goBack = (ended: Held): boolean => {
    if (ended.bus.strip.sound.playMode === 'poly') return false
    const at = held.findLastIndex(({ hand, bus }) => hand === ended.hand && bus === ended.bus)
    const before = held[at]
    if (before === undefined) return false
    const voice = begin(before.bus, before.hand, before.pitch, before.velocity)
    held[at] = { ...before, voice, serial: voice?.serial ?? 0 }
    return true
  }
  const end = (one: Held): void => {
    held = held.filter((each) => each !== one)
    if (one.voice === undefined || !isPlayedBy(one) || goBack(one)) return
    voices.end(one.voice, start.offset)
  }
  const take = (note: HandNote, bus: Bus): void => {
    const { hand, track, key, pitch, velocity } = note
    const before = held.find((one) => one.hand === hand && one.key === key && one.track === track)
    if (before !== undefined) end(before)
    if (velocity === 0) {
      chords.letGo(note)
      return
    }
    if (note.beat !== undefined && isArpeggiated(bus.strip.sound)) {
      chords.press(note, note.beat)
      return
    }
    if (held.length >= MOST_HELD) held = held.filter(isPlayedBy)
    if (held.length >= MOST_HELD) return
    start.seed = mixHash(HAND, note.seed)
    const voice = begin(bus, hand, pitch, velocity)
    held.push({ hand, track, key, bus, pitch, velocity, voice, serial: voice?.serial ?? 0 })
  }

  return {
    chords,
    play(note) {
      if (coming.length >= MOST_COMING) return
      const at = coming.findLastIndex(({ frame }) => frame <= note.frame)
      coming.splice(at + 1, 0, note)
    },
    bend(bend) {
      const { hand, track, semitones, wheel } = bend
      bends = bends.filter((one) => one.hand !== hand || one.track !== track)
      if (semitones !== 0 || wheel !== 0) bends = [...bends, bend].slice(-MOST_HELD)
      for (const one of held) {
        if (one.hand === hand && one.track === track && isPlayedBy(one))
          move(one.voice, hand, track)
      }
    },
    process(frame, count, busOf) {
      now.frame = frame
      for (let next = coming[0]; next !== undefined; next = coming[0]) {
        if (next.frame >= frame + count) return
        coming.shift()
        start.offset = Math.max(0, Math.floor(next.frame - frame))
        take(next, busOf(next.track))
      }
    },
    drop() {
      coming = []
      held = []
      chords.drop()
    },
  }
}
