import type { Instrument } from '../../sequence/track-sound.ts'

export type SectionId =
  'basics' | 'oscillators' | 'filter' | 'envelopes' | 'lfos' | 'pieces' | 'effects' | 'arp'

/** A part of the panel, one of which is open. */
export interface Section {
  readonly id: SectionId
  readonly label: string
  readonly hint: string
}

const EFFECTS: Section = {
  id: 'effects',
  label: 'Effects',
  hint: 'Distortion, tone, echo, room, and how the track sits in the song',
}

/** The first of each is open at first. */
export const SECTIONS: Readonly<Record<Instrument, readonly [Section, ...Section[]]>> = {
  synth: [
    { id: 'basics', label: 'Basics', hint: 'The few that make most of the sound' },
    { id: 'oscillators', label: 'Oscillators', hint: 'What the raw sound is made of' },
    { id: 'filter', label: 'Filter', hint: 'How bright it is, and what moves that' },
    { id: 'envelopes', label: 'Envelopes', hint: 'How a note begins, goes on and ends' },
    { id: 'lfos', label: 'LFOs', hint: 'Slow waves that keep the sound moving' },
    EFFECTS,
    { id: 'arp', label: 'Arp', hint: 'Plays the notes of a chord one after the other' },
  ],
  drums: [{ id: 'pieces', label: 'Drums', hint: 'The kit, and each of its pieces' }, EFFECTS],
}
