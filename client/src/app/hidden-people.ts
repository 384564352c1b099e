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
  readonly ear: Pick<Ear, 'mix' | 'setMix'>
  readonly drawer: Drawer
  /** Names this browser in this room. */
  readonly ownHome: () => string
  /** Ids of those who are hidden, also ids that they had. */
  readonly hidden: LiveSource<ReadonlySet<string>>
}

/** What the device knows of somebody who is hidden. A track's owner and home are its writer's word: see `grown`. */
interface Hidden {
  readonly ids: readonly string[]
  readonly homes: readonly string[]
  /** Those of the homes that were heard until then. */
  readonly muted: readonly string[]
  /** Who else was here: nobody that they could come back as. */
  readonly others: readonly string[]
}

const KEY = 'hidden-people'
/** The latest are kept. */
const MOST_PEOPLE = 100
const MOST_NAMES = 20

export function createHiddenPeople(options: HiddenPeopleOptions): HiddenPeople {
  const { song, people, ear, drawer, ownHome, hidden } = options
  const scope = createScope()
  let kept = drawer.read(KEY)
  let known = parseHidden(kept)

  const isOf = (person: string, { ids }: Hidden): boolean => ids.includes(person)
  const idsHere = (): readonly string[] =>
    people.read().flatMap(({ id, isMe }) => (isMe ? [] : [id]))
  const setMuted = (homes: readonly string[], muted: boolean): void => {
    for (const { id, home } of song.read().tracks)
      if (homes.includes(home)) ear.setMix(id, { muted })
  }
  const isMutedByHand = (home: string): boolean =>
    !known.some(({ muted }) => muted.includes(home)) &&
    song.read().tracks.some((track) => track.home === home && ear.mix.read().get(track.id)?.muted)
  /** A browser that somebody else has a track from is theirs, too. */
  const homesOf = (ids: readonly string[], others: readonly string[]): readonly string[] => {
    const { tracks } = song.read()
    const not = without(union(others, idsHere()), ids)
    const theirs = tracks.filter(({ owner }) => not.includes(owner)).map(({ home }) => home)
    return tracks
      .filter(({ owner }) => ids.includes(owner))
      .flatMap(({ home }) => (home === ownHome() || theirs.includes(home) ? [] : [home]))
  }
  /** Somebody who came back has another seat, and is known by their tracks. */
  const idsOf = ({ homes, others }: Hidden): readonly string[] =>
    idsHere().filter((id) => {
      const own = song.read().tracks.filter(({ owner }) => owner === id)
      const isFromThere = own.length > 0 && own.every(({ home }) => homes.includes(home))
      return isFromThere && !others.includes(id)
    })
  const grown = (each: Hidden): Hidden => {
    const ids = firstOf(union(each.ids, idsOf(each)))
    const homes = firstOf(union(each.homes, homesOf(ids, each.others)))
    const news = without(homes, each.homes)
    if (news.length === 0 && ids.length === each.ids.length) return each
    const muted = [...each.muted, ...news.filter((home) => !isMutedByHand(home))]
    return { ...each, ids, homes, muted }
  }
  const keep = (change: (latest: readonly Hidden[]) => readonly Hidden[]): void => {
    const before = known.flatMap(({ muted }) => muted)
    const text = drawer.read(KEY)
    // Otherwise another tab wrote meanwhile.
    const latest = text === kept ? known : parseHidden(text)
    known = change(latest)
    drawer.write(KEY, JSON.stringify(known))
    kept = drawer.read(KEY)
    hidden.set(new Set(known.flatMap(({ ids }) => ids)))
    const after = known.flatMap(({ muted }) => muted)
    // Only what is new: a track that was let through by hand stays so.
    setMuted(without(after, before), true)
    setMuted(without(before, after), false)
  }
  const look = (): void => {
    if (known.some((each) => grown(each) !== each)) keep((latest) => latest.map(grown))
  }
  scope.own(song.subscribe(look))
  scope.own(people.subscribe(look))
  hidden.set(new Set(known.flatMap(({ ids }) => ids)))
  look()

  return {
    hide(person) {
      keep((latest) => {
        if (latest.some((each) => isOf(person, each))) return latest
        const others = idsHere().filter((id) => id !== person)
        const one = grown({ ids: [person], homes: [], muted: [], others })
        return [...latest, one].slice(-MOST_PEOPLE)
      })
    },
    show(person) {
      keep((latest) => latest.filter((each) => !isOf(person, each)))
    },
    close: scope.close,
  }
}

const union = (some: readonly string[], more: readonly string[]): readonly string[] => [
  ...new Set([...some, ...more]),
]

const without = (all: readonly string[], some: readonly string[]): readonly string[] =>
  all.filter((each) => !some.includes(each))

/** The latest would push each other out for ever. */
const firstOf = (names: readonly string[]): readonly string[] => names.slice(0, MOST_NAMES)

/** What the drawer had; whatever is none is left out. Never throws. */
function parseHidden(text: string | undefined): readonly Hidden[] {
  const value = parseJson(text ?? '[]')
  if (!Array.isArray(value)) return []
  return value.flatMap((each: unknown) => {
    if (!isFields(each)) return []
    const { ids, homes, muted = homes, others = [] } = each
    const areAll = isWords(ids) && isWords(homes) && isWords(muted) && isWords(others)
    return areAll ? [{ ids, homes, muted, others }] : []
  })
}

const isWords = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')
