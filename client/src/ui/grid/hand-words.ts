import { ROLL_WORDS } from '../../words/roll.ts'
import type { Hand } from './roll-hand.ts'
import type { RollRows } from './roll-rows.ts'
import type { ShownChange } from './shown-change.ts'

/** What is said of what a hand has done. @param copies  whether what it moved also stays */
export function handWords(
  kind: Exclude<Hand['kind'], 'press' | 'keys' | 'box'>,
  changes: readonly ShownChange[],
  { kind: rowKind, rowOf }: RollRows,
  copies: boolean,
): string {
  const { said } = ROLL_WORDS
  const [count, first] = [changes.length, changes[0]]
  switch (kind) {
    case 'erase':
      return said.removed(count)
    case 'paint':
    case 'draw':
      return said.written(count)
    case 'start':
    case 'end':
      return said.resized({ count, length: first?.to?.length ?? 0 })
    case 'move': {
      if (copies || first?.from === undefined || first.to === undefined)
        return said.duplicated(count)
      const { from, to } = first
      return said.moved({
        count,
        steps: to.step - from.step,
        up: rowOf(from.pitch) - rowOf(to.pitch),
        isKit: rowKind === 'pieces',
      })
    }
  }
}
