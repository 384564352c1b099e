import * as Y from 'yjs'
import { createFakeTimers, type FakeTimers } from '../net/fake-timers.ts'
import type { Pitch } from '../sequence/pattern.ts'
import type { TrackId } from '../sequence/song.ts'
import { BASE, docShape, noteEntry } from './doc-shape.ts'
import { judgeUpdate } from './gate.ts'
import { createSheetKeeper } from './sheet-keeper.ts'
import { broughtKey } from './sheet-brought.ts'
import { encodeBase, isOff } from './sheet-base.ts'
import { createSheets, type Sheets } from './sheets.ts'
import { firstMissing } from './update-shape.ts'

/** One person's copy of a few tracks, whose sheets are kept. */
interface Copy {
  readonly doc: Y.Doc
  readonly sheets: Sheets
  readonly timers: FakeTimers
  readonly close: () => void
}

export interface Claim {
  readonly knows: number
  /** Says so beside what the sheet begins with, not in it. */
  readonly isAside?: boolean
  /** What it begins with says that the victim made this note, last of all that it claims to know. */
  readonly puts?: string
}

/** People who write on one track; what reaches whom, and when, is the test's. */
export interface SheetStage {
  write(who: number, key: string, value: number): void
  compact(who: number): void
  /** Takes the sheet away, as no page of ours does. */
  vandalise(who: number): void
  /** Begins a sheet, as no page of ours does, that claims to know so many of somebody's changes. */
  forge(who: number, victim: number, claim: Claim): void
  /** How many of somebody's changes the sheet claims to know. */
  claimed(who: number, victim: number): number
  /** Takes every note away at once. */
  clear(who: number): void
  /** One update that has not reached `to`, and that it has the predecessors of, does. */
  deliver(from: number, to: number, choice: number): void
  /** Closes the page and opens it again, with what it had kept. */
  reload(who: number): void
  /** All that was sent reaches `to` as one, as from the disk. */
  deliverAll(to: number): void
  /** Until all have met again these two are strangers to each other. */
  part(a: number, b: number): void
  /** @param ms  on this person's clock alone */
  pass(who: number, ms: number): void
  /** Everybody meets everybody until nobody has anything new. */
  meetAll(): void
  /** What stands on the track as one person has it; notes that are off left out. */
  shown(who: number): Readonly<Record<string, number | string>>
}

const STAGE_TRACK = 'stagetrack' as TrackId
const MEETINGS = 16
const LATE_MS = 6000

export const cellOf = (step: number, pitch: Pitch): string => noteEntry(step, pitch)

/** @param nextClientId  who wins where two write at once is a matter of these numbers */
export function createSheetStage(people: number, nextClientId: () => number): SheetStage {
  const copies: Copy[] = []
  const sent: Uint8Array[][] = Array.from({ length: people }, () => [])
  const heard = Array.from({ length: people }, () =>
    Array.from({ length: people }, () => new Set<number>()),
  )
  const apart = new Set<string>()

  const isForeignTo = (who: number, client: number): boolean =>
    !copies.some(({ doc }, other) => doc.clientID === client && !apart.has(pairOf(who, other)))
  function open(who: number, kept?: Uint8Array): void {
    const doc = new Y.Doc()
    doc.clientID = nextClientId()
    if (kept !== undefined) Y.applyUpdate(doc, kept, 'disk')
    const sheets = createSheets(doc)
    const timers = createFakeTimers()
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'peer') sent[who]?.push(update)
    })
    const close = createSheetKeeper({
      doc,
      sheets,
      timers,
      isForeignAuthor: (client) => isForeignTo(who, client),
      mayWrite: () => true,
    })
    copies[who] = { doc, sheets, timers, close }
  }
  const copyOf = (who: number): Copy => {
    const copy = copies[who]
    if (copy === undefined) throw new RangeError(`a person must be on the stage, got ${who}`)
    return copy
  }
  const meet = (): void => {
    for (const from of copies) {
      for (const to of copies) {
        const lacks = Y.encodeStateVector(to.doc)
        Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, lacks), 'peer')
      }
    }
  }
  for (let who = 0; who < people; who++) open(who)

  return {
    write(who, key, value) {
      copyOf(who).sheets.write(STAGE_TRACK, key, value)
    },
    compact(who) {
      const { doc, sheets } = copyOf(who)
      doc.transact(() => {
        sheets.rewrite(STAGE_TRACK)
      })
    },
    forge(who, victim, { knows, isAside = false, puts }) {
      const { doc, sheets } = copyOf(who)
      const client = copyOf(victim).doc.clientID
      const state = sheets.state(STAGE_TRACK)
      const dot = { client, clock: knows - 1 }
      const base = encodeBase({
        entries: new Map([
          ...state.entries,
          ...(puts ? [[puts, { value: 228, dot }] as const] : []),
        ]),
        known: isAside ? state.known : new Map([...state.known, [client, knows]]),
      })
      const aside = isAside ? [[broughtKey(dot), 1] as const] : []
      docShape(doc).sheets.set(STAGE_TRACK, new Y.Map<unknown>([[BASE, base], ...aside]))
    },
    claimed(who, victim) {
      const { known } = copyOf(who).sheets.state(STAGE_TRACK)
      return known.get(copyOf(victim).doc.clientID) ?? 0
    },
    clear(who) {
      const { doc, sheets } = copyOf(who)
      doc.transact(() => {
        sheets.rewrite(STAGE_TRACK, () => false)
      })
    },
    vandalise(who) {
      docShape(copyOf(who).doc).sheets.delete(STAGE_TRACK)
    },
    deliver(from, to, choice) {
      const there = heard[from]?.[to]
      if (from === to || there === undefined || apart.has(pairOf(from, to))) return
      const { doc } = copyOf(to)
      // As at the gate: what is ahead of its predecessors waits.
      const isReady = (update: Uint8Array): boolean => {
        const brought = judgeUpdate(update)
        return brought !== undefined && firstMissing(doc, brought.shape) === undefined
      }
      const missing = (sent[from] ?? []).flatMap((update, n) =>
        there.has(n) || !isReady(update) ? [] : [{ update, n }],
      )
      const next = missing[choice % Math.max(1, missing.length)]
      if (next === undefined) return
      there.add(next.n)
      Y.applyUpdate(doc, next.update, 'peer')
    },
    deliverAll(to) {
      const { doc } = copyOf(to)
      doc.transact(() => {
        for (const update of sent.flat()) Y.applyUpdate(doc, update, 'peer')
      }, 'peer')
    },
    reload(who) {
      const { doc, close } = copyOf(who)
      close()
      const kept = Y.encodeStateAsUpdate(doc)
      doc.destroy()
      open(who, kept)
    },
    part(a, b) {
      if (a !== b) apart.add(pairOf(a, b))
    },
    pass(who, ms) {
      copyOf(who).timers.advance(ms)
    },
    meetAll() {
      apart.clear()
      for (let meeting = 0; meeting < MEETINGS; meeting++) {
        meet()
        for (const { timers } of copies) timers.advance(LATE_MS)
      }
      meet()
    },
    shown(who) {
      const { entries } = copyOf(who).sheets.state(STAGE_TRACK)
      const standing = [...entries].filter(([key, { value }]) => !isOff(key, value))
      return Object.fromEntries(standing.map(([key, { value }]) => [key, value] as const).sort())
    },
  }
}

const pairOf = (a: number, b: number): string => `${Math.min(a, b)} ${Math.max(a, b)}`
