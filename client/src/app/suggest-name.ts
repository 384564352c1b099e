import { START_WORDS } from '../words/start.ts'

const { names } = START_WORDS

/**
 * A friendly name such as "Amber Otter", at most 20 characters.
 *
 * @param random from 0 (inclusive) to 1 (exclusive), asked twice
 */
export function suggestName(random: () => number): string {
  return `${pick(names.first, random())} ${pick(names.last, random())}`
}

const pick = (words: readonly string[], share: number): string =>
  words[Math.floor(share * words.length)] ?? ''
