import type { Live, LiveSource } from '../lib/live.ts'
import { isFields, parseJson } from '../lib/parse-json.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Song } from '../sequence/song.ts'
import type { Ear } from './ear.ts'
import type { Person } from './states.ts'
import type { Drawer } from './storage.ts'

/** Whom this person does without, remembered by this device: by seat, and by the browser that their tracks come from. */
export interface HiddenPeople {
  hide(person: string): void
  show(person: string): void
  close: Undo
}

export interface HiddenPeopleOptions {
  readonly song: Live<Song>
  readonly people: Live<readonly Person[]>
  readonly ear: Pick<Ear, 'setMix'>
  readonly drawer: Drawer
  /** Ids of those who are hidden, also ids that they had. */
  readonly hidden: LiveSource<ReadonlySet<string>>
}

/** What the device knows of somebody who is hidden. */
interface Hidden {
  readonly ids: readonly string[]
  readonly homes: readonly string[]
}

const KEY = 'hidden-people'
/** The latest are kept. */
const MOST_PEOPLE = 100
const MOST_NAMES = 20

export function createHiddenPeople(options: HiddenPeopleOptions): HiddenPeople {
  const { song, people, ear, drawer, hidden } = options
  const scope = createScope()
  let known = parseHidden(drawer.read(KEY))

  const isOf = (person: string, { ids }: Hidden): boolean => ids.includes(person)
  const setMuted = (homes: readonly string[], muted: boolean): void => {
    for (const { id, home } of song.read().tracks)
      if (homes.includes(home)) ear.setMix(id, { muted })
  }
  /** A browser's own tracks are no stranger's, whoever shares it. */
  const homesOf = (ids: readonly string[]): readonly string[] => {
    const { tracks } = song.read()
    const me = people.read().find(({ isMe }) => isMe)?.id
    const own = tracks.filter(({ owner }) => owner === me).map(({ home }) => home)
    return tracks
      .filter(({ owner, home }) => ids.includes(owner) && !own.includes(home))
      .map(({ home }) => home)
  }
  /** Somebody who came back has another seat, and is known by a track. */
  const idsOf = (homes: readonly string[]): readonly string[] => {
    const { tracks } = song.read()
    const others = people.read().filter(({ isMe }) => !isMe)
    return others
      .filter(({ id }) => tracks.some(({ owner, home }) => owner === id && homes.includes(home)))
      .map(({ id }) => id)
  }
  const grown = (each: Hidden): Hidden => {
    const ids = union(each.ids, idsOf(each.homes))
    const homes = union(each.homes, homesOf(ids))
    const isNew = !ids.every(isIn(each.ids)) || !homes.every(isIn(each.homes))
    return isNew ? { ids, homes } : each
  }
  const keep = (next: readonly Hidden[]): void => {
    known = next
    drawer.write(KEY, JSON.stringify(next))
    hidden.set(new Set(next.flatMap(({ ids }) => ids)))
  }
  const look = (): void => {
    const next = known.map(grown)
    const news = next.filter((each, index) => each !== known[index])
    if (news.length === 0) return
    const before = new Set(known.flatMap(({ homes }) => homes))
    keep(next)
    // Only what was not known before: a track that was let through by hand stays so.
    setMuted(
      news.flatMap(({ homes }) => homes.filter((home) => !before.has(home))),
      true,
    )
  }
  scope.own(song.subscribe(look))
  scope.own(people.subscribe(look))
  hidden.set(new Set(known.flatMap(({ ids }) => ids)))
  look()

  return {
    hide(person) {
      if (known.some((each) => isOf(person, each))) return
      keep([...known, { ids: [person], homes: [] }].slice(-MOST_PEOPLE))
      look()
    },
    show(person) {
      const found = known.filter((each) => isOf(person, each))
      keep(known.filter((each) => !isOf(person, each)))
      setMuted(
        found.flatMap(({ homes }) => homes),
        false,
      )
    },
    close: scope.close,
  }
}

const isIn =
  (words: readonly string[]) =>
  (word: string): boolean =>
    words.includes(word)

const union = (known: readonly string[], more: readonly string[]): readonly string[] =>
  [...new Set([...known, ...more])].slice(-MOST_NAMES)

/** What the drawer had; whatever is none is left out. Never throws. */
function parseHidden(text: string | undefined): readonly Hidden[] {
  const value = parseJson(text ?? '[]')
  if (!Array.isArray(value)) return []
  return value.flatMap((each: unknown) => {
    if (!isFields(each)) return []
    const { ids, homes } = each
    return isWords(ids) && isWords(homes) ? [{ ids, homes }] : []
  })
}

const isWords = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')
