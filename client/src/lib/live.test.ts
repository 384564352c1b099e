import { expect, test } from 'vitest'
import { createLive } from './live.ts'

test('listeners hear each change, and nothing when nothing changed', () => {
  const tempo = createLive(120)
  const heard: number[] = []
  tempo.subscribe((bpm) => heard.push(bpm))

  tempo.set(120)
  tempo.set(130)

  expect(tempo.read()).toBe(130)
  expect(heard).toEqual([130])
})

test('a subscription that ended hears nothing, its twin still does', () => {
  const tempo = createLive(120)
  const heard: number[] = []
  const listener = (bpm: number): number => heard.push(bpm)
  const undo = tempo.subscribe(listener)
  tempo.subscribe(listener)

  undo()
  tempo.set(130)

  expect(heard).toEqual([130])
})

test('a listener that throws does not silence the others', () => {
  const tempo = createLive(120)
  const heard: number[] = []
  tempo.subscribe(() => {
    throw new Error('deaf')
  })
  tempo.subscribe((bpm) => heard.push(bpm))

  expect(() => {
    tempo.set(130)
  }).toThrow('deaf')
  expect(heard).toEqual([130])
})
