import { expect, test } from 'vitest'
import type { PeerSync, SyncState } from '../../app/session-types.ts'
import { errorWords, peerSyncWords, syncWords } from './words.ts'

test.each<[number, string]>([
  [0, '±0.1 ms'],
  [0.04, '±0.1 ms'],
  [0.3, '±0.3 ms'],
  [0.31, '±0.4 ms'],
  [9.9, '±9.9 ms'],
  [9.91, '±10 ms'],
  [12, '±12 ms'],
  [12.1, '±13 ms'],
  [999.5, '±1000 ms'],
  [1000, '±1 s or more'],
])('an error of %d ms is told as "%s", never as less than it is', (errorMs, words) => {
  expect(errorWords(errorMs)).toBe(words)
})

test.each<[SyncState, string]>([
  [{ status: 'alone' }, 'Just you'],
  [{ status: 'syncing' }, 'Finding the beat…'],
  [{ status: 'in-time', errorMs: 0.4 }, 'In time ±0.4 ms'],
  [{ status: 'drifting', errorMs: 45 }, 'Drifting ±45 ms'],
  [{ status: 'unmeasured' }, 'Timing cannot be measured'],
])('one who is %o reads "%s" of oneself', (sync, words) => {
  expect(syncWords(sync)).toBe(words)
})

test.each<[PeerSync, string]>([
  [{ status: 'syncing' }, 'finding the beat…'],
  [{ status: 'in-time', errorMs: 0.6 }, 'in time ±0.6 ms'],
  [{ status: 'drifting', errorMs: 0.6 }, 'out of time'],
  [{ status: 'unmeasured' }, 'timing cannot be measured'],
])('of somebody who is %o one reads "%s"', (sync, words) => {
  expect(peerSyncWords(sync)).toBe(words)
})
