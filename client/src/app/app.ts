import { createLive } from '../lib/live.ts'
import { createRoomSecret, deriveRoomKeys, InsecurePageError } from '../net/room-keys.ts'
import { createTimers } from '../net/timers.ts'
import { parseName } from '../sequence/parse-name.ts'
import { START_WORDS } from '../words/start.ts'
import type { AppServices, RoomChoice, Route, Verdict } from './app-types.ts'
import { createArrival } from './arrival.ts'
import { createAudioOutput } from './audio-output.ts'
import { createEnvironment } from './environment.ts'
import { createHiddenAddress } from './hidden-address.ts'
import { createInstall } from './install.ts'
import {
  addressToHref,
  addressToInvite,
  JAM_PATH,
  parseAddress,
  parseRoomName,
  REMIX_PATH,
  type WholeAddress,
} from './invite.ts'
import { createRecentJams } from './recent-jams.ts'
import type { Report } from './report.ts'
import type { Arrival } from './session-types.ts'
import { createDrawer } from './storage.ts'
import { suggestName } from './suggest-name.ts'
import { createThemeChoice } from './theme-choice.ts'

const NAME_KEY = 'name'
/** The jam this tab is in, so that a reload goes straight back. */
const JAM_KEY = 'jam'

/** The page's one set of services: which page is shown, who we are, and the jam we are in. */
export function createApp(
  page: Window & typeof globalThis,
  random: () => number,
  report: Report,
): AppServices {
  const { location, history } = page
  const timers = createTimers()
  const drawer = createDrawer(() => page.localStorage)
  const tabDrawer = createDrawer(() => page.sessionStorage)
  const recent = createRecentJams(drawer)
  const hiddenAddress = createHiddenAddress(drawer)
  const readRoute = (): Route => {
    if (location.pathname === JAM_PATH) {
      return { page: 'jam', invite: addressToInvite(parseAddress(location.hash)) }
    }
    return { page: location.pathname === REMIX_PATH ? 'remix' : 'lobby' }
  }
  const route = createLive<Route>(readRoute())
  const arrival = createLive<Arrival | undefined>(undefined)
  const joining = createLive(false)
  /** Counts what the address was asked to show: a join that took too long finds itself out of date. */
  let asked = 0

  const supersede = (): void => {
    asked += 1
    joining.set(false)
  }
  const go = (href: string): void => {
    if (href !== location.pathname + location.hash) history.pushState(null, '', href)
    route.set(readRoute())
  }
  const goToLobby = (): void => {
    supersede()
    arrival.set(undefined)
    tabDrawer.write(JAM_KEY, '')
    go('/')
  }
  /** Back, forward, or another link typed into the address bar: another room is another session. */
  const onAddress = (): void => {
    supersede()
    const left = arrival.read()
    arrival.set(undefined)
    left?.leave()
    route.set(readRoute())
  }
  page.addEventListener('popstate', onAddress)

  const addressOf = (room: RoomChoice): WholeAddress => {
    if (room.kind === 'private') {
      const label = suggestName(random).toLowerCase().replaceAll(' ', '-')
      return { kind: 'private', label, secret: createRoomSecret() }
    }
    if (room.kind === 'open') {
      const verdict = parseRoomName(room.name)
      if (!verdict.ok) throw new Error(verdict.reason)
      return { kind: 'open', name: verdict.name }
    }
    const hash = room.kind === 'recent' ? room.href.slice(JAM_PATH.length) : location.hash
    const address = parseAddress(hash)
    if (address.kind === 'open' || address.kind === 'private') return address
    throw new Error(START_WORDS.brokenLink)
  }

  const join = async (room: RoomChoice, text: string): Promise<void> => {
    // Two taps, or a tap while a reload already brings us back, are one person.
    if (joining.read()) return
    const verdict = validateName(text)
    if (!verdict.ok) throw new Error(verdict.reason)
    const address = addressOf(room)
    let here: WholeAddress = address
    const href = addressToHref(address)
    const inviteLink = createLive(location.origin + href)
    drawer.write(NAME_KEY, verdict.name)
    // First of all, while the tap still counts.
    const output = createAudioOutput(page)
    const mine = ++asked
    joining.set(true)
    const leave = (left: Arrival): void => {
      if (arrival.read() === left) goToLobby()
    }
    try {
      const keys = await deriveRoomKeys(
        address.kind === 'private' ? address.secret : { name: address.name },
      )
      if (asked !== mine) {
        output.close()
        return
      }
      go(href)
      const joined = await createArrival({
        page,
        keys,
        name: verdict.name,
        output,
        drawer,
        tabDrawer,
        timers,
        random,
        hidesAddress: hiddenAddress.hides,
        signalUrl: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`,
        isPrivate: address.kind === 'private',
        onMoved(secret) {
          if (here.kind !== 'private') return
          recent.forget(addressToHref(here))
          here = { ...here, secret }
          recent.add(here, timers.wallMs())
          tabDrawer.write(JAM_KEY, addressToHref(here))
          history.replaceState(null, '', addressToHref(here))
          inviteLink.set(location.origin + addressToHref(here))
        },
        inviteLink,
        onRename: (name) => {
          drawer.write(NAME_KEY, name)
          tabDrawer.write(NAME_KEY, name)
        },
        onForget() {
          recent.forget(addressToHref(here))
        },
        onLeave: leave,
      })
      if (asked !== mine) {
        joined.leave()
        return
      }
      recent.add(address, timers.wallMs())
      tabDrawer.write(JAM_KEY, href)
      tabDrawer.write(NAME_KEY, verdict.name)
      arrival.set(joined)
    } catch (error) {
      output.close()
      throw toSentence(error)
    } finally {
      if (asked === mine) joining.set(false)
    }
  }
  const rejoin = (): void => {
    const name = tabDrawer.read(NAME_KEY)
    const isSame = tabDrawer.read(JAM_KEY) === location.pathname + location.hash
    if (isSame && name !== undefined) join({ kind: 'invited' }, name).catch(report.take)
  }
  rejoin()

  return {
    route,
    arrival,
    joining,
    recentJams: recent.jams,
    async readJamMemories() {
      const { readMemories } = await import('./jam-memory.ts')
      return readMemories(drawer)
    },
    environment: createEnvironment(page),
    hidesAddress: hiddenAddress.hides,
    setHidesAddress: hiddenAddress.set,
    ...createThemeChoice(drawer),
    ...createInstall(page),
    lastName: () => parseName(drawer.read(NAME_KEY)),
    suggestName: () => suggestName(random),
    validateName,
    validateRoomName: parseRoomName,
    join,
    async openRemix() {
      const { openRemix } = await import('./riff-fork.ts')
      return openRemix(location.hash, { drawer, random })
    },
    async forgetJam(href) {
      recent.forget(href)
      const { forgetJamHere } = await import('./forget-jam.ts')
      await forgetJamHere(href, drawer)
    },
    goToLobby,
    report: report.take,
  }
}

function toSentence(error: unknown): unknown {
  if (!(error instanceof InsecurePageError)) return error
  const text = START_WORDS.insecure
  return new Error(text, { cause: error })
}

function validateName(text: string): Verdict {
  const name = parseName(text)
  return name === undefined ? { ok: false, reason: START_WORDS.noName } : { ok: true, name }
}
