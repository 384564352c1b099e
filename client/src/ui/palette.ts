/**
 * Colours of people, by `colour` index. Neighbours are far apart in hue, so that the first few people of a room are told
 * apart at a glance; all have at least 6:1 on the page's ground and carry dark text. The accent's lime is left out: it
 * means "the app", never a person.
 */
export const PERSON_COLOURS = [
  '#ff8a5c',
  '#5cc8ff',
  '#c79bff',
  '#4fdcae',
  '#ff86b8',
  '#ffd166',
  '#8fa8ff',
  '#f4a6a0',
  '#3fd6d6',
  '#e49bf5',
  '#e3b58a',
  '#8fd98a',
  '#ff7a7a',
  '#a9c7e8',
] as const

/** @param index any whole number from strangers; wraps round */
export function personColour(index: number): string {
  const count = PERSON_COLOURS.length
  return PERSON_COLOURS[((index % count) + count) % count] ?? PERSON_COLOURS[0]
}
