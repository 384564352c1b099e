import { addPitch } from '../sequence/arpeggio.ts'
import type { HeldOver } from './arp-notes.ts'
import type { HandNote } from './engine-types.ts'

/** What hands hold on tracks whose arpeggiators play it, by beats of the song; reading makes no objects. */
export interface HeldChords extends HeldOver {
  /** @param beat  on which it is to be heard */
  press(note: HandNote, beat: number): void
  letGo(note: HandNote): void
  /** The song stops: what is down is so from its beginning when it begins again. */
  halt(): void
  drop(): void
}

/** Of all hands together; beyond it none is added. */
const MOST_KEYS = 64
const BEFORE_THE_SONG = -1

interface Key {
  readonly hand: string
  readonly track: string
  readonly key: number
  readonly pitch: number
  readonly velocity: number
  from: number
  /** Infinity while it is down. */
  until: number
}

export function createHeldChords(): HeldChords {
  let keys: readonly Key[] = []

  const isDownAt = ({ from, until }: Key, beat: number): boolean => from <= beat && beat < until

  return {
    press({ hand, track, key, pitch, velocity }, beat) {
      const areDown = keys.some((one) => one.track === track && one.until === Infinity)
      const others = keys.filter((one) =>
        one.track === track ? areDown && (one.hand !== hand || one.key !== key) : true,
      )
      if (others.length >= MOST_KEYS) return
      keys = [...others, { hand, track, key, pitch, velocity, from: beat, until: Infinity }]
    },
    letGo({ hand, track, key, beat = -Infinity }) {
      const one = keys.find(
        (each) => each.hand === hand && each.key === key && each.track === track,
      )
      if (one?.until === Infinity) one.until = beat
    },
    over(chord, track, beat, subdivision, goesOn) {
      let isDown = false
      let newest = -Infinity
      let ended = -Infinity
      for (const key of keys) {
        if (key.track !== track || key.from > beat) continue
        if (isDownAt(key, beat)) isDown = true
        else if (!goesOn) continue
        newest = Math.max(newest, key.from)
        ended = Math.max(ended, key.until)
      }
      if (newest === -Infinity || (!isDown && ended * subdivision <= chord.newest)) return
      chord.count = 0
      chord.velocity = 0
      chord.newest = newest * subdivision
      for (const key of keys) {
        const counts = key.track === track && key.from <= beat && (goesOn || beat < key.until)
        if (counts) addPitch(chord, key.pitch, key.velocity)
      }
      chord.velocity /= Math.max(1, chord.count)
    },
    halt() {
      keys = keys.filter(({ until }) => until === Infinity)
      for (const key of keys) key.from = BEFORE_THE_SONG
    },
    drop() {
      keys = []
    },
  }
}
