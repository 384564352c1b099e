/** How far this tab's clock agrees with the others'. */
export type SyncState =
  | { readonly status: 'alone' }
  | { readonly status: 'syncing' }
  /** Agrees to about `errorMs`: the distance to the others' mean, and a tenth of the best round trip. */
  | { readonly status: 'in-time'; readonly errorMs: number }
  | { readonly status: 'lost' }

const LOST_MS = 30

/** The state before, itself, when nothing changed. */
export function judgeSync(
  before: SyncState,
  sessionId: string,
  links: number,
  agreement: { readonly errorMs: number; readonly rttMs: number } | undefined,
): SyncState {
  if (sessionId === '') return before.status === 'syncing' ? before : { status: 'syncing' }
  if (links === 0) return before.status === 'alone' ? before : { status: 'alone' }
  if (agreement === undefined) return before.status === 'in-time' ? before : { status: 'syncing' }
  const errorMs = Math.ceil((agreement.errorMs + agreement.rttMs / 10) * 10) / 10
  if (errorMs > LOST_MS) return { status: 'lost' }
  return before.status === 'in-time' && before.errorMs === errorMs
    ? before
    : { status: 'in-time', errorMs }
}
