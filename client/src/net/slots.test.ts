import { expect, test } from 'vitest'
import { createSlots } from './slots.ts'

test('[LINK10] no more run at once than there are slots; the others wait in line', () => {
  const slots = createSlots(2)
  const ran: string[] = []
  const [freeAna] = ['ana', 'bo', 'cy'].map((name) => slots.take(() => ran.push(name)))

  expect(ran).toEqual(['ana', 'bo'])
  freeAna?.()
  freeAna?.()
  expect(ran).toEqual(['ana', 'bo', 'cy'])
})

test('whoever leaves the line is not called', () => {
  const slots = createSlots(1)
  const ran: string[] = []
  const frees = ['ana', 'bo', 'cy'].map((name) => slots.take(() => ran.push(name)))

  frees[1]?.()
  frees[0]?.()

  expect(ran).toEqual(['ana', 'cy'])
})
