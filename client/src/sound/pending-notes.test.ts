import { expect, test } from 'vitest'
import { INITIAL_SOUND } from '../sequence/track-sound.ts'
import { createBus, type Bus } from './dsp/bus.ts'
import { createPendingNotes, MOST_OF_TRACK, type PendingNotes } from './pending-notes.ts'

const busOf = (id: string): Bus => createBus(id, INITIAL_SOUND, false, 48_000)
const three = (): [Bus, Bus, Bus] => [busOf('anasanas'), busOf('bosbosbo'), busOf('cyscyscy')]

/** What is handed over, in words. */
function taken(pending: PendingNotes, beat: number): string[] {
  const notes: string[] = []
  pending.take(beat, (note) => notes.push(`${note.bus?.id ?? ''} ${note.beat} ${note.pitch}`))
  return notes
}

test('notes that are due come by beat, then by track, then by pitch, in whatever order they were added', () => {
  const [ana, bo, cy] = three()
  const notes = [ana, bo, cy].flatMap((bus) =>
    [1, 1.25, 2, 4].flatMap((beat) => [60, 64, 67].map((pitch) => ({ bus, beat, pitch }))),
  )
  // Fixed shuffles: none of these has a factor in common with 36.
  const orders = [1, 5, 7, 11, 35].map((stride) => {
    const pending = createPendingNotes()
    for (let at = 0; at < notes.length; at++) {
      const { bus = ana, beat = 0, pitch = 0 } = notes[(at * stride) % notes.length] ?? {}
      pending.add(bus, beat, beat + 1, pitch, 100, pitch)
    }
    return [...taken(pending, 1.5), ...taken(pending, 3)]
  })

  const bySeed = [ana, bo, cy].sort((one, other) => one.strip.seed - other.strip.seed)
  const due = [1, 1.25, 2].flatMap((beat) =>
    bySeed.flatMap(({ id }) => [60, 64, 67].map((pitch) => `${id} ${beat} ${pitch}`)),
  )
  for (const order of orders) expect(order).toEqual(due)
})

test('what is dropped is not handed over, and the others come in their order', () => {
  const [ana, bo] = three()
  const pending = createPendingNotes()
  for (const beat of [3, 1, 2, 5, 4]) {
    for (const bus of [ana, bo]) pending.add(bus, beat, beat + 1, 60, 100, beat)
  }

  pending.drop(ana)
  const left = taken(pending, 4)
  pending.drop()

  expect(left).toEqual([1, 2, 3].map((beat) => `bosbosbo ${beat} 60`))
  expect(taken(pending, 9)).toEqual([])
})

test('a track that has more on its way than its share takes no room from another', () => {
  const [ana, bo] = three()
  const pending = createPendingNotes()
  for (let index = 0; index < MOST_OF_TRACK + 100; index++) pending.add(ana, 1, 2, 60, 100, index)
  pending.add(bo, 1, 2, 60, 100, 1)

  const notes = taken(pending, 2)
  pending.add(ana, 3, 4, 60, 100, 1)

  expect(notes.filter((words) => words.startsWith('anasanas'))).toHaveLength(MOST_OF_TRACK)
  expect(notes).toContain('bosbosbo 1 60')
  expect(taken(pending, 4)).toEqual(['anasanas 3 60'])
})
