/** Why a socket between a peer and the signal server was closed, in words. */
export type CloseMeaning =
  | 'left'
  | 'too-large'
  | 'restarting'
  | 'too-slow'
  | 'refused'
  | 'no-hello'
  | 'too-fast'
  | Lack
  | Verdict

/** A close that is not to be answered by trying again: a person has to decide. */
export type Verdict =
  'replaced' | 'idle' | 'room-full' | 'version' | 'locked' | 'not-let-in' | 'removed' | 'moved'

/** Why a server that works seats nobody more for now. */
export type Lack = 'address-full' | 'busy'

/** WebSocket close codes: 1012, 1013 and 44xx ask to come back later, 45xx are verdicts. */
export const CLOSE_CODES: Readonly<Record<CloseMeaning, number>> = {
  left: 1000,
  'too-large': 1009,
  restarting: 1012,
  'too-slow': 1013,
  refused: 4400,
  'no-hello': 4408,
  'too-fast': 4429,
  'address-full': 4430,
  busy: 4431,
  replaced: 4501,
  idle: 4502,
  'room-full': 4503,
  version: 4504,
  locked: 4505,
  'not-let-in': 4506,
  removed: 4507,
  moved: 4508,
}

const VERDICTS: readonly Verdict[] = [
  'replaced',
  'idle',
  'room-full',
  'version',
  'locked',
  'not-let-in',
  'removed',
  'moved',
]
const LACKS: readonly Lack[] = ['address-full', 'busy']
const RETRY_AFTER = /^retry-after-ms=(\d{1,6})$/

/** The verdict a close code stands for; undefined when the socket may be opened again. */
export const closeCodeToVerdict = (code: number): Verdict | undefined =>
  VERDICTS.find((verdict) => CLOSE_CODES[verdict] === code)

/** What a server lacks that closes with this code; undefined for all other codes. */
export const closeCodeToLack = (code: number): Lack | undefined =>
  LACKS.find((lack) => CLOSE_CODES[lack] === code)

/** Close reason that spreads the return of many peers over time. @param ms whole milliseconds, below 1,000,000 */
export const encodeRetryAfter = (ms: number): string => `retry-after-ms=${String(ms)}`

/** @returns milliseconds to wait before the next attempt; undefined when the reason names none */
export function decodeRetryAfter(reason: string): number | undefined {
  const digits = RETRY_AFTER.exec(reason)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
