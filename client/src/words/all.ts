import { AUDIO_WORDS } from './audio.ts'
import { BANNER_WORDS } from './banners.ts'
import { CHORD_WORDS } from './chords.ts'
import { COMMAND_WORDS } from './commands.ts'
import { DESK_WORDS } from './desk.ts'
import { DIAGNOSIS_WORDS } from './diagnosis.ts'
import { EDIT_WORDS } from './edits.ts'
import { FILE_WORDS } from './files.ts'
import { GROOVE_WORDS } from './groove.ts'
import { HAND_WORDS } from './hands.ts'
import { HISTORY_WORDS } from './history.ts'
import { HOSTING_WORDS } from './hosting.ts'
import { MIDI_WORDS } from './midi.ts'
import { MIXER_WORDS } from './mixer.ts'
import { NOTE_EXTRA_WORDS } from './note-extras.ts'
import { NOTES_WORDS } from './notes.ts'
import { OFFLINE_WORDS } from './offline.ts'
import { PATTERN_WORDS } from './patterns.ts'
import { RECENT_WORDS } from './recent.ts'
import { RIFF_WORDS } from './riffs.ts'
import { ROLL_WORDS } from './roll.ts'
import { ROOM_WORDS } from './room.ts'
import { SCENE_WORDS } from './scenes.ts'
import { SLOT_WORDS } from './slots.ts'
import { SOUND_BROWSER_WORDS } from './sound-browser.ts'
import { SOUND_MENU_WORDS } from './sound-menu.ts'
import { SOUND_PART_WORDS } from './sound-parts.ts'
import { SOUND_WORDS } from './sound.ts'
import { SPAN_WORDS } from './spans.ts'
import { START_WORDS } from './start.ts'
import { TOGETHER_WORDS } from './together.ts'
import { TRACK_WORDS } from './tracks.ts'
import { TRADE_WORDS } from './trade.ts'
import { TRANSPORT_WORDS } from './transport.ts'
import { UNIT_WORDS } from './units.ts'

/** All words of the page, by the part of it that says them. The page itself imports each part where it says it. */
export const WORDS = {
  audio: AUDIO_WORDS,
  banners: BANNER_WORDS,
  chords: CHORD_WORDS,
  commands: COMMAND_WORDS,
  desk: DESK_WORDS,
  diagnosis: DIAGNOSIS_WORDS,
  edits: EDIT_WORDS,
  files: FILE_WORDS,
  groove: GROOVE_WORDS,
  hands: HAND_WORDS,
  history: HISTORY_WORDS,
  hosting: HOSTING_WORDS,
  midi: MIDI_WORDS,
  mixer: MIXER_WORDS,
  noteExtras: NOTE_EXTRA_WORDS,
  notes: NOTES_WORDS,
  offline: OFFLINE_WORDS,
  patterns: PATTERN_WORDS,
  recent: RECENT_WORDS,
  riffs: RIFF_WORDS,
  roll: ROLL_WORDS,
  room: ROOM_WORDS,
  scenes: SCENE_WORDS,
  slots: SLOT_WORDS,
  soundBrowser: SOUND_BROWSER_WORDS,
  soundMenu: SOUND_MENU_WORDS,
  soundParts: SOUND_PART_WORDS,
  sound: SOUND_WORDS,
  spans: SPAN_WORDS,
  start: START_WORDS,
  together: TOGETHER_WORDS,
  tracks: TRACK_WORDS,
  trade: TRADE_WORDS,
  transport: TRANSPORT_WORDS,
  units: UNIT_WORDS,
} as const

/** What a translation gives: the same names, with a string or a function of the same values for each. */
export type Words = Said<typeof WORDS>

type Said<Part> = Part extends string
  ? string
  : Part extends readonly string[]
    ? readonly string[]
    : Part extends (...values: infer Values) => string
      ? (...values: Values) => string
      : { readonly [Name in keyof Part]: Said<Part[Name]> }
