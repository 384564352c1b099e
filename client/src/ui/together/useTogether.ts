import type { ShallowRef } from 'vue'
import type { Together } from '../../app/together-types.ts'
import type { Live } from '../../lib/live.ts'
import { useLive } from '../useLive.ts'
import { useSession } from '../useServices.ts'

/** Shows one part of what makes a jam of people. */
export const useTogether = <T>(pick: (together: Together) => Live<T>): Readonly<ShallowRef<T>> =>
  useLive(pick(useSession().together))
