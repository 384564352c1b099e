import { expect, test } from 'vitest'
import { EMPTY_SONG } from '../sequence/song.ts'
import { HEARD_AFTER_MS } from './fake-speaker.ts'
import { stagePlayer } from './player-stage.ts'

test('[CLK25] of a song that comes the engine is told ahead, and of nothing else until it has come', () => {
  const { song, coming, heard, timers } = stagePlayer()
  const riff = { ...EMPTY_SONG, root: 5 } as const
  const edited = { ...EMPTY_SONG, root: 1 } as const
  const moment = { epoch: 'one', sharedMs: timers.now() + 1000 }
  heard.length = 0

  coming.set({ song: riff, moment })
  song.set(edited)
  timers.advance(990)
  song.set({ ...EMPTY_SONG, root: 2 })
  timers.advance(300)
  song.set(riff)
  coming.set(undefined)

  expect(heard.filter((each) => typeof each !== 'number')).toEqual([edited, 'it came', riff])
  expect(heard[0]).toBe((6000 - HEARD_AFTER_MS) * 48)
})

test('[CLK25] one that is called off in time, or of another session, changes nothing', () => {
  const { coming, heard, timers } = stagePlayer()
  heard.length = 0

  coming.set({ song: EMPTY_SONG, moment: { epoch: 'one', sharedMs: timers.now() + 1000 } })
  coming.set(undefined)
  coming.set({ song: EMPTY_SONG, moment: { epoch: 'two', sharedMs: timers.now() - 1000 } })

  expect(heard.slice(1)).toEqual(['none comes', EMPTY_SONG, 'none comes'])
})
