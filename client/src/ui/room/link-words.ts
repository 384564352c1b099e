import type { Person } from '../../app/session-types.ts'
import { ROOM_WORDS } from '../../words/room.ts'

const { links: LINKS, people: PEOPLE } = ROOM_WORDS

/** How good a link feels to someone who makes music over it; `none` where nothing gets through. */
export type Reception = 'good' | 'fair' | 'poor' | 'none'

/** Up to these an edit is there before one would miss it. */
const GOOD = { rttMs: 150, loss: 0.03 }
/** Beyond these one notices at every turn. */
const FAIR = { rttMs: 400, loss: 0.1 }
/** A loss below is the odd ping. */
const MIN_SHOWN_LOSS = 0.01

/** How somebody is linked. */
export function linkWords({ link, stats }: Pick<Person, 'link' | 'stats'>): string {
  return link === 'direct' && stats?.route === 'turn' ? LINKS.detour : LINKS[link]
}

const ROLE_WORDS: Readonly<Record<Person['role'], string>> = {
  host: PEOPLE.host,
  player: '',
  listener: PEOPLE.listening,
}

const PRESENCE_WORDS: Readonly<Record<Person['presence'], string>> = PEOPLE

/** How somebody is, such as "host, here, connected directly" or "away". */
export function personWords(person: Person): string {
  const isCut = person.link === 'cut-off' || person.link === 'cut-off-by-them'
  const link = person.presence === 'away' && !isCut ? '' : linkWords(person)
  const presence = PRESENCE_WORDS[person.presence]
  const how = [ROLE_WORDS[person.role], presence, link].filter((word) => word !== '').join(', ')
  return person.hears ? how : PEOPLE.withoutSound(how)
}

/** Such as "40 ms round trip, 3 % lost"; empty while nothing is measured. */
export function figureWords({ link, stats }: Pick<Person, 'link' | 'stats'>): string {
  if (stats === undefined || !isLinked(link)) return ''
  const { rttMs, loss = 0 } = stats
  const parts = [
    ...(rttMs === undefined ? [] : [ROOM_WORDS.roundTrip(rttMs)]),
    ...(loss < MIN_SHOWN_LOSS ? [] : [ROOM_WORDS.lost(loss)]),
  ]
  return parts.join(', ')
}

export function receptionOf({ link, stats }: Pick<Person, 'link' | 'stats'>): Reception {
  if (!isLinked(link)) return 'none'
  const { rttMs = 0, loss = 0 } = stats ?? {}
  if (link === 'unsteady' || rttMs > FAIR.rttMs || loss > FAIR.loss) return 'poor'
  const isDetour = link === 'relayed'
  return isDetour || rttMs > GOOD.rttMs || loss > GOOD.loss ? 'fair' : 'good'
}

const isLinked = (link: Person['link']): boolean =>
  link === 'direct' || link === 'relayed' || link === 'unsteady'

/** Whom we talk to through the server: nobody, some of those we are linked with, or all of them. */
export function shareThroughServer(people: readonly Person[]): 'none' | 'some' | 'all' {
  const linked = people.filter(({ link }) => isLinked(link))
  const relayed = linked.filter(({ link }) => link === 'relayed')
  if (relayed.length === 0) return 'none'
  return relayed.length === linked.length ? 'all' : 'some'
}
