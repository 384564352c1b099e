import { expect, test } from 'vitest'
import { createLive } from '../lib/live.ts'
import { createFollowing } from './following.ts'
import type { Person } from './states.ts'

const personOf = (id: string, isMe = false): Person => ({
  id,
  name: id,
  colour: 0,
  isMe,
  presence: 'here',
  role: 'player',
  link: isMe ? 'self' : 'direct',
  hears: true,
})

test('somebody who is here is followed until they go; nobody follows themselves', () => {
  const people = createLive<readonly Person[]>([personOf('ana', true), personOf('bo')])
  const { followed, follow } = createFollowing(people)

  follow('ana')
  expect(followed.read()).toBeUndefined()
  follow('bo')
  expect(followed.read()).toBe('bo')
  people.set([personOf('ana', true)])

  expect(followed.read()).toBeUndefined()
})
