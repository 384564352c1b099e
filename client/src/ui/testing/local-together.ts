import type { FirstStep } from '../../app/first-minute.ts'
import type { OthersLook, SeenReaction, Together } from '../../app/together-types.ts'
import type { EditMark } from '../../jam/edit-marks.ts'
import type { ReactionName } from '../../jam/reaction-frame.ts'
import { createLive, type LiveSource } from '../../lib/live.ts'
import type { Song } from '../../sequence/song.ts'

/** What makes a jam of people, without any: whoever holds it also plays the others. */
export interface LocalTogether extends Together {
  readonly reactions: LiveSource<readonly SeenReaction[]>
  readonly looks: LiveSource<readonly OthersLook[]>
  readonly editMarks: LiveSource<readonly EditMark[]>
  readonly hidden: LiveSource<ReadonlySet<string>>
  readonly followed: LiveSource<string | undefined>
  readonly firstSteps: LiveSource<ReadonlySet<FirstStep> | undefined>
  /** What this person showed, latest last. */
  readonly reacted: readonly ReactionName[]
  /** What this person had open, latest last; undefined while it was somebody else's to choose. */
  readonly looked: readonly (Omit<OthersLook, 'peer'> | undefined)[]
}

export function createLocalTogether(song: LiveSource<Song>): LocalTogether {
  const hidden = createLive<ReadonlySet<string>>(new Set())
  const followed = createLive<string | undefined>(undefined)
  const chimes = createLive(true)
  const steps = createLive<ReadonlySet<FirstStep> | undefined>(undefined)
  const reacted: ReactionName[] = []
  const looked: (Omit<OthersLook, 'peer'> | undefined)[] = []
  return {
    reactions: createLive<readonly SeenReaction[]>([]),
    reacted,
    react: (name) => reacted.push(name) > 0,
    looks: createLive<readonly OthersLook[]>([]),
    looked,
    lookAt: (track, pattern, selected) => void looked.push({ track, pattern, selected }),
    lookAway: () => void looked.push(undefined),
    editMarks: createLive<readonly EditMark[]>([]),
    hidden,
    hidePerson: (person) => hidden.set(new Set([...hidden.read(), person])),
    showPerson: (person) => hidden.set(new Set([...hidden.read()].filter((id) => id !== person))),
    followed,
    follow: followed.set,
    chimes,
    tradePeople: () => [...new Set(song.read().tracks.map(({ owner }) => owner))],
    startTrade(bars, isSilent) {
      const order = [...new Set(song.read().tracks.map(({ owner }) => owner))]
      song.set({ ...song.read(), trade: { bars, order, isSilent, beat: 0 } })
      return true
    },
    stopTrade() {
      song.set(withoutTrade(song.read()))
    },
    setChimes: chimes.set,
    firstSteps: steps,
    firstMinute: {
      firstSteps: steps,
      invited: () => steps.set(new Set([...(steps.read() ?? []), 'invite'])),
      dismiss: () => steps.set(undefined),
    },
  }
}

const withoutTrade = ({ trade: _over, ...song }: Song): Song => song
