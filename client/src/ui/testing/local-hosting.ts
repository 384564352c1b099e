import type { Guest, Role, Rules, Session } from '../../app/session-types.ts'
import { createLive, type LiveSource } from '../../lib/live.ts'

type Verbs = 'rules' | 'setRules' | 'setRole' | 'answerKnock' | 'removePerson'

/** What hosts do, in a room that nobody else is asked about. */
export interface LocalHosting extends Pick<Session, Verbs> {
  readonly role: LiveSource<Role>
  readonly guests: LiveSource<readonly Guest[]>
  /** What was done as a host, latest last. */
  readonly hosted: readonly string[]
}

export function createLocalHosting(): LocalHosting {
  const rules = createLive<Rules>({ door: 'open', newcomers: 'player' })
  const hosted: string[] = []
  return {
    role: createLive<Role>('host'),
    rules,
    guests: createLive<readonly Guest[]>([]),
    hosted,
    setRules: (change) => rules.set({ ...rules.read(), ...change }),
    setRole: (id, next) => hosted.push(`${id} ${next}`),
    answerKnock: (id, letIn) => hosted.push(`${id} ${letIn ? 'in' : 'not'}`),
    removePerson: (id) => Promise.resolve(void hosted.push(`${id} removed`)),
  }
}
