import type { PeerId } from '@beatcord/shared'
import { createLive } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Keyring } from '../net/keyring.ts'
import { START_WORDS } from '../words/start.ts'
import type { RoomMoving } from './room-moving.ts'
import { openProfile } from './profile.ts'
import type { Room } from './room.ts'
import type { Guest, Session } from './session-types.ts'

/** What hosts do, and what all see of it. */
export type Hosting = Pick<
  Session,
  'role' | 'rules' | 'guests' | 'setRules' | 'setRole' | 'answerKnock' | 'removePerson'
> & { readonly close: Undo }

export interface HostingOptions {
  readonly room: Pick<Room, 'signal'>
  readonly keyring: Keyring
  readonly moving: Pick<RoomMoving, 'remove'>
}

const UNREADABLE = { name: START_WORDS.someone, colour: 0 }

export function createHosting(options: HostingOptions): Hosting {
  const { room, keyring } = options
  const { signal } = room
  const scope = createScope()
  const guests = createLive<readonly Guest[]>([])
  const profileKey = keyring.keysFor('profileKey')

  async function show(knocks: ReadonlyMap<PeerId, string>): Promise<void> {
    const all = await Promise.all(
      [...knocks].map(async ([id, sealed]) => {
        // Whoever seals junk has the link all the same, and a host has to know that somebody is there.
        const { name, colour } = (await openProfile(profileKey, sealed)) ?? UNREADABLE
        return { id, name, colour }
      }),
    )
    if (signal.knocks.read() === knocks) guests.set(all)
  }
  scope.own(signal.knocks.subscribe((knocks) => void show(knocks)))
  void show(signal.knocks.read())

  return {
    role: signal.role,
    rules: signal.rules,
    guests,
    setRules(change) {
      signal.ask({ type: 'set-rules', rules: { ...signal.rules.read(), ...change } })
    },
    setRole(id, role) {
      signal.ask({ type: 'set-role', peerId: id as PeerId, role })
    },
    answerKnock(id, letIn) {
      signal.ask({ type: 'answer-knock', peerId: id as PeerId, letIn })
    },
    removePerson: (id) => options.moving.remove(id as PeerId),
    close: scope.close,
  }
}
