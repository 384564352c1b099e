import { barMoment } from '../clock/step-moment.ts'
import { beatAt, isPlayingAt, timeAt } from '../clock/tempo-map.ts'
import type { Jam } from '../jam/jam.ts'
import type { LaunchVerbs } from '../jam/launch-verbs.ts'
import type { Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import { createWaits } from '../net/waits.ts'
import {
  launchOf,
  patternOf,
  type Launch,
  type Moment,
  type Playing,
  type Track,
  type TrackId,
} from '../sequence/song.ts'
import { BEATS_PER_BAR } from '../sequence/time.ts'
import type { Leads } from './leads.ts'
import type { Session } from './session-types.ts'

/** What is played on a song: patterns, silences and drops, each from the next bar on. */
export type LaunchDesk = Pick<
  Session,
  'launch' | 'launchScene' | 'launchOff' | 'launchSolo' | 'drop' | 'beatsUntil'
> & { readonly close: Undo }

export interface LaunchDeskOptions {
  readonly jam: Pick<Jam, 'song' | 'transport'> & {
    readonly clock: Pick<Jam['clock'], 'sessionId' | 'sharedMsAt'>
  }
  readonly verbs: LaunchVerbs
  readonly timers: Pick<Timers, 'now' | 'after'>
  readonly leads: Pick<Leads, 'changeMs'>
}

/** No honest launch lies farther ahead: a bar at the slowest tempo, and its lead. */
const LONGEST_WAIT_MS = 10_000

export function createLaunchDesk({ jam, verbs, timers, leads }: LaunchDeskOptions): LaunchDesk {
  const waits = createWaits(timers)
  const nowMs = (): number => jam.clock.sharedMsAt(timers.now())
  /** What is agreed and has not come yet. */
  const isPending = (moment: Moment | undefined): moment is Moment =>
    moment?.epoch === jam.clock.sessionId() &&
    moment.sharedMs > nowMs() &&
    moment.sharedMs < nowMs() + LONGEST_WAIT_MS

  /** What the track plays now, whatever it is to play next. */
  const playingNow = (track: Track): Playing => {
    const { change, pattern, isOff } = launchOf(track)
    return isPending(change) ? change.before : { pattern, isOff }
  }
  /** What it plays or is to play. */
  const playingNext = (track: Track): Playing => {
    const { pattern, isOff } = launchOf(track)
    return { pattern, isOff }
  }
  /** @param next  undefined for those that are to stay as they are */
  const launchAll = (next: (track: Track) => Playing | undefined): void => {
    const soonestMs = nowMs() + leads.changeMs()
    const { tracks } = jam.song.read()
    const wanted = tracks.flatMap((track) => {
      const playing = next(track)
      return playing === undefined || isSame(playing, playingNext(track))
        ? []
        : [{ track, playing }]
    })
    // Too late to be called off: some would have heard of that, and others not.
    const tooNearMs = wanted.flatMap(({ track }) => {
      const { change } = launchOf(track)
      return isPending(change) && change.sharedMs < soonestMs ? [change.sharedMs] : []
    })
    if (tooNearMs.length > 0) {
      waits.after(Math.max(...tooNearMs) - nowMs() + 1, () => {
        launchAll(next)
      })
      return
    }
    const sharedMs = barMoment(jam.transport.read(), soonestMs)
    const epoch = jam.clock.sessionId()
    const launches = new Map<TrackId, Launch>()
    for (const { track, playing } of wanted) {
      const before = playingNow(track)
      const isBack = isSame(before, playing)
      const change = sharedMs === undefined || isBack ? {} : { change: { before, epoch, sharedMs } }
      launches.set(track.id, { ...playing, ...change })
    }
    if (launches.size > 0) verbs.launch(launches)
  }
  return {
    launch(id, pattern) {
      launchAll((track) => (track.id === id ? { pattern, isOff: false } : undefined))
    },
    launchScene(pattern) {
      launchAll((track) =>
        patternOf(track, pattern).size > 0 ? { pattern, isOff: false } : undefined,
      )
    },
    launchOff(id, isOff) {
      launchAll((track) => (track.id === id ? { ...playingNext(track), isOff } : undefined))
    },
    launchSolo(id) {
      const others = jam.song.read().tracks.filter((track) => track.id !== id)
      const isAlone = others.every((track) => playingNext(track).isOff)
      launchAll((track) => ({
        ...playingNext(track),
        isOff: track.id === id ? false : !isAlone,
      }))
    },
    drop() {
      const { drop } = jam.song.read()
      const soonestMs = nowMs() + leads.changeMs()
      if (isPending(drop)) {
        if (drop.sharedMs >= soonestMs) verbs.setDrop(undefined)
        return
      }
      const transport = jam.transport.read()
      const sharedMs = barMoment(transport, soonestMs)
      if (sharedMs === undefined) return
      const endMs = timeAt(transport, beatAt(transport, sharedMs) + BEATS_PER_BAR)
      if (endMs === undefined) return
      verbs.setDrop({ epoch: jam.clock.sessionId(), sharedMs, endMs })
    },
    beatsUntil(moment) {
      const transport = jam.transport.read()
      const now = nowMs()
      if (!isPending(moment) || !isPlayingAt(transport, now)) return undefined
      return beatAt(transport, moment.sharedMs) - beatAt(transport, now)
    },
    close: waits.close,
  }
}

const isSame = (one: Playing, other: Playing): boolean =>
  one.pattern === other.pattern && one.isOff === other.isOff
