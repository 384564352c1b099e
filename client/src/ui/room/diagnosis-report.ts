import type { PeerSync } from '../../app/session-types.ts'
import type { Diagnosis, Person, PersonDiagnosis, SoundState, Trouble } from '../../app/states.ts'
import { figureWords, linkWords, receptionOf } from './link-words.ts'
import { agoWords, spanWords } from './span-words.ts'
import { connectionWords, countOf, errorWords, peerSyncWords, syncWords } from './words.ts'

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

const UNKNOWN = 'not known yet'
const BYTES_PER_KB = 1000

/** @param browser such as "Firefox 140 on Linux" */
export function toReport(diagnosis: Diagnosis, browser: string): Report {
  const { connection, others, song, sync, atMs } = diagnosis
  const people = others.map(({ person }) => person)
  const facts = [
    { label: 'This browser', words: `${browser}, ${SOUND_WORDS[diagnosis.sound.status]}` },
    { label: 'My loudspeaker', words: speakerWords(diagnosis) },
    { label: 'Server', words: serverWords(diagnosis) },
    {
      label: 'Room',
      words: `${connectionWords(connection, people)}, for ${spanWords(atMs - diagnosis.sinceMs)}`,
    },
    { label: 'My network address', words: diagnosis.hidesAddress ? 'hidden' : 'not hidden' },
    { label: 'Clock', words: syncWords(sync) },
    { label: 'Song', words: `${kB(song.bytes)} of at most ${kB(song.capBytes)}` },
    { label: 'Protocol', words: `version ${diagnosis.protocol}` },
  ]
  return {
    verdict: verdictOf(diagnosis),
    facts,
    people: others.map((other) => personReport(other, atMs)),
  }
}

/** The same as plain text, to be pasted into a message. */
export function reportText({ verdict, facts, people }: Report): string {
  const lines = [
    'Beatcord, connection details',
    verdict,
    ...facts.map(({ label, words }) => `${label}: ${words}`),
    ...people.map(
      ({ name, link, roundTrip, lost, clock, trouble }) =>
        `${name}: ${link}; round trip ${roundTrip}; lost ${lost}; clock ${clock}; last trouble: ${trouble}`,
    ),
  ]
  return lines.join('\n')
}

function verdictOf(diagnosis: Diagnosis): string {
  const { connection, others } = diagnosis
  const isAway = connection.status === 'server-away'
  if (!isAway && connection.status !== 'in-room')
    return `This page is not in the jam: ${connectionWords(connection, []).toLowerCase()}.`
  const server = isAway ? ['The server is away; whoever is linked plays on.'] : []
  const here = others.map(({ person }) => person).filter(({ presence }) => presence === 'here')
  const troubled = here.map(complaint).filter((words) => words !== undefined)
  if (server.length + troubled.length > 0) return [...server, ...troubled].join(' ')
  return here.length === 0
    ? 'All is well. Nobody else is here.'
    : `All is well: connected with ${countOf(here.length, 'person', 'people')}.`
}

function complaint(person: Person): string | undefined {
  if (person.link !== 'direct') return `${person.name}: ${linkWords(person)}.`
  if (receptionOf(person) === 'poor')
    return `${person.name}: a slow connection (${figureWords(person)}).`
  const { sync } = person
  return sync?.status === 'drifting' || sync?.status === 'unmeasured'
    ? `${person.name}: ${clockWords(sync)}.`
    : undefined
}

/** With the figure of whoever is out of time too, for somebody who helps. */
const clockWords = (sync: PeerSync): string =>
  sync.status === 'drifting'
    ? `${peerSyncWords(sync)} (${errorWords(sync.errorMs)})`
    : peerSyncWords(sync)

function serverWords({ connection, relays }: Diagnosis): string {
  if (connection.status === 'server-away') return 'out of reach, trying again'
  if (connection.status === 'joining') return 'not reached yet'
  return relays ? 'reachable, helps where there is no direct way' : 'reachable, passes no music on'
}

function speakerWords({ speaker: { latencyMs, trimMs } }: Diagnosis): string {
  const told =
    latencyMs === undefined
      ? 'this browser does not say how late it sounds'
      : `sounds ${Math.round(latencyMs)} ms late, says the browser`
  if (trimMs === 0) return `${told}; not set by ear`
  const set = `${Math.abs(trimMs)} ms ${trimMs > 0 ? 'later' : 'earlier'} than that`
  return latencyMs === undefined ? `${told}; set by ear: ${trimMs} ms` : `${told}; by ear ${set}`
}

function personReport(diagnosis: PersonDiagnosis, atMs: number): PersonReport {
  const { person, trouble } = diagnosis
  const { id, name, stats, sync, presence } = person
  const link = linkWords(person) + triesWords(diagnosis)
  return {
    id,
    name,
    link: presence === 'away' ? `away, ${link}` : link,
    roundTrip: stats?.rttMs === undefined ? UNKNOWN : `${stats.rttMs} ms`,
    lost: stats?.loss === undefined ? UNKNOWN : `${Math.round(stats.loss * 100)} %`,
    clock: sync === undefined ? UNKNOWN : clockWords(sync),
    trouble: trouble === undefined ? 'none' : troubleWords(trouble, atMs),
  }
}

function triesWords({ person, tries }: PersonDiagnosis): string {
  if (tries === undefined || tries.count === 0 || person.link === 'direct') return ''
  const count = countOf(tries.count, 'direct try', 'direct tries')
  const end = tries.lastEnd === undefined ? '' : `, the last one ${END_WORDS[tries.lastEnd]}`
  return ` (${count}${end})`
}

const END_WORDS = {
  timeout: 'got no answer in time',
  closed: 'was closed',
  silent: 'fell silent',
  slow: 'was too slow',
} as const

function troubleWords({ kind, code, atMs }: Trouble, nowMs: number): string {
  const rule = code === undefined ? '' : ` (${code})`
  return `${TROUBLE_WORDS[kind]}${rule}, ${agoWords(nowMs - atMs)}`
}

const TROUBLE_WORDS: Readonly<Record<Trouble['kind'], string>> = {
  silent: 'went silent',
  'no-way': 'no way was found',
  'no-direct-way': 'no direct way was found',
  'lost-direct-way': 'the direct way was lost',
  'cut-off': 'disconnected for breaking a rule',
  'cut-off-by-them': 'disconnected us',
}

const SOUND_WORDS: Readonly<Record<SoundState['status'], string>> = {
  locked: 'sound waits for a tap',
  running: 'sound is on',
  interrupted: 'sound was taken by another app',
  unsupported: 'no sound in this browser',
  failed: 'sound did not start',
}

const kB = (bytes: number): string => `${Math.ceil(bytes / BYTES_PER_KB).toLocaleString('en')} kB`
