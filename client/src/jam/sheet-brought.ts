import { type Dot, isCount } from './sheet-base.ts'

/** That everything of one client up to a change was brought over from the sheets before. */
interface Brought {
  readonly dot: Dot
  /** Changes that did part of it: before these are here too it says nothing. */
  readonly rests: readonly Dot[]
}

/** Whoever says that all was brought over may have found so much of it done by so many others. */
const MAX_RESTS = 64
const KEY = /^\.brought\/(\d{1,16})\/(\d{1,16})$/

/** The key under which a sheet says that everything of this client up to this change was brought over. */
export const broughtKey = ({ client, clock }: Dot): string => `.brought/${client}/${clock}`

/**
 * What stands under `broughtKey`; undefined when it is better not said.
 *
 * @param rests  the last change of each other who brought part of it over
 */
export function broughtValue(rests: ReadonlyMap<number, number>): 1 | number[] | undefined {
  if (rests.size > MAX_RESTS) return undefined
  return rests.size === 0 ? 1 : [...rests].flat()
}

/** Undefined for what says no such thing: a stranger may have written it. */
export function broughtOf(key: string, value: unknown): Brought | undefined {
  const brought = KEY.exec(key)
  const rests = brought === null ? undefined : restsOf(value)
  if (brought === null || rests === undefined) return undefined
  return { dot: { client: Number(brought[1]), clock: Number(brought[2]) }, rests }
}

function restsOf(value: unknown): readonly Dot[] | undefined {
  if (value === 1) return []
  if (!Array.isArray(value) || value.length > 2 * MAX_RESTS || !value.every(isCount)) {
    return undefined
  }
  const numbers: readonly number[] = value
  return numbers.flatMap((client, index) =>
    index % 2 === 0 ? [{ client, clock: numbers[index + 1] ?? Infinity }] : [],
  )
}
