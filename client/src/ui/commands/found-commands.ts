import { groupOf, GROUPS, wordsOf } from './command-words.ts'
import { nameOf, type Command } from './commands.ts'
import { fuzzyMatch } from './fuzzy.ts'

/** A command as the palette shows it. */
export interface Found {
  readonly command: Command
  readonly name: string
  /** Its words in pieces: those that answer what was typed, and those between them. */
  readonly pieces: readonly { readonly text: string; readonly isHit: boolean }[]
  readonly isRecent: boolean
}

/** What answers less than half as well as the best was not meant. */
const FAR = 0.5

/** Those that answer what was typed, the best first; without anything typed, what was done last and then all by their groups. */
export function foundCommands(
  commands: readonly Command[],
  typed: string,
  recent: readonly string[],
): readonly Found[] {
  const found = commands.flatMap((command) => {
    const words = wordsOf(command)
    const match = fuzzyMatch(typed, words)
    if (match === undefined) return []
    const name = nameOf(command)
    const place = recent.indexOf(name)
    const pieces = piecesOf(words, new Set(match.at))
    return [{ command, name, pieces, isRecent: place >= 0, place, score: match.score }]
  })
  const best = Math.max(...found.map(({ score }) => score))
  return found
    .filter(({ score }) => score >= FAR * best)
    .sort(
      (one, other) =>
        other.score - one.score ||
        Number(other.isRecent) - Number(one.isRecent) ||
        one.place - other.place ||
        GROUPS.indexOf(groupOf(one.command)) - GROUPS.indexOf(groupOf(other.command)),
    )
}

function piecesOf(words: string, hits: ReadonlySet<number>): Found['pieces'] {
  const pieces: { text: string; isHit: boolean }[] = []
  for (const [place, letter] of Array.from(words).entries()) {
    const isHit = hits.has(place)
    const last = pieces.at(-1)
    if (last?.isHit === isHit) last.text += letter
    else pieces.push({ text: letter, isHit })
  }
  return pieces
}
