import { ROOM_WORDS } from '../../words/room.ts'
import type { IconName } from '../base/icons.ts'

/** The parts of a jam: a narrow screen shows one at a time; on a wide one the mixer takes the place of the notes. */
export type Pane = 'notes' | 'sound' | 'tracks' | 'mixer' | 'chat'

export interface PaneFace {
  readonly pane: Pane
  readonly label: string
  readonly icon: IconName
}

const WORDS = ROOM_WORDS.panes

export const PANES: readonly PaneFace[] = [
  { pane: 'notes', label: WORDS.notes, icon: 'grid' },
  { pane: 'sound', label: WORDS.sound, icon: 'wave' },
  { pane: 'tracks', label: WORDS.tracks, icon: 'people' },
  { pane: 'mixer', label: WORDS.mixer, icon: 'mixer' },
  { pane: 'chat', label: WORDS.chat, icon: 'chat' },
]

/** Where the key and the button of the mixer lead. */
export const otherThanMixer = (pane: Pane): Pane => (pane === 'mixer' ? 'notes' : 'mixer')
