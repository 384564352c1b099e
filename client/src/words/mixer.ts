/** Of the mixer and its strips. */
export const MIXER_WORDS = {
  title: 'Mixer',
  whose: 'Whose mix',
  ears: {
    room: { label: 'Room', title: 'Mix for everybody' },
    mine: { label: 'Only me', title: 'Mix for your ears alone' },
  },
  mineAlone: 'Only you hear what you change here. This device remembers it.',
  notYours: 'You are listening: the room’s mix is not yours to change.',
  everybodys: 'Everybody hears what you change here.',
  reset: 'Reset',
  resetTitle: 'Hear every track as the room does',
  /** Said of who turns a track down: the track of this person. */
  yours: 'yours',
  facts: {
    voices: 'Voices',
    voicesTitle: 'How many notes sound at this moment',
    load: 'Load',
    loadTitle: 'How much of its time this device needs for the sound',
    percent: (share: number) => `${Math.round(share * 100)} %`,
    busy: (ease: string) => `Your device is busy: ${ease}.`,
  },
  master: {
    label: 'Strip of all tracks',
    name: 'All together',
    speakers: 'My speakers',
    of: 'all tracks',
    scope: 'Shape of the sound',
    ceiling: 'The limiter keeps everything below this line: it never clips.',
  },
  strip: {
    yours: 'Strip of your track',
    of: (name: string) => `Strip of ${name}`,
    you: 'You',
    /** @param of  such as "your track" */
    open: (of: string) => `Open ${of} in the roll`,
    ducks: (name: string) => `ducks under ${name}`,
    ducksTitle: (name: string) => `${name} turns this track down while it plays`,
    mine: ({ words, of }: { words: string; of: string }) => `${words}; hear ${of} as the room does`,
    mineTitle: 'You hear this track otherwise than the room. Click to hear it as the room does.',
  },
  slider: {
    name: ({ face, of }: { face: string; of: string }) => `${face}, ${of}`,
    title: ({ value, hint }: { value: string; hint: string }) =>
      `${value}\n${hint}\nDrag or use the arrow keys; double-click for the usual value.`,
  },
  silence: '−∞ dB',
  asTheRoom: 'As the room',
  same: 'Same',
  faces: {
    roomVolume: { label: 'Volume', hint: 'How loud this track is, for everybody.' },
    roomPan: {
      label: 'Pan',
      hint: 'Where this track stands, from left to right, for everybody.',
    },
    reverb: {
      label: 'Reverb',
      hint: 'How much of this track goes into the room’s reverb, for everybody.',
    },
    echo: { label: 'Echo', hint: 'How loud this track’s first repeat is, for everybody.' },
    myVolume: {
      label: 'Volume',
      name: 'Volume for you',
      hint: 'How much louder or quieter than the room you hear this track.',
    },
    myPan: {
      label: 'Pan',
      name: 'Pan for you',
      hint: 'How far to the left or right of its place you hear this track.',
    },
    speakers: {
      label: 'Loudness on this device',
      hint: 'How loud it is on this device; others keep their own.',
    },
  },
} as const
