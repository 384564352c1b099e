import type { Lack } from '@beatcord/shared'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Mesh } from '../net/mesh.ts'
import type { SignalClient, SignalState } from '../net/signal-client-types.ts'
import type { Connection } from './session-types.ts'

const OUT: ReadonlySet<Connection['status']> = new Set([
  'room-full',
  'replaced',
  'idle',
  'outdated',
  'knocking',
  'locked',
  'not-let-in',
  'removed',
  'moved',
])

export interface ConnectionWatch {
  readonly connection: Live<Connection>
  /** True once the server gave our seat away or up: nothing is played on the side of the room then. */
  readonly isOut: Live<boolean>
  readonly close: Undo
}

/** What of a page tells whether its device has a network. */
export interface NetworkedPage extends EventTarget {
  readonly navigator: { readonly onLine: boolean }
}

/** Where this tab stands with its room: the server's word and the links', as one state. */
export function watchConnection(
  signal: Pick<SignalClient, 'state' | 'inactivityTimeoutMs'>,
  mesh: Pick<Mesh, 'peers' | 'links'>,
  page: NetworkedPage,
): ConnectionWatch {
  const scope = createScope()
  let seen = false
  /** Of the last refusal, until the next welcome: the sentence stays while it is tried again. */
  let lack: Lack | undefined
  const away = (): Connection => ({
    status: 'server-away',
    links: mesh.peers().length,
    ...(lack && { lack }),
    ...(!page.navigator.onLine && { offline: true }),
  })
  const read = (state: SignalState): Connection => {
    switch (state.status) {
      case 'connecting':
        return seen ? away() : { status: 'joining' }
      case 'admitted':
        return { status: 'in-room' }
      case 'away':
        return away()
      case 'full':
        return { status: 'room-full', cap: state.cap }
      case 'replaced':
      case 'outdated':
      case 'knocking':
      case 'locked':
      case 'not-let-in':
      case 'removed':
      case 'moved':
        return { status: state.status }
      case 'idle':
        return { status: 'idle', timeoutMs: signal.inactivityTimeoutMs.read() }
    }
  }
  const connection = createLive(read(signal.state.read()))
  const isOut = createLive(false)
  const show = (): void => {
    const state = signal.state.read()
    seen ||= state.status === 'admitted' || state.status === 'away'
    if (state.status === 'away') ({ lack } = state)
    else if (state.status !== 'connecting') lack = undefined
    const next = read(state)
    if (JSON.stringify(next) !== JSON.stringify(connection.read())) connection.set(next)
    isOut.set(OUT.has(next.status))
  }
  scope.own(signal.state.subscribe(show))
  scope.own(mesh.links.subscribe(show))
  for (const change of ['online', 'offline'] as const) {
    page.addEventListener(change, show)
    scope.own(() => {
      page.removeEventListener(change, show)
    })
  }
  show()
  return { connection, isOut, close: scope.close }
}
