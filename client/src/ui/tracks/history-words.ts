import type { EditStep } from '../../app/session-types.ts'

/** What is a track's besides its sound and its mix. */
const TRAITS: Readonly<Record<string, string>> = {
  title: 'name',
  tint: 'colour',
  lock: 'lock',
  steps: 'length',
  swing: 'swing',
  subdivision: 'step length',
}

const notes = (count = 1): string => (count === 1 ? 'a note' : `${count} notes`)

/** What an edit did, as its own maker reads it. @param track  its name */
type Words = (step: EditStep, track: string) => string

const WORDS: Readonly<Record<EditStep['kind'], Words>> = {
  'write-note': (_, track) => `Wrote a note in ${track}`,
  'remove-note': (_, track) => `Took a note out of ${track}`,
  'edit-notes': ({ count }, track) => `Changed ${notes(count)} in ${track}`,
  clear: (_, track) => `Emptied ${track}`,
  param: ({ param = '' }, track) => `Changed the ${TRAITS[param] ?? 'sound or mix'} of ${track}`,
  sound: (_, track) => `Gave ${track} another sound`,
  part: (_, track) => `Wrote a groove in ${track}`,
  'add-track': (_, track) => `Added ${track}`,
  'remove-track': (_, track) => `Took ${track} away`,
  'adopt-track': (_, track) => `Made ${track} mine`,
  'move-track': (_, track) => `Moved ${track}`,
  scale: () => 'Changed the scale',
  steps: () => 'Changed the number of steps',
  swing: () => 'Changed the swing',
  'scene-name': () => 'Named a scene',
  song: () => 'Opened a song',
}

/** @param nameOf  the name of a track that is there */
export function historyWords(
  step: EditStep,
  nameOf: (track: NonNullable<EditStep['track']>) => string | undefined,
): string {
  const there = step.track === undefined ? undefined : nameOf(step.track)
  return WORDS[step.kind](step, there ?? step.trackName ?? 'a track that is gone')
}
