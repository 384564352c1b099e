import { beatMoment } from '../clock/beat-moment.ts'
import { isPlayingAt, lastAsked } from '../clock/tempo-map.ts'
import { createEditMarks } from '../jam/edit-marks.ts'
import { LIVE_LOOK, LIVE_REACTION } from '../jam/live-kinds.ts'
import { createLooks } from '../jam/looks.ts'
import { createReactions } from '../jam/reactions.ts'
import type { Jam } from '../jam/jam.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { SignalClient } from '../net/signal-client-types.ts'
import type { Timers } from '../net/timers.ts'
import { chimeAt } from '../sound/chime.ts'
import type { AudioOutput } from './audio-output.ts'
import type { DeviceTiming } from './device-timing.ts'
import type { Ear } from './ear.ts'
import type { Me } from './me.ts'
import type { Others } from './others.ts'
import type { Timing } from './timing.ts'
import { createFirstMinute } from './first-minute.ts'
import { createFollowing } from './following.ts'
import { createHiddenPeople } from './hidden-people.ts'
import { createJoinChime } from './join-chime.ts'
import type { Session } from './session-types.ts'
import type { Drawer } from './storage.ts'
import { createTradeDesk } from './trade-desk.ts'
import { withoutHidden } from './without-hidden.ts'

export interface TogetherOptions {
  readonly jam: Jam
  readonly room: {
    readonly mesh: Mesh
    readonly signal: Pick<SignalClient, 'self' | 'role' | 'roster' | 'state'>
  }
  readonly me: Pick<Me, 'ownTrack'>
  readonly others: Pick<Others, 'people' | 'onNotice'>
  readonly ear: Pick<Ear, 'mix' | 'setMix'>
  readonly output: Pick<AudioOutput, 'context'>
  readonly device: Pick<DeviceTiming, 'latencyMs'>
  readonly volume: { readonly volume: Live<number> }
  readonly timing: { readonly leads: Pick<Timing['leads'], 'changeMs'> }
  readonly drawer: Drawer
  readonly timers: Timers
}

/** Until the audio thread has it. */
const HANDOVER_MS = 30
/** Seen at once. */
const MOST_REACTIONS = 6

/** Makes what people have of each other beside the song; of those whom this person hides nothing is shown. */
export function createTogether(
  options: TogetherOptions,
): Pick<Session, 'together' | 'chat' | 'cursors'> & { readonly close: Undo } {
  const { jam, others, timers, drawer } = options
  const { leads } = options.timing
  const { mesh, signal } = options.room
  const { latencyMs } = options.device
  const scope = createScope()
  const sharedMs = (): number => jam.clock.sharedMsAt(timers.now())
  const hidden = createLive<ReadonlySet<string>>(new Set())

  const reactions = createReactions({
    mesh,
    timers,
    sharedMs,
    momentMs: () => beatMoment(jam.transport.read(), sharedMs() + leads.changeMs()),
  })
  scope.own(reactions.close)
  scope.own(jam.lateFrames.take(LIVE_REACTION, reactions.hear))
  const looks = createLooks({ mesh, timers })
  scope.own(looks.close)
  scope.own(jam.lateFrames.take(LIVE_LOOK, looks.hear))
  const edits = createEditMarks({ ...jam, timers })
  scope.own(edits.close)
  const people = createHiddenPeople({
    ...options,
    song: jam.song,
    people: others.people,
    ownHome: () => options.me.ownTrack().meta.home,
    hidden,
  })
  scope.own(people.close)
  const following = createFollowing(others.people)
  scope.own(following.close)

  const { close: closeTrade, ...trading } = createTradeDesk({
    ...options,
    mesh,
    seated: () => [
      { id: signal.self.read() ?? '', role: signal.role.read() },
      ...[...signal.roster.read().values()].map(({ peerId: id, role }) => ({ id, role })),
    ],
    isSeated: () => signal.state.read().status === 'admitted',
    leads,
  })
  scope.own(closeTrade)
  const chime = createJoinChime({
    song: jam.song,
    onNotice: others.onNotice,
    timers,
    drawer,
    untilBeatMs() {
      const soonestMs = sharedMs() + latencyMs() + HANDOVER_MS
      const transport = jam.transport.read()
      return isPlayingAt(transport, soonestMs) ? beatMoment(transport, soonestMs) - sharedMs() : 0
    },
    ring(pitches, waitMs) {
      const { context } = options.output
      if (context?.state !== 'running') return
      const waitSeconds = Math.max(0, waitMs - latencyMs()) / 1000
      chimeAt(context, context.currentTime + waitSeconds, pitches, options.volume.volume.read())
    },
  })
  scope.own(chime.close)
  const transport = createLive(lastAsked(jam.transport.read()))
  scope.own(jam.transport.subscribe((next) => transport.set(lastAsked(next))))
  const { close: closeFirst, ...firstMinute } = createFirstMinute({
    history: jam.history,
    transport,
    people: others.people,
    drawer,
    timers,
  })
  scope.own(closeFirst)

  return {
    chat: withoutHidden(hidden, jam.chat.lines, ({ by }) => by, scope),
    cursors: withoutHidden(hidden, jam.cursors.cursors, ({ peer }) => peer, scope),
    together: {
      reactions: withoutHidden(hidden, reactions.shown, ({ peer }) => peer, scope, MOST_REACTIONS),
      react: reactions.react,
      looks: withoutHidden(hidden, looks.looks, ({ peer }) => peer, scope),
      lookAt(track, pattern, selected) {
        looks.lookAt({ track, pattern, selected })
      },
      lookAway() {
        looks.lookAt(undefined)
      },
      editMarks: withoutHidden(hidden, edits.marks, ({ peer }) => peer, scope),
      hidden,
      hidePerson(person) {
        if (following.followed.read() === person) following.follow(undefined)
        people.hide(person)
      },
      showPerson: people.show,
      followed: following.followed,
      follow: following.follow,
      chimes: chime.chimes,
      setChimes: chime.setChimes,
      firstMinute,
      ...trading,
    },
    close: scope.close,
  }
}
