import { ref } from 'vue'
import { useTold } from '../useTold.ts'

/** What came of the last thing that was done, said beside it: a toast would lie behind the sheet. */
export interface Said {
  /** What is said at a place; empty where nothing is. */
  at(place: string): string
  say(place: string, text: string): void
  /** Does what may fail. Says the sentence that it resolves with, or why it failed. */
  run(place: string, act: () => Promise<string | undefined>): Promise<void>
}

export function useSaid(): Said {
  const told = useTold()
  const last = ref({ place: '', text: '' })
  const say = (place: string, text: string): void => {
    last.value = { place, text }
  }
  return {
    at: (place) => (last.value.place === place ? last.value.text : ''),
    say,
    run(place, act) {
      // What is said twice is to be seen and heard twice.
      say(place, '')
      return told(
        async () => {
          say(place, (await act()) ?? '')
        },
        (text) => say(place, text),
      )
    },
  }
}
