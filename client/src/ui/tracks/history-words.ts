import type { EditStep } from '../../app/session-types.ts'
import { HISTORY_WORDS } from '../../words/history.ts'

const WORDS = HISTORY_WORDS.steps

/** What is a track's besides its sound and its mix. */
const TRAITS: Readonly<Record<string, string>> = HISTORY_WORDS.traits

/** @param nameOf  the name of a track that is there */
export function historyWords(
  step: EditStep,
  nameOf: (track: NonNullable<EditStep['track']>) => string | undefined,
): string {
  const { kind, count = 1, param = '' } = step
  const there = step.track === undefined ? undefined : nameOf(step.track)
  const track = there ?? step.trackName ?? HISTORY_WORDS.goneTrack
  if (kind === 'edit-notes') return WORDS[kind]({ track, count })
  if (kind === 'param')
    return WORDS[kind]({ track, trait: TRAITS[param] ?? HISTORY_WORDS.traits.other })
  const words = WORDS[kind]
  return typeof words === 'string' ? words : words(track)
}
