import type { Live } from '../lib/live.ts'
import { isFields, parseJson } from '../lib/parse-json.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import { type BarRow, barRowsOf, MOST_ROWS } from '../sequence/bar-picture.ts'
import { parseName } from '../sequence/parse-name.ts'
import type { Song } from '../sequence/song.ts'
import type { JamMemory } from './app-types.ts'
import { readRecent } from './recent-jams.ts'
import type { Person } from './states.ts'
import type { Drawer } from './storage.ts'

export interface RememberOptions {
  readonly page: Pick<Window, 'addEventListener' | 'removeEventListener'>
  readonly drawer: Drawer
  readonly timers: Pick<Timers, 'after' | 'wallMs'>
  readonly song: Live<Song>
  readonly people: Live<readonly Person[]>
  /** Ids of those whom this person does without. */
  readonly hidden: Live<ReadonlySet<string>>
  /** Under which the jam is on the list of recent ones; changes when it moves. */
  readonly href: () => string
}

export interface Memorising {
  /** Writes down what is so now. */
  readonly flush: Undo
  readonly close: Undo
}

const KEY = 'jam-memories'
const MOST_PEOPLE = 6
const WRITE_EVERY_MS = 10_000
/** Of a bar of sixteen steps a beat, in triplets too. */
const MOST_STEPS = 256

/**
 * Remembers in this browser what a jam looks like and who plays along, as long as the jam is on the list of recent ones:
 * every ten seconds, when the page is left and when the jam ends.
 */
export function rememberJam(options: RememberOptions): Memorising {
  const { page, drawer, timers, song, people, hidden, href } = options
  const scope = createScope()
  /** By id, latest last. */
  const met = new Map<string, JamMemory['people'][number]>()
  let endWait: Undo | undefined

  const meet = (): void => {
    for (const { id, isMe, name, colour } of people.read()) {
      if (!isMe) met.set(id, { name, colour })
    }
  }
  const write = (): void => {
    const memories = new Map(readMemories(drawer))
    const unwanted = [...met].flatMap(([id, { name }]) => (hidden.read().has(id) ? [name] : []))
    const before = memories.get(href())?.people ?? []
    memories.set(href(), {
      atMs: timers.wallMs(),
      people: eachOnce([...[...met.values()].reverse(), ...before])
        .filter(({ name }) => !unwanted.includes(name))
        .slice(0, MOST_PEOPLE),
      rows: barRowsOf(song.read()),
    })
    writeMemories(drawer, memories)
  }
  const writeAgain = (): void => {
    write()
    endWait = timers.after(WRITE_EVERY_MS, writeAgain)
  }
  scope.own(people.subscribe(meet))
  meet()
  writeAgain()
  scope.own(() => endWait?.())
  page.addEventListener('pagehide', write)
  scope.own(() => {
    page.removeEventListener('pagehide', write)
  })
  // What is no longer on the list is not written, and what was kept of it goes.
  scope.own(write)
  return { flush: write, close: scope.close }
}

/** What this browser remembers of its recent jams, by their `href`. */
export function readMemories(drawer: Drawer): ReadonlyMap<string, JamMemory> {
  const value = parseJson(drawer.read(KEY) ?? '[]')
  return new Map(Array.isArray(value) ? value.flatMap(parseEntry) : [])
}

/** Forgets what it remembers of a jam. */
export function forgetMemory(drawer: Drawer, href: string): void {
  writeMemories(drawer, new Map([...readMemories(drawer)].filter(([each]) => each !== href)))
}

function writeMemories(drawer: Drawer, memories: ReadonlyMap<string, JamMemory>): void {
  const listed = new Set(readRecent(drawer).map(({ href }) => href))
  const kept = [...memories].filter(([href]) => listed.has(href))
  drawer.write(KEY, JSON.stringify(kept.map(([href, memory]) => ({ href, ...memory }))))
}

const eachOnce = (people: JamMemory['people']): JamMemory['people'] =>
  people.filter(({ name }, at) => people.findIndex((other) => other.name === name) === at)

/** Whatever is none is left out. Never throws. */
function parseEntry(value: unknown): readonly (readonly [string, JamMemory])[] {
  if (!isFields(value)) return []
  const { href, atMs, people, rows } = value
  if (typeof href !== 'string' || typeof atMs !== 'number') return []
  if (!Array.isArray(people) || !Array.isArray(rows)) return []
  const memory = {
    atMs,
    people: eachOnce(people.flatMap(parsePerson)).slice(0, MOST_PEOPLE),
    rows: rows.slice(0, MOST_ROWS).flatMap(parseRow),
  }
  return [[href, memory]]
}

function parsePerson(value: unknown): JamMemory['people'] {
  const name = isFields(value) ? parseName(value['name']) : undefined
  return name === undefined || !isFields(value) ? [] : [{ name, colour: parseColour(value) }]
}

function parseRow(value: unknown): readonly BarRow[] {
  if (!isFields(value)) return []
  const { steps, strokes } = value
  if (!isWithin(steps, 1, MOST_STEPS) || !Number.isInteger(steps) || !Array.isArray(strokes))
    return []
  const seen = new Set<number>()
  const parsed = strokes.flatMap((stroke: unknown) => {
    if (!isFields(stroke)) return []
    const { step, strength } = stroke
    if (!isWithin(step, 0, steps - 1) || !isWithin(strength, 0, 1) || seen.has(step)) return []
    seen.add(step)
    return [{ step, strength }]
  })
  return [{ colour: parseColour(value), steps, strokes: parsed }]
}

/** The palette takes any whole number. */
const parseColour = ({ colour }: Readonly<Record<string, unknown>>): number =>
  Number.isSafeInteger(colour) ? Number(colour) : 0

const isWithin = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most
