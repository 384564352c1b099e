import { START_WORDS } from '../words/start.ts'
import { useToasts } from './room/useToasts.ts'
import { useServices } from './useServices.ts'

/** Runs what may fail, and says why if it does: by a toast, or where it is asked to. */
type Told = (act: () => Promise<void>, say?: (text: string) => void) => Promise<void>

/** Runs what may fail, and tells the person why if it does. */
export function useTold(): Told {
  const services = useServices()
  const toasts = useToasts()
  return async (act, say = (text) => toasts.add({ text })) => {
    try {
      await act()
    } catch (error) {
      services.report(error)
      say(error instanceof Error ? error.message : START_WORDS.failed)
    }
  }
}
