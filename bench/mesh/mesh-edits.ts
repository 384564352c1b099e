import type { Spread } from '../../e2e/stats.ts'
import type { Drive } from '../page/mesh-page-types.ts'
import type { Sent } from '../page/page-types.ts'
import type { Tally } from '../page/wire-tap.ts'
import { figuresOf } from '../rows.ts'
import type { BenchRoom, Handle } from './bench-room.ts'
import { delaysOf } from './delays.ts'

export interface EditFigures {
  /** From an edit to the changed song, for each of the others, in ms. */
  readonly edit: Spread
  /** The same bytes sent raw to the same peers; undefined when they were not. */
  readonly raw: Spread | undefined
  /** Share of edits that came to each of the others, 0 to 1. */
  readonly delivered: number
  /** Reliable messages on all wires together, for each edit. */
  readonly messages: number
  /** Second copies on the short-lived channel, for each edit. */
  readonly copies: number
  /** Bytes of those messages, and of those copies. */
  readonly bytes: number
  readonly copyBytes: number
  /** What else was sent meanwhile, in messages a second and page. */
  readonly background: number
}

const WARM_UP_ROUNDS = 40
/** Long enough for what was lost to be sent again, twice. */
const SETTLE_MS = 1500
/** As long as our peers' round of asking one another what they lack. */
const SILENCE_SECONDS = 5

export interface EditPlan extends Drive {
  /** Called after the clocks were compared, and before they are again. */
  readonly beforeEdits?: () => void
  readonly afterEdits?: () => void
}

/** One page writes, all others listen. */
export async function measureEdits(room: BenchRoom, plan: EditPlan): Promise<EditFigures> {
  const { rounds, pauseMs, raw, beforeEdits, afterEdits } = plan
  const [writer, ...readers] = room.pages
  if (writer === undefined) throw new Error('a room of the bench must have pages')
  await Promise.all(room.pages.map((page) => page.evaluate((it) => it.openRaw())))
  await drive(writer, { rounds: WARM_UP_ROUNDS, pauseMs, raw })
  const offsets = await writer.evaluate((it) => it.offsetsMs())
  beforeEdits?.()
  const beganMs = performance.now()
  const before = await tallyOf(room)
  const sent = await drive(writer, { rounds, pauseMs, raw })
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const after = await tallyOf(room)
  const seconds = (performance.now() - beganMs) / 1000
  afterEdits?.()
  const later = await writer.evaluate((it) => it.offsetsMs())

  const edits: number[] = []
  const raws: number[] = []
  for (const reader of readers) {
    const self = await reader.evaluate((it) => it.self())
    const heard = await reader.evaluate((it) => it.heard())
    const offsetMs = ((offsets[self] ?? NaN) + (later[self] ?? NaN)) / 2
    edits.push(...delaysOf(sent, heard, 'edit', offsetMs))
    raws.push(...delaysOf(sent, heard, 'raw', offsetMs))
  }
  if (after.edit.messages === before.edit.messages) {
    throw new Error('edits must be seen on the wire: have its frames changed?')
  }
  const perEdit = (pick: (tally: Tally) => number): number => (pick(after) - pick(before)) / rounds
  return {
    edit: figuresOf(edits),
    raw: raws.length === 0 ? undefined : figuresOf(raws),
    delivered: edits.length / (rounds * readers.length),
    messages: perEdit(({ edit }) => edit.messages),
    copies: perEdit(({ copy }) => copy.messages),
    bytes: perEdit(({ edit }) => edit.bytes),
    copyBytes: perEdit(({ copy }) => copy.bytes),
    background: backgroundRate(room, before, after, seconds),
  }
}

/** What is sent while nobody does anything, in messages a second and page. */
export async function measureSilence(room: BenchRoom): Promise<number> {
  const before = await tallyOf(room)
  await new Promise((resolve) => setTimeout(resolve, SILENCE_SECONDS * 1000))
  return backgroundRate(room, before, await tallyOf(room), SILENCE_SECONDS)
}

const backgroundRate = (room: BenchRoom, before: Tally, after: Tally, seconds: number): number =>
  (after.background.messages - before.background.messages) / seconds / room.pages.length

/** Everything sent by all pages of a room so far. */
export async function tallyOf(room: BenchRoom): Promise<Tally> {
  const tallies = await Promise.all(room.pages.map((page) => page.evaluate((it) => it.tally())))
  const [first, ...rest] = tallies
  if (first === undefined) throw new Error('a room of the bench must have pages')
  return rest.reduce(sumOf, first)
}

const sumOf = (a: Tally, b: Tally): Tally => {
  const sum = (key: keyof Tally): Tally[keyof Tally] => ({
    messages: a[key].messages + b[key].messages,
    bytes: a[key].bytes + b[key].bytes,
  })
  return {
    edit: sum('edit'),
    copy: sum('copy'),
    background: sum('background'),
    signalsSent: sum('signalsSent'),
    signalsHeard: sum('signalsHeard'),
    relayed: sum('relayed'),
  }
}

const drive = (writer: Handle, plan: Drive): Promise<readonly Sent[]> =>
  writer.evaluate((it, options) => it.drive(options), plan)
