import { expect, test } from 'vitest'
import { createLive } from '../lib/live.ts'
import type { Song, Track } from '../sequence/song.ts'
import type { PersonalMix } from '../sound/engine-types.ts'
import { USUAL_MIX } from '../sound/protocol.ts'
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

function drawerOf(): Drawer & { readonly writes: () => number } {
  const kept = new Map<string, string>()
  let writes = 0
  return {
    read: (key) => kept.get(key),
    write(key, value) {
      kept.set(key, value)
      writes += 1
    },
    writes: () => writes,
  }
}

function desk(
  drawer: Drawer = drawerOf(),
  tracks: readonly Track[] = [],
  people = [ME, personOf('bo')],
) {
  const song = createLive<Song>(songOf(track('anas', 'ana', 'anas-home'), ...tracks))
  const livePeople = createLive<readonly Person[]>(people)
  const hidden = createLive<ReadonlySet<string>>(new Set())
  const mix = createLive<PersonalMix>(new Map())
  const muted: string[] = []
  const made = createHiddenPeople({
    song,
    people: livePeople,
    hidden,
    drawer,
    ownHome: () => 'anas-home',
    ear: {
      mix,
      setMix(id, change) {
        muted.push(`${id} ${change.muted === true ? 'off' : 'on'}`)
        mix.set(new Map([...mix.read(), [id, { ...USUAL_MIX, ...mix.read().get(id), ...change }]]))
      },
    },
  })
  return { ...made, song, people: livePeople, hidden, mix, muted, drawer }
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

test('what somebody who is hidden writes of another who is here hides nobody else', () => {
  const CYS = track('cys', 'cy', 'cys-home')
  const people = [ME, personOf('bo'), personOf('cy'), personOf('listener')]
  const { hide, song, hidden, muted, drawer } = desk(drawerOf(), [BOS, CYS], people)
  hide('bo')

  const forged = [track('one', 'cy', 'bos-home'), track('two', 'listener', 'bos-home')]
  song.set(songOf(BOS, CYS, ...forged))

  expect([...hidden.read()]).toEqual(['bo'])
  expect(muted).toEqual(['bos off'])
  const again = desk(drawer, [BOS, CYS, ...forged], people)
  expect([...again.hidden.read()]).toEqual(['bo'])
})

test('a newcomer with a track of their own is not taken for somebody who is hidden', () => {
  const { hide, song, people, hidden } = desk(drawerOf(), [BOS])
  hide('bo')
  people.set([ME, personOf('bo'), personOf('cy')])

  song.set(songOf(BOS, track('cys', 'cy', 'cys-home'), track('forged', 'cy', 'bos-home')))

  expect([...hidden.read()]).toEqual(['bo'])
})

test('what somebody writes in this person’s name keeps nothing of theirs from being muted', () => {
  const { hide, muted } = desk(drawerOf(), [BOS, track('forged', 'ana', 'bos-home')])

  hide('bo')

  expect(muted).toContain('bos off')
})

test.each([
  ['before', true],
  ['after', false],
])(
  'a track from another’s browser, written %s the writer is hidden, mutes no other',
  (_when, is) => {
    const tracks = [BOS, track('cys', 'cy', 'cys-home')]
    const forged = [...tracks, track('forged', 'bo', 'cys-home')]
    const people = [ME, personOf('bo'), personOf('cy')]
    const { hide, song, people: here, muted } = desk(drawerOf(), is ? forged : tracks, people)

    hide('bo')
    song.set(songOf(...forged))
    // Also when they are away for a moment.
    here.set([ME, personOf('bo')])

    expect(muted).toEqual(['bos off'])
  },
)

test('of more homes than are remembered, those that came first stay, each muted once', () => {
  const tracks = Array.from({ length: 25 }, (_, index) =>
    track(`bos${index}`, 'bo', `home${index}`),
  )
  const drawer = drawerOf()
  const { hide, song, muted } = desk(drawer, tracks)
  hide('bo')
  const before = drawer.writes()

  for (let change = 0; change < 10; change++) song.set(songOf(...tracks))

  expect(drawer.writes()).toBe(before)
  expect(muted).toEqual(tracks.slice(0, 20).map(({ id }) => `${id} off`))
})

test('what two tabs hide is hidden for both, and what one shows again stays so', () => {
  const drawer = drawerOf()
  const people = [ME, personOf('bo'), personOf('cy')]
  const tracks = [BOS, track('cys', 'cy', 'cys-home')]
  const [one, other] = [desk(drawer, tracks, people), desk(drawer, tracks, people)]

  one.hide('bo')
  other.hide('cy')
  expect([...other.hidden.read()]).toEqual(['bo', 'cy'])
  expect(other.muted.toSorted()).toEqual(['bos off', 'cys off'])
  expect([...desk(drawer, tracks, people).hidden.read()]).toEqual(['bo', 'cy'])
  other.show('bo')
  one.show('cy')

  expect([...desk(drawer, tracks, people).hidden.read()]).toEqual([])
})

test('where nothing can be kept, people are hidden as long as the page is there', () => {
  const drawer = { read: () => undefined, write: () => undefined }
  const { hide, hidden } = desk(drawer, [], [ME, personOf('bo'), personOf('cy')])

  hide('bo')
  hide('cy')

  expect([...hidden.read()]).toEqual(['bo', 'cy'])
})

test('what was muted by hand before stays so when somebody is shown again', () => {
  const first = desk(drawerOf(), [BOS, track('more', 'bo', 'bos-other-home')])
  first.mix.set(new Map([[BOS.id, { ...USUAL_MIX, muted: true }]]))
  first.hide('bo')
  first.close()

  const again = desk(first.drawer, [BOS, track('more', 'bo', 'bos-other-home')])
  again.mix.set(first.mix.read())
  again.show('bo')

  expect(first.muted).toEqual(['more off'])
  expect(again.muted).toEqual(['more on'])
})

test.each(['no json', '7', '{"ids":["bo"]}', '[{"ids":["bo"]}]', '[{"ids":"bo","homes":[1]}]'])(
  'junk in the drawer (%s) hides nobody',
  (text) => {
    const drawer = { read: () => text, write: () => undefined }
    expect([...desk(drawer).hidden.read()]).toEqual([])
  },
)
