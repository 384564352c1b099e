import { ref } from 'vue'
import type { Ref } from 'vue'
import type { RoomChoice } from '../../app/app-types.ts'
import { useServices } from '../useServices.ts'

export interface Join {
  readonly name: Ref<string>
  /** Why the name will not do; empty when it will, or was not tried yet. */
  readonly nameReason: Ref<string>
  /** Why joining failed; empty when it did not. */
  readonly failure: Ref<string>
  readonly isJoining: Ref<boolean>
  join(room: RoomChoice): Promise<void>
}

/** The name, and the way in with it. */
export function useJoin(): Join {
  const services = useServices()
  const name = ref(services.lastName() ?? services.suggestName())
  const nameReason = ref('')
  const failure = ref('')
  const isJoining = ref(false)

  async function join(room: RoomChoice): Promise<void> {
    const verdict = services.validateName(name.value)
    nameReason.value = verdict.ok ? '' : verdict.reason
    failure.value = ''
    if (!verdict.ok || isJoining.value) return
    isJoining.value = true
    try {
      await services.join(room, verdict.name)
    } catch (error) {
      services.report(error)
      failure.value = error instanceof Error ? error.message : 'That did not work.'
    } finally {
      isJoining.value = false
    }
  }
  return { name, nameReason, failure, isJoining, join }
}
