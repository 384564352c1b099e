import type { PeerId } from '@beatcord/shared'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { type ChatLine, createChat, MAX_CHAT_LINES } from './chat.ts'
import { docShape } from './doc-shape.ts'

const line = (text: string, id = text): ChatLine => ({
  id,
  by: 'p',
  name: 'ana',
  colour: 3,
  text,
  atMs: 7,
})

test('a line is read as it was said', () => {
  const chat = createChat(
    new Y.Doc(),
    () => true,
    () => true,
  )

  chat.say(line('  hello there '))

  expect(chat.lines.read()).toEqual([line('hello there', '  hello there ')])
})

test('[SYNC5] a newcomer has the history', () => {
  const ana = new Y.Doc()
  const chat = createChat(
    ana,
    () => true,
    () => true,
  )
  chat.say(line('one'))
  chat.say(line('two'))
  const bo = new Y.Doc()

  Y.applyUpdate(bo, Y.encodeStateAsUpdate(ana))

  expect(
    createChat(
      bo,
      () => true,
      () => true,
    )
      .lines.read()
      .map(({ text }) => text),
  ).toEqual(['one', 'two'])
})

test('blank lines are not sent, long ones are cut at 500 characters', () => {
  const chat = createChat(
    new Y.Doc(),
    () => true,
    () => true,
  )

  chat.say(line('   '))
  chat.say(line('👩‍👧'.repeat(600), 'long'))

  expect(chat.lines.read().map(({ text }) => text)).toEqual(['👩‍👧'.repeat(500)])
})

test('of more than 200 lines the oldest go', () => {
  const doc = new Y.Doc()
  const chat = createChat(
    doc,
    () => true,
    () => true,
  )
  for (let index = 0; index < MAX_CHAT_LINES + 5; index++) chat.say(line(`line ${index}`))

  expect(chat.lines.read()).toHaveLength(MAX_CHAT_LINES)
  expect(chat.lines.read()[0]?.text).toBe('line 5')
  expect(docShape(doc).chat).toHaveLength(MAX_CHAT_LINES)
})

test.each([
  ['a number', 5],
  ['null', null],
  ['no text', { ...line('x'), text: undefined }],
  ['an id that is none', { ...line('x'), id: 4 }],
  ['an endless id', { ...line('x'), id: 'x'.repeat(100) }],
])('[SYNC2] a line made of %s is not shown', (_what, value) => {
  const doc = new Y.Doc()
  const chat = createChat(
    doc,
    () => true,
    () => true,
  )

  docShape(doc).chat.push([value])

  expect(chat.lines.read()).toEqual([])
})

test('[SYNC2] a nameless line of no time is mended', () => {
  const doc = new Y.Doc()
  const chat = createChat(
    doc,
    () => true,
    () => true,
  )

  docShape(doc).chat.push([
    { id: 'x', by: 9, name: '\u202e', colour: 'red', text: 'hm', atMs: 'now' },
  ])

  expect(chat.lines.read()).toEqual([
    { id: 'x', by: '', name: 'Someone', colour: 0, text: 'hm', atMs: 0 },
  ])
})

test('who may not edit says nothing', () => {
  const chat = createChat(
    new Y.Doc(),
    () => false,
    () => false,
  )

  chat.say(line('hello'))

  expect(chat.lines.read()).toEqual([])
})

test('[SYNC7] a line is by whoever wrote it, as soon as that is known and from then on', () => {
  const doc = new Y.Doc()
  const ana = 'a'.repeat(26) as PeerId
  const linked = new Map<number, PeerId>()
  const chat = createChat(
    doc,
    () => true,
    () => true,
    (client) => linked.get(client),
  )
  const told: (readonly ChatLine[])[] = []
  const by = () => chat.lines.read().map((each) => each.by)
  chat.say(line('one'))
  expect(by()).toEqual(['p'])
  chat.lines.subscribe((lines) => told.push(lines))

  linked.set(doc.clientID, ana)
  chat.look()
  chat.look()
  expect(by()).toEqual([ana])
  expect(told).toHaveLength(1)
  linked.clear()
  chat.say(line('two'))

  expect(by()).toEqual([ana, ana])
})

test('lines are read in their order, without those that were taken away', () => {
  const doc = new Y.Doc()
  const chat = createChat(
    doc,
    () => true,
    () => true,
  )
  for (const each of ['one', 'two', 'three']) chat.say(line(each))
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  docShape(other).chat.insert(1, [line('between')])
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))

  docShape(doc).chat.delete(0)

  expect(chat.lines.read().map(({ text }) => text)).toEqual(['between', 'two', 'three'])
})
