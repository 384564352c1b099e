import type { PeerId } from '@beatcord/shared'
import { createLive } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Keyring } from '../net/keyring.ts'
import type { Timers } from '../net/timers.ts'
import { START_WORDS } from '../words/start.ts'
import { createMoving } from './moving.ts'
import { openProfile } from './profile.ts'
import { rememberTag } from './room-tag.ts'
import type { Room } from './room.ts'
import type { Guest, Session } from './session-types.ts'
import type { Drawer } from './storage.ts'

/** What hosts do, and what all see of it. */
export type Hosting = Pick<
  Session,
  'role' | 'rules' | 'guests' | 'setRules' | 'setRole' | 'answerKnock' | 'removePerson'
> & { readonly close: Undo }

export interface HostingOptions {
  readonly room: Pick<Room, 'signal' | 'mesh' | 'onMoved'>
  readonly keyring: Keyring
  readonly timers: Pick<Timers, 'now'>
  readonly drawer: Drawer
  /** Names the room in this browser. */
  readonly tag: string
  /** Whether the room has a secret, and not only a name. */
  readonly isPrivate: boolean
  /** The room has another secret now: its old link leads nowhere. */
  readonly onMoved: (secret: Uint8Array) => void
}

const UNREADABLE = { name: START_WORDS.someone, colour: 0 }

export function createHosting(options: HostingOptions): Hosting {
  const { room, keyring, drawer, tag } = options
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

  const moving = createMoving({
    ...options,
    ...room,
    onMoved(secret, keys) {
      void rememberTag(keys, drawer, tag)
      options.onMoved(secret)
    },
  })
  scope.own(moving.close)
  scope.own(room.onMoved(moving.hear))

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
    removePerson: (id) => moving.remove(id as PeerId),
    close: scope.close,
  }
}
