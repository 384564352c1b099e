import { expect, test } from 'vitest'
import { createEvents } from '../lib/events.ts'
import { createLive } from '../lib/live.ts'
import { START_WORDS } from '../words/start.ts'
import { createNotices } from './notices.ts'
import type { Notice } from './session-types.ts'

const joined = (name: string): Notice => ({ kind: 'joined', name, colour: 1 })

function stage(isKept = true) {
  const kept = createLive(isKept)
  const others = createEvents<{ notice: [Notice] }>()
  const heard: Notice[] = []
  const notices = createNotices(kept, (listener) => others.on('notice', listener))
  return { kept, others, heard, ...notices }
}

test('what happened before anybody listened is told first, and once', () => {
  const { others, heard, onNotice } = stage()
  others.emit('notice', joined('ana'))

  const undo = onNotice((notice) => heard.push(notice))
  others.emit('notice', joined('bo'))
  undo()
  onNotice((notice) => heard.push(notice))

  expect(heard).toEqual([joined('ana'), joined('bo')])
})

test('a song that is not kept is told of, from the beginning or later', () => {
  const trouble = { kind: 'trouble', text: START_WORDS.unkeptSong }
  const never = stage(false)
  never.onNotice((notice) => never.heard.push(notice))
  expect(never.heard).toEqual([trouble])

  const later = stage()
  later.onNotice((notice) => later.heard.push(notice))
  later.kept.set(false)
  expect(later.heard).toEqual([trouble])
})

test('of very much that happened before, the latest is told', () => {
  const { others, heard, onNotice } = stage()
  for (let at = 0; at < 20; at++) others.emit('notice', joined(`guest ${at}`))

  onNotice((notice) => heard.push(notice))

  expect(heard).toHaveLength(8)
  expect(heard.at(-1)).toEqual(joined('guest 19'))
})

test('closed, it hears nothing any more', () => {
  const { others, heard, onNotice, close } = stage()
  onNotice((notice) => heard.push(notice))

  close()
  others.emit('notice', joined('ana'))

  expect(heard).toEqual([])
})
