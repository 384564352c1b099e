import { ROOM_WORDS } from '../../words/room.ts'
import { useSession } from '../useServices.ts'
import { useToasts } from './useToasts.ts'

/** @returns a function to be called right after an edit: tells of it, with a way to take back that edit and no later one */
export function useUndoToast(): (text: string) => void {
  const session = useSession()
  const toasts = useToasts()
  return (text) => {
    const step = session.history.read().at(-1)?.id
    toasts.add({ text, action: { label: ROOM_WORDS.undo, run: () => session.undo(step) } })
  }
}
