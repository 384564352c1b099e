import type { Undo } from '../lib/scope.ts'
import type { OpenPath } from './attempt-holder.ts'
import { createDirectPath } from './direct-path.ts'
import type { TryingState } from './direct-path.ts'
import type { LinkChange, LinkState } from './mesh.ts'
import { createMeter } from './meter.ts'
import type { PeerLink, PeerLinkOptions } from './peer-link-types.ts'

/**
 * A link without a connection for so long greets through the server. Sooner than people would notice that they wait,
 * later than most connections take: longer where many connect at once, for a greeting for each of them would make the
 * connections later still. And soon once one has been lost, for somebody is in the middle of something then.
 */
const GREET_AFTER_MS = 500
const GREET_AFTER_EACH_MS = 200
const GREET_AT_LATEST_MS = 1500
const GREET_AGAIN_AFTER_MS = 20
/** The word that the link is cut off is given this long to arrive. */
const PARTING_MS = 300

type ActivePath = OpenPath & { readonly route: 'direct' | 'server' }

/** Settles on the way that bytes go, and tells what becomes of it. */
export function createPeerLink(options: PeerLinkOptions): PeerLink {
  const { timers } = options
  const meter = createMeter()
  let trying: TryingState = { status: 'connecting' }
  let isHeard = true
  let active: ActivePath | undefined
  let shown: LinkState | undefined
  let wasOpen = false
  let wasReachable = false
  let undoRelayWait: Undo | undefined
  let isSuspended = false
  let isDeaf = false
  let undoParting: Undo | undefined

  const carried = {
    meter,
    onBytes: unlessDeaf(options.onBytes),
    onControl: unlessDeaf(options.onControl),
    onBroke: unlessDeaf(options.onBroke),
  }
  const relay = options.createRelay({ ...carried, onChange: onRelay })
  const direct = createDirectPath({
    ...options,
    ...carried,
    // One that is parting makes no other connection when this one ends.
    canSignal: () => !isDeaf && options.canSignal(),
    isRelayed: () => relay.open() !== undefined,
    onOpen: settle,
    onSteady: settle,
    onHeard(next) {
      isHeard = next
      settle()
    },
    onTrying(next) {
      trying = next
      settle()
    },
  })

  function unlessDeaf<Args extends unknown[]>(tell: (...args: Args) => void) {
    return (...args: Args): void => {
      if (!isDeaf) tell(...args)
    }
  }

  function onRelay(): void {
    // A peer that greets has no connection, or doubts it; perhaps we have only not noticed.
    const straight = direct.open()
    if (relay.open() !== undefined && straight?.attempt.isSteady() === true)
      straight.attempt.check()
    settle()
  }

  /** Brings what is shown, told and prepared in line with the ways there are. */
  function settle(): void {
    if (isDeaf || isPageReplaced()) return
    const [before, next] = [active, bestPath()]
    active = next
    wasOpen ||= next !== undefined
    prepareRelay()
    show(stateNow())
    tellReachable(next !== undefined && (next.route === 'server' || isHeard))
    for (const change of changesBetween(before, next)) options.onLink(change)
  }

  /** Ends the way to a page that has been reloaded since. @returns whether one was ended */
  function isPageReplaced(): boolean {
    const [straight, relayed] = [direct.open(), relay.open()]
    if (straight === undefined || relayed === undefined || straight.page === relayed.page)
      return false
    if (straight.page < relayed.page) direct.renew()
    else relay.drop()
    return true
  }

  /** Straight, unless that way is in doubt and the other one is not. */
  function bestPath(): ActivePath | undefined {
    const [straight, relayed] = [direct.open(), relay.open()]
    const isDoubtful = straight?.attempt.isSteady() !== true && relayed?.attempt.isSteady() === true
    if (straight !== undefined && !isDoubtful) return { ...straight, route: 'direct' }
    return relayed && { ...relayed, route: 'server' }
  }

  function prepareRelay(): void {
    if (isSuspended) return
    const straight = direct.open()
    if (straight === undefined && relay.open() === undefined) {
      const waitMs = wasOpen ? GREET_AGAIN_AFTER_MS : greetAfterMs(options.others())
      undoRelayWait ??= timers.after(waitMs, relay.begin)
      return
    }
    undoRelayWait?.()
    undoRelayWait = undefined
    if (straight?.attempt.isSteady() === true) relay.rest()
    else relay.begin()
  }

  function stateNow(): LinkState {
    if (active === undefined) return trying
    if (!active.attempt.isSteady()) return { status: 'unsteady' }
    return { status: active.route === 'direct' ? 'open' : 'relayed' }
  }

  function show(state: LinkState): void {
    if (shown?.status === state.status && state.status !== 'unreachable') return
    if (shown === state) return
    shown = state
    options.onChange(state)
  }

  function tellReachable(isReachable: boolean): void {
    if (isReachable === wasReachable) return
    wasReachable = isReachable
    options.onReachable(isReachable)
  }

  direct.renew()

  function fallDeaf(): void {
    if (isDeaf) return
    isDeaf = true
    if (active === undefined) return
    active = undefined
    tellReachable(false)
    options.onLink('closed')
  }

  function close(): void {
    fallDeaf()
    undoParting?.()
    undoRelayWait?.()
    direct.close()
    relay.close()
  }

  return {
    isOpen: () => active !== undefined,
    send: (lane, bytes) => active?.attempt.send(lane, bytes) === true,
    sendControl: (message) => active?.attempt.sendControl(message) === true,
    signal(signal) {
      if (isDeaf) return
      direct.signal(signal)
    },
    relayed(payload, arrivedMs) {
      if (!isDeaf) relay.hear(payload, arrivedMs)
    },
    relayChanged(isThere) {
      if (isThere) relay.revive()
      else relay.drop()
    },
    revive() {
      isSuspended = false
      direct.revive()
      relay.revive()
    },
    nudge: direct.nudge,
    renew: direct.renew,
    suspend() {
      isSuspended = true
      undoRelayWait?.()
      undoRelayWait = undefined
      relay.rest()
      relay.drop()
      direct.suspend()
    },
    remotePage: () => active?.page,
    report() {
      const rttMs = active?.attempt.rttMs()
      const route = active?.route ?? 'none'
      return { ...meter.read(), ...direct.report(), route, ...(rttMs !== undefined && { rttMs }) }
    },
    connection: () => direct.open()?.attempt.connection(),
    part(code, parted) {
      const isTold = active?.attempt.sendControl({ kind: 'cut', code }) === true
      fallDeaf()
      undoParting = timers.after(isTold ? PARTING_MS : 0, () => {
        close()
        parted()
      })
    },
    close,
  }
}

/** What the other floors are told when the way to the peer is another one. */
function changesBetween(
  before: OpenPath | undefined,
  next: OpenPath | undefined,
): readonly LinkChange[] {
  if (before?.attempt === next?.attempt) return []
  if (before === undefined) return ['open']
  if (next === undefined) return ['closed']
  return before.page === next.page ? ['moved'] : ['closed', 'open']
}

const greetAfterMs = (others: number): number =>
  Math.min(GREET_AT_LATEST_MS, Math.max(GREET_AFTER_MS, others * GREET_AFTER_EACH_MS))
