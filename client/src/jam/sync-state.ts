/** How far somebody agrees on the time with us. Errors are in ms, above 0, in tenths, and rather too large than too small. */
export type PeerSync =
  /** Not measured well enough yet. */
  | { readonly status: 'syncing' }
  /** Agrees to about ±`errorMs`. */
  | { readonly status: 'in-time'; readonly errorMs: number }
  /** So far off that one hears it, or voted out by the others. */
  | { readonly status: 'drifting'; readonly errorMs: number }
  /** Nothing was answered for a while, or there is no link. */
  | { readonly status: 'unmeasured' }

/** How far this tab agrees with the others. */
export type SyncState = { readonly status: 'alone' } | PeerSync

/** What one knows of a link's clock; all in ms, from 0. */
export interface ClockReading {
  /** Distance of their shared time from ours. */
  readonly offMs: number
  /** Residual spread of the link's round trips about their line. */
  readonly spreadMs: number
  /** Best round trip. */
  readonly rttMs: number
  /** False when the others' majority votes them out. */
  readonly isTrusted: boolean
}

/** How this tab stands with the room. */
export interface Standing {
  /** '' before a session is founded or joined. */
  readonly sessionId: string
  readonly links: number
  /** Since anybody last answered, or the first link opened. */
  readonly silentMs: number
}

/** Players of one ensemble are 30 to 50 ms apart (Rasch 1979): up to there nobody minds. */
const DRIFTING_MS = 30
/** Back in time only well below, so that nobody flickers at the edge. */
const IN_TIME_MS = 20
const SILENT_MS = 10_000
/** Two ways of one round trip are seldom alike; a tenth of it is what their difference costs as a rule. */
const RTT_SHARE = 0.1
/** A smaller error that is not much smaller leaves the figure standing: it stays true, and does not tremble. */
const STANDING_SHARE = 0.8
/** Sums of tenths are a hair above the tenth. */
const HAIR = 1e-9

/**
 * How far somebody agrees with us.
 *
 * @param reading   undefined while too little is measured, or they have the time of another session
 * @param silentMs  since they last answered, or their link opened; Infinity without a link
 * @returns `before` itself when nothing changed
 */
export function judgePeer(
  before: PeerSync,
  reading: ClockReading | undefined,
  silentMs: number,
): PeerSync {
  if (silentMs >= SILENT_MS) return same(before, 'unmeasured')
  if (reading === undefined) return same(before, 'syncing')
  return judge(before, errorOf(reading), reading.isTrusted)
}

/**
 * How far this tab agrees with the others: the middle one of those who are trusted says it, of two the farther, so
 * that nobody alone can make the figure better or worse than it is.
 *
 * @param peers  those of our session whose clocks are measured
 * @returns `before` itself when nothing changed
 */
export function judgeSync(
  before: SyncState,
  { sessionId, links, silentMs }: Standing,
  peers: readonly ClockReading[],
): SyncState {
  if (links === 0) return same(before, sessionId === '' ? 'syncing' : 'alone')
  if (silentMs >= SILENT_MS) return same(before, 'unmeasured')
  if (sessionId === '' || peers.length === 0) return same(before, 'syncing')
  const trusted = peers.filter(({ isTrusted }) => isTrusted)
  const hasTrusted = trusted.length > 0
  const errors = (hasTrusted ? trusted : peers).map(errorOf).sort((a, b) => a - b)
  return judge(before, errors[Math.floor(errors.length / 2)] ?? 0, hasTrusted)
}

const errorOf = ({ offMs, spreadMs, rttMs }: ClockReading): number =>
  offMs + spreadMs + rttMs * RTT_SHARE

function judge(before: SyncState, errorMs: number, isTrusted: boolean): PeerSync {
  const limitMs = before.status === 'drifting' ? IN_TIME_MS : DRIFTING_MS
  const status = isTrusted && errorMs <= limitMs ? 'in-time' : 'drifting'
  const shownMs = shownOf(before, errorMs)
  if (before.status === status && before.errorMs === shownMs) return before
  return { status, errorMs: shownMs }
}

function shownOf(before: SyncState, errorMs: number): number {
  const upMs = Math.max(1, Math.ceil(errorMs * 10 - HAIR)) / 10
  if (!('errorMs' in before) || upMs > before.errorMs) return upMs
  return upMs > before.errorMs * STANDING_SHARE ? before.errorMs : upMs
}

/** The state without figures, or `before` when it is that one. */
function same<S extends 'alone' | 'syncing' | 'unmeasured', B extends SyncState>(
  before: B,
  status: S,
): B | { readonly status: S } {
  return before.status === status ? before : { status }
}
