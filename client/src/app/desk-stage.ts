import type { PeerId } from '@beatcord/shared'
import { createGestures } from '../jam/gestures.ts'
import { ANAS_TRACK, createSongCopy } from '../jam/testing.ts'
import { createLive } from '../lib/live.ts'
import { createFakeTimers } from '../net/fake-timers.ts'
import { createMemoryMeshes } from '../net/memory-mesh.ts'
import { createSongDesk } from './song-desk.ts'
import type { TransportDesk } from './transport-desk.ts'

/** A desk over a real song; the transport writes down what it is told. */
export function createDeskStage(writable: 'yes' | 'newer-song' = 'yes') {
  const timers = createFakeTimers()
  const mesh = createMemoryMeshes().join('a'.repeat(26) as PeerId)
  const gestures = createGestures({ mesh, timers })
  const copy = createSongCopy(ANAS_TRACK, writable, gestures.overlay)
  const told: string[] = []
  const heard: number[] = []
  const view = createLive({ playing: false, bpm: 100 })
  const transport: TransportDesk = {
    view,
    play: () => void told.push('play'),
    stop: () => void told.push('stop'),
    setTempo: (bpm) => void told.push(`tempo ${bpm}`),
    flush: () => undefined,
    close: () => undefined,
  }
  const song = { read: copy.song, subscribe: () => () => undefined }
  const made = createSongDesk({
    jam: {
      song,
      verbs: copy.verbs,
      writable: createLive(writable),
      gestures,
      history: copy.verbs.history,
    },
    transport,
    steps: { ...copy.verbs, plannedCount: (count) => count },
    riffs: {
      pack: () => ['one', 'two'],
      unpack: (riffs) => Promise.resolve(void told.push(...riffs)),
    },
    engine: () => ({
      audition: (_track, pitch) => void heard.push(pitch),
      panic: () => undefined,
    }),
    ownTrack: () => ({
      id: ANAS_TRACK,
      meta: { owner: 'ana', home: 'attic', name: 'ana', colour: 1, bornMs: 5 },
    }),
    isHere: (owner) => owner === 'bo',
    wallMs: () => 77,
  })
  return { ...made, ...copy, timers, told, heard, view }
}
