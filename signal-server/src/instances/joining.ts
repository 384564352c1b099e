import type { Comer } from '../room-types.ts'
import type { Entry } from '../rooms.ts'
import type { Edge } from './edge-types.ts'
import type { Home } from './home-types.ts'
import { holdBack } from './member.ts'
import type { People } from './people.ts'

/** What a branch is, at each moment of a join. */
export interface JoiningOptions {
  readonly open: () => Promise<void> | undefined
  readonly home: () => Home | undefined
  readonly edge: () => Edge | undefined
  /** Makes it a home, by what is known here. */
  readonly beHome: () => Home
  readonly people: Pick<People, 'createMember' | 'joinHere'>
}

const TRIES = 2

/** @returns what seats somebody in a room whose home is elsewhere, or not known yet */
export function createJoining({
  open,
  home,
  edge,
  beHome,
  people,
}: JoiningOptions): (comer: Comer) => Promise<Entry> {
  async function enter(comer: Comer, tries: number): Promise<Entry> {
    if (edge() === undefined) await open()
    const entry = await edge()?.join(people.createMember(comer), comer)
    if (entry !== undefined) return entry
    // The home has moved meanwhile, or is silent and nothing is known of the room.
    if (home() === undefined && tries > 0) return enter(comer, tries - 1)
    return people.joinHere(home() ?? beHome(), comer)
  }

  return (comer) => {
    const { occupant, welcomed } = holdBack(comer)
    return enter({ ...comer, occupant }, TRIES).finally(() => {
      // Once whoever waited for this has said welcome.
      setImmediate(welcomed)
    })
  }
}
