import { createLeads } from '../../client/src/app/leads.ts'
import { createTransportDesk, type TransportDesk } from '../../client/src/app/transport-desk.ts'
import type { Transport } from '../../client/src/clock/transport.ts'
import { createTimers } from '../../client/src/net/timers.ts'
import type { ChangeKind, ChangesPage, KnownChange } from './changes-types.ts'
import { comes, pause, until } from './condition.ts'
import { followBenchPath } from './lossy-candidates.ts'
import { openJam, type OpenJam } from './open-jam.ts'

const JOIN_LIMIT_MS = 30_000
const HEAR_LIMIT_MS = 20_000
/** Between a change's moment and whatever comes next. */
const REST_MS = 100
/** As in the product, where the browser does not tell. */
const USUAL_LATENCY_SECONDS = 0.03

interface Joined extends OpenJam {
  readonly desk: TransportDesk
  readonly self: string
}

function createChangesPage(): ChangesPage {
  const context = new AudioContext({ latencyHint: 'interactive' })
  const timers = createTimers()
  const known: KnownChange[] = []
  let joined: Joined | undefined

  const here = (): Joined => {
    if (joined === undefined) throw new Error('a page must join first')
    return joined
  }
  const latencyMs = (): number =>
    ((context.outputLatency || USUAL_LATENCY_SECONDS) + context.baseLatency) * 1000

  function note(transport: Transport, { jam, self }: Joined): void {
    const key = keyOf(transport)
    if (transport.by === '' || known.some((each) => each.key === key)) return
    known.push({
      key,
      isOwn: transport.by === self,
      kind: kindOf(transport),
      knownMs: wallMsAt(timers.now()),
      agreedMs: wallMsAt(jam.clock.localMsAt((transport.next ?? transport.current).sharedMs)),
      latencyMs: latencyMs(),
    })
  }

  const hears = async (isIt: (change: KnownChange) => boolean): Promise<KnownChange> => {
    const { jam } = here()
    await comes(
      (listener) => jam.transport.subscribe(listener),
      () => known.some(isIt),
      performance.now() + HEAR_LIMIT_MS,
    )
    const change = known.find(isIt)
    if (change === undefined) throw new Error('a change must be heard of')
    return change
  }

  return {
    async join(room, others) {
      await context.resume()
      const open = await openJam(room, (mesh) => mesh)
      const { jam, mesh, signal } = open
      const deadlineMs = performance.now() + JOIN_LIMIT_MS
      const isLinked = (): boolean =>
        [...mesh.links.read().values()].filter(({ status }) => status === 'open').length >= others
      const isInTime = (): boolean => jam.clock.state.read().status === 'in-time'
      const linked = await comes((listener) => mesh.links.subscribe(listener), isLinked, deadlineMs)
      const timed = await comes(
        (listener) => jam.clock.state.subscribe(listener),
        isInTime,
        deadlineMs,
      )
      if (!linked || !timed) throw new Error('the pages must be linked and in time')
      const self = signal.self.read() ?? ''
      const desk = createTransportDesk({
        jam,
        timers,
        self: () => self,
        leads: createLeads({ clock: jam.clock, links: () => mesh.links.read().size, latencyMs }),
        glideBeats: () => 0,
        countInBeats: () => 0,
      })
      const whole = { ...open, desk, self }
      joined = whole
      jam.transport.subscribe((transport) => {
        note(transport, whole)
      })
    },
    async change(kind, bpm) {
      const before = new Set(known.map(({ key }) => key))
      const { desk } = here()
      if (kind === 'play') desk.play()
      else if (kind === 'stop') desk.stop()
      else desk.setTempo(bpm)
      const { key, agreedMs } = await hears((change) => change.isOwn && !before.has(change.key))
      await until(agreedMs)
      await pause(REST_MS)
      return key
    },
    async hears(key) {
      await hears((change) => change.key === key)
    },
    known: () => known,
  }
}

const keyOf = ({ by, n }: Transport): string => `${by}/${n}`

function kindOf({ next, playing }: Transport): ChangeKind | undefined {
  if (next === undefined) return undefined
  if (next.playing === playing) return 'tempo'
  return next.playing ? 'play' : 'stop'
}

const wallMsAt = (localMs: number): number => performance.timeOrigin + localMs

followBenchPath()
window.changesPage = createChangesPage()
