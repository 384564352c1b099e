import type { Role } from '@beatcord/shared'
import { beatAt, isPlayingAt, lastAsked } from '../clock/tempo-map.ts'
import { barMoment } from '../clock/step-moment.ts'
import type { Jam } from '../jam/jam.ts'
import { createTradeVerbs } from '../jam/trade-verbs.ts'
import { refusalOf } from '../jam/writable.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { Timers } from '../net/timers.ts'
import { BEATS_PER_BAR } from '../sequence/time.ts'
import { LEAST_PEOPLE, withPeople } from '../sequence/trade-turns.ts'
import type { Trade, TradeBars } from '../sequence/trade.ts'
import type { Leads } from './leads.ts'

/** People take turns: one is in the spotlight for some bars, the others step back, and then the next. */
export interface Trading {
  /** Who would take a turn, in the order of their tracks: those in the room who play and have a track in the song. */
  tradePeople(): readonly string[]
  /** From the next bar on; at once while the song stands. @returns false where there are too few, or one may not */
  startTrade(bars: TradeBars, isSilent: boolean): boolean
  /** With the next bar; at once while the song stands. */
  stopTrade(): void
}

interface Seated {
  readonly id: string
  readonly role: Role
}

export interface TradeDeskOptions {
  readonly jam: Pick<Jam, 'song' | 'transport' | 'writable'> & {
    readonly clock: Pick<Jam['clock'], 'sharedMsAt'>
    readonly verbs: Pick<Jam['verbs'], 'late'>
  }
  readonly mesh: Pick<Mesh, 'self' | 'peers'>
  /** Everybody with a seat in the room, this person among them. */
  readonly seated: () => readonly Seated[]
  /** Whether the room's server has seated this page: then it knows who is gone. */
  readonly isSeated: () => boolean
  readonly timers: Pick<Timers, 'now' | 'every'>
  readonly leads: Pick<Leads, 'changeMs'>
}

/** Whoever is first among those who may write does so after so long, the next one so much later, and so on. */
const LOOK_MS = 500
const EACH_MS = 1000
/** No honest first turn lies farther ahead: a song that began anew is not waited for. */
const MOST_WAIT_BEATS = 16
/** Half of the shortest step: where a moment before a bar is rounded up to that bar. */
const BEFORE_BEAT = 1 / 32

export function createTradeDesk(options: TradeDeskOptions): Trading & { readonly close: Undo } {
  const { jam, mesh, seated, timers, leads } = options
  const scope = createScope()
  let endWatch: Undo | undefined
  /** For how long something else ought to stand there. */
  let sinceMs: number | undefined

  const nowMs = (): number => jam.clock.sharedMsAt(timers.now())
  const trade = (): Trade | undefined => jam.song.read().trade
  const write = (next: Trade | undefined): boolean =>
    jam.verbs.late(createTradeVerbs).setTrade(next) === undefined
  const mayWrite = (): boolean =>
    options.isSeated() && refusalOf(jam.writable.read(), true) === undefined
  /** Where the song is; undefined while it stands. */
  const beatNow = (): number | undefined => {
    const transport = jam.transport.read()
    return isPlayingAt(transport, nowMs()) ? beatAt(transport, nowMs()) : undefined
  }
  /** The first beat of the next bar by which all have heard of it; undefined while the song stands. */
  const nextBar = (): number | undefined => {
    const transport = jam.transport.read()
    const sharedMs = barMoment(transport, nowMs() + leads.changeMs())
    if (sharedMs === undefined) return undefined
    const bar = (beatAt(transport, sharedMs) + BEFORE_BEAT) / BEATS_PER_BAR
    return Math.max(0, Math.round(bar) * BEATS_PER_BAR)
  }
  const tradePeople = (): readonly string[] => {
    const playing = seated().filter(({ role }) => role !== 'listener')
    const owners = new Set(jam.song.read().tracks.map(({ owner }) => owner))
    return [...owners].filter((owner) => playing.some(({ id }) => id === owner))
  }

  /** What ought to stand there, of what does. */
  const due = (known: Trade): Trade | undefined => {
    const beat = beatNow()
    // Asked to play, it is about to.
    const stands = beat === undefined && !lastAsked(jam.transport.read()).playing
    if (known.end !== undefined && (stands || (beat ?? 0) >= known.end)) return undefined
    const settled = withPeople(known, tradePeople(), beat ?? 0)
    if (settled === undefined) return undefined
    if (stands) return { ...settled, beat: 0 }
    const isFar = beat !== undefined && settled.beat - beat > MOST_WAIT_BEATS
    return isFar ? { ...settled, beat: nextBar() ?? 0 } : settled
  }
  const look = (): void => {
    const known = trade()
    const next = known && due(known)
    if (known === undefined || !mayWrite() || isSameTrade(known, next)) {
      sinceMs = undefined
      return
    }
    sinceMs ??= timers.now()
    if (timers.now() - sinceMs < LOOK_MS + EACH_MS * placeInLine()) return
    sinceMs = undefined
    write(next)
  }
  const watch = (): void => {
    const isOn = trade() !== undefined
    if (isOn) endWatch ??= timers.every(LOOK_MS / 2, look)
    else {
      endWatch?.()
      endWatch = undefined
    }
  }
  /** How many may write before this one does. */
  const placeInLine = (): number => {
    const self = mesh.self()?.peer ?? ''
    const linked = new Set<string>(mesh.peers())
    const writers = seated().filter(({ id, role }) => linked.has(id) && role !== 'listener')
    return writers.filter(({ id }) => id < self).length
  }

  scope.own(jam.song.subscribe(watch))
  scope.own(() => endWatch?.())
  watch()
  return {
    tradePeople,
    startTrade(bars, isSilent) {
      const order = tradePeople()
      if (order.length < LEAST_PEOPLE) return false
      return write({ bars, order, isSilent, beat: nextBar() ?? 0 })
    },
    stopTrade() {
      const known = trade()
      const end = nextBar()
      if (known === undefined || known.end !== undefined) return
      const isBegun = end !== undefined && end > known.beat
      write(isBegun ? { ...known, end } : undefined)
    },
    close: scope.close,
  }
}

const isSameTrade = (one: Trade, other: Trade | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
