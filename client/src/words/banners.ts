const people = (count: number): string => `${count} ${count === 1 ? 'person' : 'people'}`

/** Of the sentences over a jam, and what can be done about each. */
export const BANNER_WORDS = {
  label: 'State of the jam',
  tryAgain: 'Try again',
  reload: 'Reload',
  aside:
    'Your copy of this song had come apart from the others’. Theirs is played; yours was put aside.',
  saveAside: 'Save mine',
  forgetAside: 'Forget it',
  /** What a busy device gives up, by how busy it is. */
  eases: {
    1: 'fewer unison voices',
    2: 'fewer unison voices, no chorus and no reverb',
    3: 'fewer unison voices, no chorus and no reverb, and fewer voices of the others’ tracks',
  },
  ease: (ease: string) =>
    `Your device is busy, so you hear ${ease}. The others hear it all; it comes back by itself.`,
  knocking: 'You knocked. You come in as soon as a host lets you.',
  locked:
    'This jam is locked: nobody can come in just now. Ask somebody who plays there, and try again.',
  notLetIn: 'Nobody let you in.',
  knockAgain: 'Knock again',
  removed: 'A host took you out of this jam.',
  moved: 'This jam has moved. Ask somebody who plays there for the new link.',
  full: (seats: number) =>
    `This jam is full: it seats ${people(seats)}. Your notes stay on this device.`,
  replaced: 'Another tab of yours took your seat.',
  jamHere: 'Jam here instead',
  /** @param span  such as "30 minutes" */
  idle: (span: string) => `Nothing was touched or played for ${span}: your seat was given up.`,
  comeBack: 'Come back',
  outdated: 'Beatcord has been updated, and this page is too old to join the others.',
  playsOn: (others: number) =>
    others === 0 ? 'You keep playing alone' : `You keep playing with ${people(others)}`,
  offline: 'You are offline. You play alone; others come back when the network does.',
  serverOutOfReach:
    'The server is out of reach. You keep playing alone; others come back when it does.',
  /** @param playsOn  as told by `playsOn` */
  serverAway: (playsOn: string) =>
    `The server is away. ${playsOn}; new people can join once it is back.`,
  addressFull: (playsOn: string) =>
    `As many people of your network are here as the server seats. ${playsOn}; this page tries again every few seconds.`,
  serverBusy: (playsOn: string) =>
    `The server has more to do than it can just now. ${playsOn}; this page tries again every few seconds.`,
  interrupted: 'A call or another app took the loudspeaker.',
  takeBack: 'Take it back',
  noSound: 'This browser is too old to make sound here. Any current browser will do.',
  /** @param reason  as the browser says it */
  soundFailed: (reason: string) => `The sound did not start: ${reason}`,
  listening: 'You are listening. A host can let you play.',
  newerSong: 'This song was made by a newer Beatcord. You can listen; reload to edit it.',
  largeSong:
    'This song is getting large. Save it, then clear a track or remove one of somebody who left.',
  twoSongs:
    'Two songs met that are too large to become one. Each of you keeps your own: save one, clear it, and they come together.',
  fullSong:
    'This song is as large as it can get. Save it, then clear a track or remove one of somebody who left.',
} as const
