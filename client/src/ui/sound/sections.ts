import type { Instrument } from '../../sequence/track-sound.ts'
import { SOUND_WORDS } from '../../words/sound.ts'

export type SectionId = keyof typeof SOUND_WORDS.sections

/** A part of the panel, one of which is open. */
export interface Section {
  readonly id: SectionId
  readonly label: string
  readonly hint: string
}

const section = (id: SectionId): Section => ({ id, ...SOUND_WORDS.sections[id] })
const EFFECTS = section('effects')

/** The first of each is open at first. */
export const SECTIONS: Readonly<Record<Instrument, readonly [Section, ...Section[]]>> = {
  synth: [
    section('basics'),
    section('oscillators'),
    section('filter'),
    section('envelopes'),
    section('lfos'),
    EFFECTS,
    section('arp'),
  ],
  drums: [section('pieces'), EFFECTS],
}
