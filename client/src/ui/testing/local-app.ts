import type {
  AppServices,
  Environment,
  JamMemory,
  RecentJam,
  Remix,
  Route,
  ThemeChoice,
} from '../../app/app-types.ts'
import { createLive } from '../../lib/live.ts'
import type { LiveSource } from '../../lib/live.ts'
import { createLocalSession } from './local-session.ts'
import type { LocalSession } from './local-session.ts'

/** The app around a local session: one page, nothing kept. */
export interface LocalApp extends AppServices {
  readonly route: LiveSource<Route>
  readonly remix: LiveSource<Remix | undefined>
  readonly arrival: LiveSource<LocalSession | undefined>
  readonly recentJams: LiveSource<readonly RecentJam[]>
  /** What is remembered of them. */
  readonly memories: Map<string, JamMemory>
  readonly hidesAddress: LiveSource<boolean>
  readonly canInstall: LiveSource<boolean>
  readonly theme: LiveSource<ThemeChoice>
  /** Hands over the errors reported since the last call. */
  takeReports(): readonly unknown[]
}

const LONGEST_NAME = 20
const LONGEST_ROOM_NAME = 40

export interface LocalAppOptions {
  readonly environment?: Partial<Environment>
  readonly now?: () => number
  /** Takes the place of joining. */
  readonly join?: AppServices['join']
}

export function createLocalApp({
  environment = {},
  now = () => performance.now(),
  join: joinOtherwise,
}: LocalAppOptions = {}): LocalApp {
  const route = createLive<Route>({ page: 'lobby' })
  const arrival = createLive<LocalSession | undefined>(undefined)
  const joining = createLive(false)
  const remix = createLive<Remix | undefined>(undefined)
  const recentJams = createLive<readonly RecentJam[]>([])
  const memories = new Map<string, JamMemory>()
  const hidesAddress = createLive(false)
  const canInstall = createLive(false)
  const theme = createLive<ThemeChoice>('system')
  const reported: unknown[] = []
  const suggestions = ['Amber Otter', 'Silver Heron', 'Quiet Lynx']
  let suggested = 0

  function goToLobby(): void {
    arrival.set(undefined)
    route.set({ page: 'lobby' })
  }
  const app: LocalApp = {
    route,
    remix,
    arrival,
    joining,
    recentJams,
    memories,
    readJamMemories: () => Promise.resolve(memories),
    takeReports: () => reported.splice(0),
    environment: {
      secure: true,
      isLocalhost: true,
      lanAddresses: () => Promise.resolve(['https://192.168.1.20:3000']),
      reload: () => undefined,
      ...environment,
    },
    hidesAddress,
    setHidesAddress: hidesAddress.set,
    canInstall,
    install() {
      canInstall.set(false)
      return Promise.resolve()
    },
    theme,
    setTheme: theme.set,
    lastName: () => undefined,
    suggestName: () => suggestions[suggested++ % suggestions.length] ?? '',
    validateName(text) {
      const name = text.trim()
      if (name === '') return { ok: false, reason: 'Tell the others your name.' }
      if (name.length <= LONGEST_NAME) return { ok: true, name }
      return { ok: false, reason: 'A name has at most 20 characters.' }
    },
    validateRoomName(text) {
      const name = text.trim()
      if (name === '') return { ok: false, reason: 'Give the room a name.' }
      if (name.length <= LONGEST_ROOM_NAME) return { ok: true, name }
      return { ok: false, reason: 'A room name has at most 40 characters.' }
    },
    async join(room, name) {
      if (joinOtherwise !== undefined) {
        joining.set(true)
        try {
          await joinOtherwise(room, name)
        } finally {
          joining.set(false)
        }
        return
      }
      if (room.kind === 'private') {
        route.set({ page: 'jam', invite: { kind: 'private', label: `${name}'s jam` } })
      }
      if (room.kind === 'open') {
        route.set({ page: 'jam', invite: { kind: 'open', name: room.name } })
      }
      arrival.set(createLocalSession({ name, now, onLeave: goToLobby }))
    },
    openRemix: () => Promise.resolve(remix.read()),
    forgetJam(href) {
      recentJams.set(recentJams.read().filter((jam) => jam.href !== href))
      return Promise.resolve()
    },
    goToLobby,
    report: (error) => void reported.push(error),
  }
  return app
}
