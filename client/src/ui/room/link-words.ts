import type { Person } from '../../app/session-types.ts'

const LINK_WORDS: Readonly<Record<Person['link'], string>> = {
  self: 'you',
  direct: 'connected directly',
  relayed: 'through the server',
  connecting: 'connecting',
  unsteady: 'unsteady connection',
  unreachable: 'cannot be reached, trying again',
  'cut-off': 'disconnected for breaking the rules',
  'cut-off-by-them': 'has disconnected this browser',
}

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
  return link === 'direct' && stats?.route === 'turn' ? 'connected by a detour' : LINK_WORDS[link]
}

const ROLE_WORDS: Readonly<Record<Person['role'], string>> = {
  host: 'host',
  player: '',
  listener: 'listening',
}

/** How somebody is, such as "host, here, connected directly" or "away". */
export function personWords(person: Person): string {
  const sound = person.hears ? '' : ', without sound yet'
  const isCut = person.link === 'cut-off' || person.link === 'cut-off-by-them'
  const link = person.presence === 'away' && !isCut ? '' : linkWords(person)
  return `${[ROLE_WORDS[person.role], person.presence, link].filter((word) => word !== '').join(', ')}${sound}`
}

/** Such as "40 ms round trip, 3 % lost"; empty while nothing is measured. */
export function figureWords({ link, stats }: Pick<Person, 'link' | 'stats'>): string {
  if (stats === undefined || !isLinked(link)) return ''
  const { rttMs, loss = 0 } = stats
  const parts = [
    ...(rttMs === undefined ? [] : [`${rttMs} ms round trip`]),
    ...(loss < MIN_SHOWN_LOSS ? [] : [`${Math.round(loss * 100)} % lost`]),
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
