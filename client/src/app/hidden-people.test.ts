import { expect, test } from 'vitest'
import { createLive } from '../lib/live.ts'
import type { Song, Track } from '../sequence/song.ts'
import { songOf, trackOf } from '../sound/testing/songs.ts'
import { createHiddenPeople } from './hidden-people.ts'
import type { Person } from './states.ts'
import type { Drawer } from './storage.ts'

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
const ME = personOf('ana', true)
const track = (id: string, owner: string, home: string): Track => trackOf([], { id, owner, home })

function drawerOf(): Drawer {
  const kept = new Map<string, string>()
  return { read: (key) => kept.get(key), write: (key, value) => void kept.set(key, value) }
}

function desk(drawer = drawerOf(), tracks: readonly Track[] = [], people = [ME, personOf('bo')]) {
  const song = createLive<Song>(songOf(track('anas', 'ana', 'anas-home'), ...tracks))
  const livePeople = createLive<readonly Person[]>(people)
  const hidden = createLive<ReadonlySet<string>>(new Set())
  const muted: string[] = []
  const made = createHiddenPeople({
    song,
    people: livePeople,
    hidden,
    drawer,
    ear: {
      setMix: (id, change) => void muted.push(`${id} ${change.muted === true ? 'off' : 'on'}`),
    },
  })
  return { ...made, song, people: livePeople, hidden, muted, drawer }
}

const BOS = track('bos', 'bo', 'bos-home')

test('who is hidden is not heard here either, and comes back whole', () => {
  const { hide, show, hidden, muted } = desk(drawerOf(), [BOS])

  hide('bo')
  expect([...hidden.read()]).toEqual(['bo'])
  expect(muted).toEqual(['bos off'])
  show('bo')

  expect([...hidden.read()]).toEqual([])
  expect(muted).toEqual(['bos off', 'bos on'])
})

test('a track that comes later is muted once, and let through by hand it stays so', () => {
  const { hide, song, muted } = desk()
  hide('bo')
  expect(muted).toEqual([])

  song.set(songOf(BOS))
  song.set(songOf(BOS, track('cys', 'cy', 'cys-home')))
  song.set(songOf(BOS, track('more', 'bo', 'bos-other-home')))

  expect(muted).toEqual(['bos off', 'more off'])
})

test('somebody who comes back on another seat is known by the browser their track is from', () => {
  const first = desk(drawerOf(), [BOS])
  first.hide('bo')
  first.close()

  const again = desk(first.drawer, [BOS], [ME])
  expect([...again.hidden.read()]).toEqual(['bo'])
  again.people.set([ME, personOf('bo-anew')])
  again.song.set(songOf(track('bos', 'bo-anew', 'bos-home')))

  expect(again.hidden.read().has('bo-anew')).toBe(true)
  again.show('bo-anew')
  expect([...again.hidden.read()]).toEqual([])
})

test('of two people in one browser the one who hides the other still hears their own track', () => {
  const { hide, muted, hidden } = desk(drawerOf(), [track('twins', 'bo', 'anas-home')])

  hide('bo')

  expect(hidden.read().has('bo')).toBe(true)
  expect(muted).toEqual([])
})

test.each(['no json', '7', '{"ids":["bo"]}', '[{"ids":["bo"]}]', '[{"ids":"bo","homes":[1]}]'])(
  'junk in the drawer (%s) hides nobody',
  (text) => {
    const drawer = { read: () => text, write: () => undefined }
    expect([...desk(drawer).hidden.read()]).toEqual([])
  },
)
