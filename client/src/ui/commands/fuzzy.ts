/** How well words answer what was typed, and which of their letters do. */
export interface Match {
  /** Higher is better. */
  readonly score: number
  /** Places in the words, ascending. */
  readonly at: readonly number[]
}

const WORD_START = 8
const IN_A_ROW = 8
const FIRST = 4
/** Lost for each letter that is passed over. */
const PASSED = 0.2

/**
 * Finds what was typed in words, its letters in their order and anywhere, best at the beginning of words and next to each
 * other; spaces typed count for nothing.
 *
 * @returns undefined where it is not in them
 */
export function fuzzyMatch(typed: string, words: string): Match | undefined {
  const wanted = lettersOf(typed.replace(/\s/g, ''))
  const letters = lettersOf(words)
  if (wanted.length === 0) return { score: 0, at: [] }
  // Of each place, the best way to have found the letters up to here with the last of them there.
  let best: readonly (Match | undefined)[] = letters.map((letter, place) =>
    letter === wanted[0]
      ? { score: worth(letters, place) - place * PASSED, at: [place] }
      : undefined,
  )
  for (const letter of wanted.slice(1)) {
    best = letters.map((each, place) =>
      each === letter ? follow(best, letters, place) : undefined,
    )
  }
  return best.reduce((one, other) => (isBetter(other, one) ? other : one), undefined)
}

/** Small, each in the place of its own. */
const lettersOf = (text: string): readonly string[] =>
  Array.from(text, (letter) => letter.toLowerCase())

function follow(
  before: readonly (Match | undefined)[],
  letters: readonly string[],
  place: number,
): Match | undefined {
  let found: Match | undefined
  for (let last = 0; last < place; last++) {
    const way = before[last]
    if (way === undefined) continue
    const passed = place - last - 1
    const step = worth(letters, place) + (passed === 0 ? IN_A_ROW : -passed * PASSED)
    const next = { score: way.score + step, at: [...way.at, place] }
    if (isBetter(next, found)) found = next
  }
  return found
}

const isBetter = (one: Match | undefined, than: Match | undefined): boolean =>
  one !== undefined && (than === undefined || one.score > than.score)

function worth(letters: readonly string[], place: number): number {
  if (place === 0) return WORD_START + FIRST
  return /[\p{L}\p{N}]/u.test(letters[place - 1] ?? '') ? 1 : WORD_START
}
