import { ROOM_WORDS } from './room.ts'

const { clock } = ROOM_WORDS.audio

/** Of music that leaves the jam as sound: exports, bars that were played, recordings. */
export const AUDIO_WORDS = {
  title: 'Export audio',
  song: 'The song',
  what: 'What',
  playsNow: 'What plays now',
  scene: ({ letter, name }: { letter: string; name: string }) =>
    name === '' ? `Scene ${letter}` : `Scene ${letter}: ${name}`,
  ear: 'Heard',
  ears: { mine: 'As I hear it', room: 'As the room has it' },
  loops: 'Loops',
  ending: 'Ending',
  endings: { ring: 'Let it ring', loop: 'Cut to loop' },
  split: 'Files',
  splits: { mix: 'Whole mix', people: 'Each person on their own', tracks: 'Each track on its own' },
  mastered: 'As loud as in the mix',
  masteredNote:
    'Played together the files are exactly the mix. Switched off, they come without its compressor and limiter, to be mixed anew.',
  reverbNote: 'The room’s reverb is a file of its own. All come in one ZIP.',
  format: 'Format',
  formats: {
    wav24: 'WAV, 24 bit',
    wav16: 'WAV, 16 bit',
    wav32: 'WAV, 32 bit float',
    opus: 'Opus, small',
    aac: 'AAC (M4A), small',
  },
  unable: (format: string) => `${format}: not in this browser`,
  length: ({ bars, seconds }: { bars: number; seconds: number }) => {
    const said = bars === 1 ? '1 bar' : `${Number(bars.toFixed(2))} bars`
    return `${said}, ${clock(seconds)}`
  },
  ringing: (length: string) => `${length}, and what rings on`,
  export: 'Export',
  progress: 'Export',
  cancel: 'Cancel',
  nothing: 'There are no notes to export yet.',
  tooLarge: 'Together the files are too large. Take fewer loops, or a smaller format.',
  failed: 'The export failed. Try another format.',
  bars: 'What was just played',
  barsNote: 'The last minute is always remembered, on this device, exactly as it sounded here.',
  areThere: (count: number) =>
    count === 1 ? '1 whole bar is there' : `${count} whole bars are there`,
  howMany: 'How many bars',
  noBars: 'Play a whole bar first.',
  noTape: 'This browser remembers nothing of what was played.',
  barsGone: 'These bars are no longer remembered.',
  recordingNote:
    'Everything that sounds here, as loud as you hear it, your metronome too, until you stop.',
  places: {
    file: 'It is written to the file you choose, as it comes.',
    store: 'It is kept in this browser while it lasts, and saved when you stop.',
    memory: 'It is kept in memory while it lasts: 17 minutes at most.',
  },
  record: 'Record',
  recordingSince: (seconds: number) => `Recording ${clock(seconds)}`,
  ends: {
    full: 'The recording has ended: there is no more room. What was recorded is saved.',
    overtaken:
      'The recording has ended: this device could not keep up. What was recorded is saved.',
    disk: 'The recording has ended: the file could not be written.',
  },
  left: 'Not finished last time',
  leftSize: (bytes: number) => `${Math.max(1, Math.round(bytes / 1e6))} MB`,
  save: 'Save',
  forget: 'Throw away',
  /** In files. */
  reverbStem: 'Reverb',
  trackOf: ({ name, title }: { name: string; title: string }) => `${name} – ${title}`,
  instruments: { synth: 'Synth', drums: 'Drums' },
  credits: ({ people, bpm }: { people: string; bpm: number }) =>
    `Played together in Beatcord: ${people}. ${bpm} BPM.`,
  lastBars: ({ title, count }: { title: string; count: number }) =>
    count === 1 ? `${title}, last bar` : `${title}, last ${count} bars`,
  recordingOf: ({ title, at }: { title: string; at: Date }) =>
    `${title} ${at.toISOString().slice(0, 16).replace('T', ' ').replace(':', '-')}`,
} as const
