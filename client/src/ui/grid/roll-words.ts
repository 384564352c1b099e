import type { Chord } from './chords.ts'
import type { Hand } from './roll-hand.ts'
import type { RollRows } from './roll-rows.ts'
import type { ShownChange } from './shown-change.ts'

const notes = (count: number): string => (count === 1 ? '1 note' : `${count} notes`)
const steps = (count: number): string => (count === 1 ? '1 step' : `${count} steps`)
const semitones = (count: number): string => (count === 1 ? 'a semitone' : `${count} semitones`)
const rows = (count: number): string => (count === 1 ? '1 row' : `${count} rows`)

/** What the roll says and is labelled with. */
export const ROLL_WORDS = {
  tools: 'Tool',
  chord: 'Chord',
  chordHint: 'What Draw writes above the pitch you click, within the scale',
  chords: {
    none: 'Single notes',
    octave: 'Octave',
    fifth: 'Fifth',
    triad: 'Triad',
    sus2: 'Sus 2',
    sus4: 'Sus 4',
    seventh: 'Seventh',
    ninth: 'Ninth',
  } satisfies Readonly<Record<Chord, string>>,
  paste: 'Paste',
  pasteHint: 'Put the copied notes in at the chosen cell (Ctrl V)',
  ghosts: 'Others',
  ghostsHint: 'Show the notes of other tracks behind these',
  lane: 'Velocity',
  laneName: 'Vel',
  laneHint: 'Show how hard each note is struck, and drag it',
  follow: 'Follow',
  followHint: 'Keep what plays in sight',
  fit: 'Fit',
  fitHint: 'Show all notes (F)',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  taller: 'Taller rows',
  lower: 'Lower rows',
  more: 'View',
  moreHint: 'Zoom, and what is shown beside the notes',
  selectedNotes: 'Selected notes',
  count: (count: number) => `${notes(count)} selected`,
  earlier: 'A step earlier',
  later: 'A step later',
  up: 'Up',
  down: 'Down',
  octaveUp: 'Octave up',
  octaveDown: 'Octave down',
  copy: 'Copy',
  duplicate: 'Duplicate',
  remove: 'Delete notes',
  deselect: 'Deselect',
  said: {
    selected: (count: number) => (count === 0 ? 'Nothing selected' : `${notes(count)} selected`),
    written: (count: number) => `${notes(count)} written`,
    removed: (count: number) => `${notes(count)} taken away`,
    copied: (count: number) => `${notes(count)} copied`,
    duplicated: (count: number) => `${notes(count)} duplicated`,
    pasted: (count: number, left: number) =>
      left === 0 ? `${notes(count)} pasted` : `${notes(count)} pasted, ${left} did not fit`,
    emptyClipboard: 'Nothing has been copied yet',
    noRoom: 'There is no room for them that way',
    octave: (count: number, by: number) =>
      `${notes(count)} moved ${by > 0 ? 'up' : 'down'} an octave`,
    moved: (count: number, by: { steps: number; up: number }, isKit: boolean) => {
      const across =
        by.steps === 0 ? '' : `${steps(Math.abs(by.steps))} ${by.steps > 0 ? 'later' : 'earlier'}`
      const size = isKit ? rows(Math.abs(by.up)) : semitones(Math.abs(by.up))
      const along = by.up === 0 ? '' : `${by.up > 0 ? 'up' : 'down'} ${size}`
      return `${notes(count)} moved ${[across, along].filter((part) => part !== '').join(' and ')}`
    },
    resized: (count: number, length: number) =>
      count === 1 ? `Length ${length}` : `${notes(count)} resized`,
    velocity: (count: number, velocity: number) =>
      count === 1 ? `Velocity ${velocity}` : `Velocity of ${notes(count)} changed`,
    tool: (name: string) => `${name} tool`,
    calledOff: 'Called off',
  },
} as const

/** What is said of what a hand has done. @param copies  whether what it moved also stays */
export function handWords(
  kind: Exclude<Hand['kind'], 'press' | 'keys' | 'box'>,
  changes: readonly ShownChange[],
  { kind: rowKind, rowOf }: RollRows,
  copies: boolean,
): string {
  const { said } = ROLL_WORDS
  const [count, first] = [changes.length, changes[0]]
  switch (kind) {
    case 'erase':
      return said.removed(count)
    case 'paint':
    case 'draw':
      return said.written(count)
    case 'start':
    case 'end':
      return said.resized(count, first?.to?.length ?? 0)
    case 'move': {
      if (copies || first?.from === undefined || first.to === undefined)
        return said.duplicated(count)
      const { from, to } = first
      const by = { steps: to.step - from.step, up: rowOf(from.pitch) - rowOf(to.pitch) }
      return said.moved(count, by, rowKind === 'pieces')
    }
  }
}
