import type { Verdict } from '@beatcord/shared'
import type { SignalState } from './signal-client-types.ts'

/** @param cap how many seats the room has, where it is full */
export function verdictToState(verdict: Verdict, cap: number): SignalState {
  if (verdict === 'room-full') return { status: 'full', cap }
  if (verdict === 'version') return { status: 'outdated' }
  return { status: verdict }
}
