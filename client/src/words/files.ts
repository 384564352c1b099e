/** Why a file of a song or a sound is not taken, and what else is said of keeping them. */
export const FILE_WORDS = {
  /** What is called so that has no name. */
  untitled: 'Untitled',
  noSong: 'This file is not a Beatcord song.',
  newerSong: 'This song was made with a newer Beatcord. Reload the page, then open it again.',
  damagedSong: 'This song file is damaged.',
  largeSong: 'This file is too large to be a song.',
  unchangeable: 'This song cannot be changed here.',
  nothingAside: 'Nothing was put aside.',
  noSound: 'This file is not a Beatcord sound.',
  newerSound: 'This sound was made with a newer Beatcord. Reload the page, then open it again.',
  damagedSound: 'This sound file is damaged.',
  largeSound: 'This file is too large to be a sound.',
  namelessSound: 'Give the sound a name.',
  fullShelf: 'There is no room for more sounds. Take some away first.',
  unkeptSound:
    'This browser has no room for it: the sound is among yours until you close the page. Save it to a file.',
} as const
