import type { PeerSync } from '../../app/session-types.ts'
import type { Diagnosis, Person, PersonDiagnosis, Trouble } from '../../app/states.ts'
import { DIAGNOSIS_WORDS as WORDS } from '../../words/diagnosis.ts'
import { figureWords, linkWords, receptionOf } from './link-words.ts'
import { agoWords, spanWords } from './span-words.ts'
import { connectionWords, errorWords, peerSyncWords, syncWords } from './words.ts'

/** A diagnosis in words, to be read out, shown and copied; every text can stand alone. */
export interface Report {
  /** How it stands, in a sentence or two. */
  readonly verdict: string
  readonly facts: readonly { readonly label: string; readonly words: string }[]
  readonly people: readonly PersonReport[]
}

interface PersonReport {
  readonly id: string
  readonly name: string
  readonly link: string
  readonly roundTrip: string
  readonly lost: string
  readonly clock: string
  readonly trouble: string
}

const { labels: LABELS, unknown: UNKNOWN } = WORDS

/** @param browser such as "Firefox 140 on Linux" */
export function toReport(diagnosis: Diagnosis, browser: string): Report {
  const { connection, others, song, sync, atMs } = diagnosis
  const people = others.map(({ person }) => person)
  const facts = [
    {
      label: LABELS.browser,
      words: WORDS.browserSound({ browser, sound: WORDS.sound[diagnosis.sound.status] }),
    },
    { label: LABELS.speaker, words: speakerWords(diagnosis) },
    { label: LABELS.server, words: serverWords(diagnosis) },
    {
      label: LABELS.room,
      words: WORDS.room({
        connection: connectionWords(connection, people),
        since: spanWords(atMs - diagnosis.sinceMs),
      }),
    },
    { label: LABELS.address, words: diagnosis.hidesAddress ? WORDS.hidden : WORDS.notHidden },
    { label: LABELS.clock, words: syncWords(sync) },
    { label: LABELS.song, words: WORDS.song(song) },
    { label: LABELS.protocol, words: WORDS.protocol(diagnosis.protocol) },
  ]
  return {
    verdict: verdictOf(diagnosis),
    facts,
    people: others.map((other) => personReport(other, atMs)),
  }
}

/** The same as plain text, to be pasted into a message. */
export function reportText({ verdict, facts, people }: Report): string {
  const lines = [WORDS.textTitle, verdict, ...facts.map(WORDS.fact), ...people.map(WORDS.person)]
  return lines.join('\n')
}

function verdictOf(diagnosis: Diagnosis): string {
  const { connection, others } = diagnosis
  const isAway = connection.status === 'server-away'
  if (!isAway && connection.status !== 'in-room')
    return WORDS.notInJam(connectionWords(connection, []))
  const server = isAway ? [WORDS.serverAway] : []
  const here = others.map(({ person }) => person).filter(({ presence }) => presence === 'here')
  const troubled = here.map(complaint).filter((words) => words !== undefined)
  if (server.length + troubled.length > 0) return [...server, ...troubled].join(' ')
  return here.length === 0 ? WORDS.wellAlone : WORDS.well(here.length)
}

function complaint(person: Person): string | undefined {
  if (person.link !== 'direct')
    return WORDS.complaint({ name: person.name, words: linkWords(person) })
  if (receptionOf(person) === 'poor')
    return WORDS.slow({ name: person.name, figures: figureWords(person) })
  const { sync } = person
  return sync?.status === 'drifting' || sync?.status === 'unmeasured'
    ? WORDS.complaint({ name: person.name, words: clockWords(sync) })
    : undefined
}

/** With the figure of whoever is out of time too, for somebody who helps. */
const clockWords = (sync: PeerSync): string =>
  sync.status === 'drifting'
    ? WORDS.drifting({ words: peerSyncWords(sync), error: errorWords(sync.errorMs) })
    : peerSyncWords(sync)

function serverWords({ connection, relays }: Diagnosis): string {
  if (connection.status === 'server-away') return WORDS.server.away
  if (connection.status === 'joining') return WORDS.server.joining
  return relays ? WORDS.server.relays : WORDS.server.plain
}

function speakerWords({ speaker: { latencyMs, trimMs } }: Diagnosis): string {
  const { silent, late, unset, set, setAlone } = WORDS.speaker
  const told = latencyMs === undefined ? silent : late(latencyMs)
  if (trimMs === 0) return unset(told)
  return latencyMs === undefined ? setAlone({ told, trimMs }) : set({ told, trimMs })
}

function personReport(diagnosis: PersonDiagnosis, atMs: number): PersonReport {
  const { person, trouble } = diagnosis
  const { id, name, stats, sync, presence } = person
  const link = withTries(diagnosis)
  return {
    id,
    name,
    link: presence === 'away' ? WORDS.away(link) : link,
    roundTrip: stats?.rttMs === undefined ? UNKNOWN : WORDS.ms(stats.rttMs),
    lost: stats?.loss === undefined ? UNKNOWN : WORDS.percent(stats.loss),
    clock: sync === undefined ? UNKNOWN : clockWords(sync),
    trouble: trouble === undefined ? WORDS.noTrouble : troubleWords(trouble, atMs),
  }
}

function withTries({ person, tries }: PersonDiagnosis): string {
  const link = linkWords(person)
  if (tries === undefined || tries.count === 0 || person.link === 'direct') return link
  const { count, lastEnd } = tries
  return lastEnd === undefined
    ? WORDS.tries({ link, count })
    : WORDS.triesEnd({ link, count, end: WORDS.ends[lastEnd] })
}

function troubleWords({ kind, code, atMs }: Trouble, nowMs: number): string {
  const [trouble, ago] = [WORDS.troubles[kind], agoWords(nowMs - atMs)]
  return code === undefined
    ? WORDS.trouble({ trouble, ago })
    : WORDS.troubleCode({ trouble, code, ago })
}
