import { onScopeDispose, shallowRef, watch } from 'vue'
import type { ShallowRef } from 'vue'
import type { SeenReaction } from '../../app/together-types.ts'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'
import { REACTION_WORDS } from './reaction-names.ts'
import { TOGETHER_WORDS as WORDS } from '../../words/together.ts'
import { useTogether } from './useTogether.ts'

/** What is said of reactions at once. */
export interface ReactionWords {
  /** Another one for each time that something is said. */
  readonly id: number
  readonly words: string
}

/** A sentence for all that come within so long: nobody wants each of them read aloud. */
const GATHER_MS = 1500

/** What others show without words, in words, for whoever does not see it. */
export function useReactionWords(): Readonly<ShallowRef<ReactionWords | undefined>> {
  const reactions = useTogether((together) => together.reactions)
  const people = useLive(useSession().people)
  const said = shallowRef<ReactionWords>()
  let gathered: readonly SeenReaction[] = []
  let lastId = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function say(): void {
    timer = undefined
    const counts = new Map<string, number>()
    for (const { peer, name } of gathered) {
      const who = people.value.find(({ id }) => id === peer)?.name ?? WORDS.someone
      const words = `${who}: ${REACTION_WORDS[name]}`
      counts.set(words, (counts.get(words) ?? 0) + 1)
    }
    gathered = []
    const words = [...counts].map(([each, count]) => WORDS.times({ words: each, count })).join('. ')
    said.value = { id: (said.value?.id ?? 0) + 1, words }
  }
  watch(reactions, (now) => {
    const me = people.value.find(({ isMe }) => isMe)?.id
    const news = now.filter(({ id }) => id > lastId)
    lastId = Math.max(lastId, ...now.map(({ id }) => id))
    gathered = [...gathered, ...news.filter(({ peer }) => peer !== me)]
    if (gathered.length > 0) timer ??= setTimeout(say, GATHER_MS)
  })
  onScopeDispose(() => clearTimeout(timer))
  return said
}
