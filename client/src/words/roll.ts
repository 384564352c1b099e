const notes = (count: number): string => (count === 1 ? '1 note' : `${count} notes`)
const steps = (count: number): string => (count === 1 ? '1 step' : `${count} steps`)
const semitones = (count: number): string => (count === 1 ? 'a semitone' : `${count} semitones`)
const rows = (count: number): string => (count === 1 ? '1 row' : `${count} rows`)

/** Of the tools of the roll, and what it says of what was done. */
export const ROLL_WORDS = {
  roll: 'Piano roll',
  tools: 'Tool',
  draw: {
    name: 'Draw',
    hint: 'Click to write or take away, drag a note to move it, its ends to make it longer',
  },
  paint: { name: 'Paint', hint: 'Drag to write notes along the way' },
  select: { name: 'Select', hint: 'Drag a box around notes, click one, drag them all' },
  erase: { name: 'Erase', hint: 'Drag over notes to take them away' },
  toolTitle: ({ name, key, hint }: { name: string; key: string; hint: string }) =>
    `${name} (${key}): ${hint}`,
  /** A button, and the keys that do the same. */
  withKeys: ({ name, keys }: { name: string; keys: string }) => `${name} (${keys})`,
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
  },
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
  octaveUpSign: '+8va',
  octaveDown: 'Octave down',
  octaveDownSign: '−8va',
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
    /** @param left  how many did not fit */
    pasted: ({ count, left }: { count: number; left: number }) =>
      left === 0 ? `${notes(count)} pasted` : `${notes(count)} pasted, ${left} did not fit`,
    emptyClipboard: 'Nothing has been copied yet',
    noRoom: 'There is no room for them that way',
    octave: ({ count, by }: { count: number; by: number }) =>
      `${notes(count)} moved ${by > 0 ? 'up' : 'down'} an octave`,
    moved: ({
      count,
      steps: by,
      up,
      isKit,
    }: {
      count: number
      steps: number
      up: number
      isKit: boolean
    }) => {
      const across = by === 0 ? '' : `${steps(Math.abs(by))} ${by > 0 ? 'later' : 'earlier'}`
      const size = isKit ? rows(Math.abs(up)) : semitones(Math.abs(up))
      const along = up === 0 ? '' : `${up > 0 ? 'up' : 'down'} ${size}`
      return `${notes(count)} moved ${[across, along].filter((part) => part !== '').join(' and ')}`
    },
    resized: ({ count, length }: { count: number; length: number }) =>
      count === 1 ? `Length ${length}` : `${notes(count)} resized`,
    velocity: ({ count, velocity }: { count: number; velocity: number }) =>
      count === 1 ? `Velocity ${velocity}` : `Velocity of ${notes(count)} changed`,
    tool: (name: string) => `${name} tool`,
    calledOff: 'Called off',
  },
} as const
