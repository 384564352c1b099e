import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseName } from './parse-name.ts'

const FAMILY = '👩‍👩‍👧‍👦'

test.each([
  { what: 'an ordinary name stays', sent: 'Amber Otter', name: 'Amber Otter' },
  { what: 'edges and runs of space are trimmed', sent: ' \t ana \n bo ', name: 'ana bo' },
  { what: 'spaces that meet are one', sent: 'ana \u0000 \u200b bo', name: 'ana bo' },
  { what: 'letters and marks are composed', sent: 'Zoe\u0308', name: 'Zo\u00eb' },
  { what: 'control characters go', sent: 'a\u0000n\u001ba\u007f', name: 'ana' },
  { what: 'bidirectional marks go', sent: '\u202eana\u2066\u200f', name: 'ana' },
  { what: 'invisible characters go', sent: 'a\u200bn\u00ada\ufeff', name: 'ana' },
  { what: 'an emoji sequence is one character', sent: FAMILY.repeat(25), name: FAMILY.repeat(20) },
  { what: 'the 21st character is cut', sent: 'x'.repeat(21), name: 'x'.repeat(20) },
  {
    what: 'a tower of marks is left out',
    sent: 'ana\u0335' + 'e' + '\u0300'.repeat(200),
    name: 'ana\u0335',
  },
  { what: 'half a surrogate pair goes', sent: 'ana\ud83d', name: 'ana' },
])('$what', ({ sent, name }) => {
  expect(parseName(sent)).toBe(name)
})

test.each([
  undefined,
  null,
  7,
  {},
  ['ana'],
  '',
  '   ',
  '\u200d\u200d',
  '\u3164',
  '\u2800',
  '\u0301',
])('%o is no name', (value) => {
  expect(parseName(value)).toBeUndefined()
})

test('a parsed name parses to itself and has 1 to 20 characters', () => {
  const odd = fc.constantFrom(
    ' ',
    '\t',
    '\u0000',
    '\u200b',
    '\u0301',
    '\u0300'.repeat(40),
    'e',
    '\ufeff',
  )
  const text = fc.string({ unit: fc.oneof(odd, fc.string({ unit: 'binary', maxLength: 1 })) })
  const segmenter = new Intl.Segmenter('en')
  fc.assert(
    fc.property(text, (sent) => {
      const name = parseName(sent)

      if (name === undefined) return
      expect(parseName(name)).toBe(name)
      expect([...segmenter.segment(name)].length).toBeLessThanOrEqual(20)
    }),
    { numRuns: 1000 },
  )
})

test('a megabyte of text takes no time to speak of', () => {
  const sent = 'e\u0301'.repeat(500_000)

  expect(parseName(sent)).toBe('\u00e9'.repeat(20))
})
