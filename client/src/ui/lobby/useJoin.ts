import { inject, provide, ref, watch } from 'vue'
import type { InjectionKey, Ref } from 'vue'
import type { AppServices, RoomChoice } from '../../app/app-types.ts'
import { assert } from '../../lib/assert.ts'
import { START_WORDS } from '../../words/start.ts'
import { useLive } from '../useLive.ts'

/** The name, and the way in with it; one for all pages outside of a jam. */
export interface Join {
  readonly name: Ref<string>
  /** Why the name will not do; empty when it will, or was not tried yet. */
  readonly nameReason: Ref<string>
  /** Why joining failed; empty when it did not. */
  readonly failure: Ref<string>
  readonly isJoining: Readonly<Ref<boolean>>
  join(room: RoomChoice): Promise<void>
}

const JOIN: InjectionKey<Join> = Symbol('join')

export function useJoin(): Join {
  const join = inject(JOIN)
  assert(join !== undefined, 'join must be provided by the app')
  return join
}

export function provideJoin(services: AppServices): Join {
  const name = ref('')
  const nameReason = ref('')
  const failure = ref('')
  const isJoining = useLive(services.joining)
  const arrival = useLive(services.arrival)
  // Outside of a jam: at first, and after each, in which the name may have changed.
  watch(
    arrival,
    (current) => {
      if (current === undefined) name.value = services.lastName() ?? services.suggestName()
    },
    { immediate: true },
  )

  async function join(room: RoomChoice): Promise<void> {
    const verdict = services.validateName(name.value)
    nameReason.value = verdict.ok ? '' : verdict.reason
    failure.value = ''
    if (!verdict.ok || isJoining.value) return
    try {
      await services.join(room, verdict.name)
    } catch (error) {
      services.report(error)
      failure.value = error instanceof Error ? error.message : START_WORDS.failed
    }
  }
  const provided = { name, nameReason, failure, isJoining, join }
  provide(JOIN, provided)
  return provided
}
