import type { Ref } from 'vue'
import type { Session } from '../../app/session-types.ts'
import type { Pane } from '../room/panes.ts'
import type { CommandId } from './command-ids.ts'
import type { Command } from './commands.ts'
import { useCommands } from './useCommands.ts'

/** What is open on the desk, and what opens it. */
export interface DeskHands {
  readonly session: Session
  readonly isReadOnly: Readonly<Ref<boolean>>
  /** Whether the panes take turns. */
  readonly isNarrow: Readonly<Ref<boolean>>
  readonly pane: Ref<Pane>
  readonly isChatOpen: Ref<boolean>
  readonly isDiagnosing: Ref<boolean>
  toggleMixer(): void
}

/** What can be done on the desk as a whole. */
export function useDeskCommands(hands: DeskHands): void {
  useCommands(() => [...playing(hands), ...places(hands)])
}

function playing({ session, isReadOnly }: DeskHands): readonly Command[] {
  return [
    {
      id: 'play',
      isAvailable: () => !isReadOnly.value,
      run: () => (session.transport.read().playing ? session.stop() : session.play()),
    },
    {
      id: 'metronome',
      run: () => session.setClick({ metronome: !session.click.read().metronome }),
    },
    { id: 'count-in', run: () => session.setClick({ countIn: !session.click.read().countIn }) },
  ]
}

const PANES: readonly (readonly [CommandId, Pane])[] = [
  ['open-notes', 'notes'],
  ['open-sound', 'sound'],
  ['open-tracks', 'tracks'],
]

function places(hands: DeskHands): readonly Command[] {
  const { isNarrow, pane, isChatOpen, isDiagnosing } = hands
  return [
    { id: 'mixer', run: hands.toggleMixer },
    ...PANES.map(([id, to]) => ({
      id,
      isAvailable: () => isNarrow.value && pane.value !== to,
      run: () => (pane.value = to),
    })),
    {
      id: 'chat',
      run() {
        if (isNarrow.value) pane.value = 'chat'
        else isChatOpen.value = !isChatOpen.value
      },
    },
    { id: 'details', run: () => (isDiagnosing.value = true) },
  ]
}
