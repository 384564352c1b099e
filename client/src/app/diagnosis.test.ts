import { expect, test } from 'vitest'
import { diagnose, type DiagnosisSources } from './diagnosis.ts'
import type { Person } from './states.ts'

const ME: Person = {
  id: 'me',
  name: 'ana',
  colour: 0,
  isMe: true,
  presence: 'here',
  role: 'player',
  link: 'self',
  hears: true,
}
const BO: Person = { ...ME, id: 'bo', name: 'bo', isMe: false, link: 'direct' }

const sources = (change: Partial<DiagnosisSources>): DiagnosisSources => ({
  state: () => ({
    atMs: 7,
    protocol: 3,
    connection: { status: 'in-room' },
    sinceMs: 5,
    relays: true,
    hidesAddress: false,
    sound: { status: 'running' },
    speaker: { trimMs: 0 },
    sync: { status: 'alone' },
    song: { bytes: 2, capBytes: 9 },
  }),
  people: () => [ME, BO],
  troubleOf: () => undefined,
  triesOf: () => undefined,
  ...change,
})

test('it tells of everybody else, each with what is known', () => {
  const trouble = { kind: 'silent', atMs: 6 } as const
  const tries = { count: 2, lastEnd: 'timeout' } as const

  const diagnosis = diagnose(sources({ troubleOf: () => trouble, triesOf: () => tries }))

  expect(diagnosis).toMatchObject({ atMs: 7, sinceMs: 5 })
  expect(diagnosis.others).toEqual([{ person: BO, trouble, tries }])
})

test('what is not known is left out', () => {
  expect(diagnose(sources({})).others).toEqual([{ person: BO }])
})
