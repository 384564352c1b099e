import type { IconName } from '../base/icons.ts'

/** The parts of a jam: a narrow screen shows one at a time; on a wide one the mixer takes the place of the notes. */
export type Pane = 'notes' | 'sound' | 'tracks' | 'mixer' | 'chat'

export interface PaneFace {
  readonly pane: Pane
  readonly label: string
  readonly icon: IconName
}

export const PANES: readonly PaneFace[] = [
  { pane: 'notes', label: 'Notes', icon: 'grid' },
  { pane: 'sound', label: 'Sound', icon: 'wave' },
  { pane: 'tracks', label: 'Tracks', icon: 'people' },
  { pane: 'mixer', label: 'Mixer', icon: 'mixer' },
  { pane: 'chat', label: 'Chat', icon: 'chat' },
]

/** Where the key and the button of the mixer lead. */
export const otherThanMixer = (pane: Pane): Pane => (pane === 'mixer' ? 'notes' : 'mixer')
