const many = (count: number, one: string, more: string): string =>
  count === 1 ? `1 ${one}` : `${count} ${more}`
const notes = (count: number): string => many(count, 'note', 'notes')

/** Of MIDI files: the jam as one, and one into the jam. */
export const MIDI_WORDS = {
  title: 'MIDI file',

  exporting: 'Take it home',
  exportNote: 'One track for each track here, named after who plays it.',
  passages: 'What',
  now: 'What plays now',
  scenes: 'Each scene in turn',
  loops: 'Times round',
  times: (count: number) => `${count}×`,
  chance: 'Chance as it falls',
  chanceNote:
    'Notes by chance sound or not, as in the jam from its start. Off: all of them, every time.',
  feel: 'Swing and humanise',
  feelNote: 'As it is heard. Off: straight.',
  muted: 'Muted tracks too',
  mutedNote: 'Off: only what everybody hears.',
  save: 'Save MIDI file',

  importing: 'Bring one in',
  importNote: 'Nothing changes before you have seen what would.',
  choose: 'Choose a MIDI file',
  chooseOther: 'Choose another file',
  preview: (name: string) => `What is in ${name}`,
  bring: (count: number) => `Bring in ${many(count, 'part', 'parts')}`,
  brought: 'It is in the jam, for everybody.',
  mayNot: 'Only those who play can bring notes in.',
  from: 'Begin with bar',
  fromLess: 'A bar earlier',
  fromMore: 'A bar later',
  length: 'Loop of new tracks',
  lengths: { own: 'As long as it plays', room: 'As in the jam' },
  tight: 'On the grid',
  tightNote: 'Each note on its step, in the swing of the jam. Off: played as in the file.',
  tempo: (bpm: number) => `Set the tempo to ${bpm} BPM, for everybody`,
  tempoNote: (bpm: number) =>
    `It is ${bpm} BPM now. Off: the notes follow that. Undo leaves the tempo.`,
  tempoChanges: (count: number) =>
    `The tempo changes ${many(count, 'time', 'times')} later on: only the first is taken.`,
  tempoOut: (bpm: number) =>
    `It is at ${bpm} BPM, which no jam plays: the jam keeps its own tempo.`,
  steps: (count: number) => `Set the loop of the jam to ${count} steps, for everybody`,
  stepsNote: (count: number) => `It has ${count} now.`,
  parts: 'Parts',
  /** Where a file calls a part nothing. */
  unnamed: (count: number) => `Part ${count}`,
  channel: (count: number) => `channel ${count}`,
  drums: 'drums',
  picture: (name: string) => `The notes of ${name}`,
  goes: (name: string) => `Where ${name} goes`,
  target: {
    new: 'A new track',
    nowhere: 'Leave it out',
    blank: 'My track, which is empty',
  },
  patternOf: (name: string) => `Pattern for ${name}`,
  noRoom: 'There is no room for more tracks.',
  taken: ({ taken, all }: { taken: number; all: number }) =>
    taken === all ? notes(all) : `${taken} of ${notes(all)}`,
  into: ({ steps, patterns }: { steps: number; patterns: string }) =>
    `loop of ${many(steps, 'step', 'steps')}, ${patterns.length === 1 ? 'pattern' : 'patterns'} ${patterns}`,
  fromTo: ({ first, last }: { first: string; last: string }) => `${first} to ${last}`,
  leftOut: {
    early: (count: number) => `${notes(count)} before that bar`,
    late: (count: number) => `${notes(count)} too late for the loops there are`,
    low: (count: number) => `${notes(count)} lower than C1`,
    high: (count: number) => `${notes(count)} higher than C8`,
    'no-piece': (count: number) => `${notes(count)} for which a kit has no drum`,
    crowded: (count: number) => `${notes(count)} too many for one step`,
  },
  without: (list: string) => `Left out: ${list}.`,
  moved: (count: number) => `${notes(count)} a little earlier or later than in the file.`,
  cut: (count: number) => `${notes(count)} cut to the length of the loop.`,
  outOfScale: (count: number) =>
    `${notes(count)} outside of the scale: they sound as their neighbours until the scale is chromatic.`,
  hanging: (count: number) => `${notes(count)} never let go of: they last to the end.`,
  replaced: (count: number) => `In place of ${notes(count)} there.`,

  refusals: {
    'too-large': 'This file is too large: a MIDI file of a song has less than 2 MB.',
    'not-midi': 'This is not a MIDI file.',
    'damaged-head': 'This MIDI file is damaged at its beginning.',
    'format-2':
      'This MIDI file holds several pieces (format 2). Save one of them alone, as format 0 or 1.',
    'unknown-format': 'This MIDI file is of a kind that is not known here.',
    'film-time':
      'This MIDI file counts frames of film, not beats. Save it anew with ticks in a beat.',
    'no-division': 'This MIDI file does not say how long a beat is.',
    'no-tracks': 'There is no track in this MIDI file.',
    'too-many-events': 'There is more in this MIDI file than a song has.',
    'no-notes': 'There are no notes in this MIDI file.',
  },
  oddities: {
    'cut-off': 'The file ends too early. What is there is read.',
    'damaged-track': 'A track is damaged: what comes after the damage is left out.',
    'no-end': 'A track does not say where it ends. It is read all the same.',
    'wrong-length': 'A track has the wrong length in the file. It is read all the same.',
    'unknown-part': 'A part of the file that is no track is left out.',
    'trailing-bytes': 'Something stands behind the last track. It is left out.',
    exclusive: 'Settings for one make of instrument are left out.',
    'stray-bytes': 'Bytes that belong on a cable are left out.',
    'bad-tempo': 'A tempo makes no sense. It is left out.',
  },

  nothingToSave: 'There are no notes to save in that.',
  tooMuch: 'That is too long for one file. Take fewer times round.',
  full: 'This song has no room for so much more.',
  noTrackLeft:
    'A track is no longer there, or there is no room for more. Look again, then bring it in.',
  file: {
    title: (room: string) => `${room} · Beatcord`,
    instruments: { synth: 'Synth', drums: 'Drums' },
    track: ({ track, who }: { track: string; who: string }) => `${track} · ${who}`,
    by: (who: string) => `Played by ${who}`,
    credit: ({ who, tracks }: { who: string; tracks: string }) => `${who}: ${tracks}`,
    made: 'Made together with Beatcord',
    now: 'What plays now',
    scene: ({ label, name }: { label: string; name: string | undefined }) =>
      name === undefined ? `Scene ${label}` : `Scene ${label}: ${name}`,
  },
} as const
