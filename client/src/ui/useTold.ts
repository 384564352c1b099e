import { START_WORDS } from '../words/start.ts'
import { useToasts } from './room/useToasts.ts'
import { useServices } from './useServices.ts'

/** Runs what may fail, and tells the person why if it does. */
export function useTold(): (act: () => Promise<void>) => Promise<void> {
  const services = useServices()
  const toasts = useToasts()
  return async (act) => {
    try {
      await act()
    } catch (error) {
      services.report(error)
      toasts.add({ text: error instanceof Error ? error.message : START_WORDS.failed })
    }
  }
}
