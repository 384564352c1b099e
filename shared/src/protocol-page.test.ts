import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as v from 'valibot'
import { CLOSE_CODES } from './close-codes.ts'
import { membersOf, messageNotations } from './message-notation.ts'
import { clientMessageSchema, NAMED_SCHEMAS, serverMessageSchema } from './signal.ts'

const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8')

/** The cells of each row of the first table below a heading or sentence. */
function tableBelow(words: string): readonly (readonly string[])[] {
  const [, below = ''] = page.split(words)
  const table = /(?:^\|.*\n)+/m.exec(below)?.[0] ?? ''
  const [, , ...rows] = table.trim().split('\n')
  return rows.map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  )
}

const firstCells = (words: string): readonly (string | undefined)[] =>
  tableBelow(words).map(([cell]) => cell)

test.each([
  ['### From a peer', clientMessageSchema],
  ['### From the server', serverMessageSchema],
])('the table below `%s` is that of the schema which reads the messages', (heading, schema) => {
  expect(firstCells(heading)).toEqual(messageNotations(schema).map((each) => `\`${each}\``))
})

test('the page lists the codes of refusals and of closes that there are', () => {
  const refusals = membersOf(NAMED_SCHEMAS.RefusalCode).map((code) => `\`${code}\``)
  expect([...firstCells('`code` is one of:')].sort()).toEqual(refusals.sort())

  const closes = tableBelow('### Closing').map(([code, meaning = '']) => [
    /^[a-z-]+/.exec(meaning)?.[0],
    Number(code),
  ])
  expect(Object.fromEntries(closes)).toEqual(CLOSE_CODES)
})

test('a message is written as its schema reads it', () => {
  const union = v.variant('type', [
    v.strictObject({
      type: v.literal('greet'),
      to: NAMED_SCHEMAS.PeerId,
      loud: v.boolean(),
      times: v.exactOptional(v.number()),
      words: v.array(v.string()),
      by: v.picklist(['hand', 'voice']),
    }),
    v.strictObject({ type: v.literal('leave') }),
  ])

  expect(messageNotations(union)).toEqual([
    "greet{to: PeerId, loud: boolean, times?: int, words: string[], by: 'hand' | 'voice'}",
    'leave{}',
  ])
})

test('what has no notation is not written', () => {
  const union = v.variant('type', [v.strictObject({ type: v.literal('greet'), when: v.date() })])

  expect(() => messageNotations(union)).toThrow('no notation for a date')
})

const unionOf = (fields: v.ObjectEntries) => v.variant('to', [v.strictObject(fields) as never])

test.each([
  ['a union is wanted, got string', v.string()],
  ['an object is wanted, got string', v.variant('to', [v.string() as never])],
  ['a literal is wanted, got string', unionOf({ type: v.string() })],
  ['a message must have a type', unionOf({ to: v.string() })],
])('what is no union of messages is not written: %s', (words, schema) => {
  expect(() => messageNotations(schema)).toThrow(words)
})

test('only an enumeration has members', () => {
  expect(() => membersOf(v.string())).toThrow('an enumeration is wanted, got string')
})
