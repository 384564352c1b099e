import { expect, test } from 'vitest'
import { createEvents } from './events.ts'

test('each name has its own listeners, and each listener its end', () => {
  const events = createEvents<{ note: [pitch: number]; stop: [] }>()
  const heard: number[] = []
  const undo = events.on('note', (pitch) => heard.push(pitch))

  events.emit('note', 60)
  events.emit('stop')
  undo()
  events.emit('note', 62)

  expect(heard).toEqual([60])
})

test('a listener may leave while it is being told', () => {
  const events = createEvents<{ note: [] }>()
  let heard = 0
  const undo = events.on('note', () => {
    heard += 1
    undo()
  })
  events.on('note', () => (heard += 10))

  events.emit('note')
  events.emit('note')

  expect(heard).toBe(21)
})
