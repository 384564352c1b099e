import { expect, test } from 'vitest'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { createBus, type Bus } from './dsp/bus.ts'
import { createVoices } from './dsp/voices.ts'
import { dropSilent } from './sounding.ts'

test('a bus whose track is gone is forgotten once it is silent, and not before', () => {
  const sound = { ...INITIAL_SOUND, releaseSeconds: 0.01 }
  const busOf = (id: string): Bus => createBus(id, sound, false, 48_000)
  const [spare, track, ringing, silent] = ['', 'anasanas', 'bosbosbo', 'cyscyscy'].map(busOf) as [
    Bus,
    Bus,
    Bus,
    Bus,
  ]
  const voices = createVoices(48_000, spare.strip)
  const voice = voices.begin(ringing.strip, { pitch: 60, velocity: 100, offset: 0, seed: 1 })
  const buses = [spare, track, silent, ringing]

  dropSilent(buses, 2, voices)
  const before = [...buses]
  if (voice !== undefined) voices.end(voice, 0)
  for (let block = 0; block < 10; block++) voices.render(128, { beat: 0, beatsPerFrame: 1 })
  dropSilent(buses, 2, voices)

  expect(before).toEqual([spare, track, ringing])
  expect(buses).toEqual([spare, track])
})
