import { expect, test } from 'vitest'
import { parseMixes } from './remembered-mixes.ts'
import { USUAL_MIX } from '../sound/protocol.ts'

const SOFT = { ...USUAL_MIX, volume: 0.4 }

test('what was remembered is there again', () => {
  expect([...parseMixes(JSON.stringify({ anas: SOFT, bos: USUAL_MIX }))]).toEqual([
    ['anas', SOFT],
    ['bos', USUAL_MIX],
  ])
})

test.each([undefined, '', 'null', '[]', '7', '{', '{"a":null}', '{"a":{"volume":1}}'])(
  '%j is nothing to remember',
  (text) => {
    expect(parseMixes(text).size).toBe(0)
  },
)

test.each([
  { ...SOFT, volume: 2.1 },
  { ...SOFT, volume: null },
  { ...SOFT, pan: -2 },
  { ...SOFT, muted: 'yes' },
])('a mix with a value that is none is left out, and the others kept', (broken) => {
  expect([...parseMixes(JSON.stringify({ broken, anas: SOFT })).keys()]).toEqual(['anas'])
})

test('of too many the latest are kept', () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`home ${at}`, SOFT]))

  const kept = [...parseMixes(JSON.stringify(many)).keys()]

  expect(kept).toHaveLength(200)
  expect(kept.at(-1)).toBe('home 299')
})
