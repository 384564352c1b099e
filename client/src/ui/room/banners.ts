import type { Connection, SoundState, Writable } from '../../app/session-types.ts'
import { BANNER_WORDS as WORDS } from '../../words/banners.ts'
import { SPAN_WORDS } from '../../words/spans.ts'
import { START_WORDS } from '../../words/start.ts'
import { easeWords } from './ease-words.ts'
import type { Ease } from './ease-words.ts'

/** What the person can do about it. */
export type Remedy = 'rejoin' | 'reload' | 'unlock' | 'save-aside' | 'forget-aside'

/** A standing sentence over the jam. */
export interface Banner {
  readonly key: string
  readonly tone: 'calm' | 'warning'
  readonly text: string
  readonly remedy?: { readonly act: Remedy; readonly label: string }
  /** The other thing one can do. */
  readonly other?: { readonly act: Remedy; readonly label: string }
}

const MS_PER_MINUTE = 60_000

/** All that is to be told just now, the most pressing first. */
export function bannersFor(
  connection: Connection,
  sound: SoundState,
  writable: Writable,
  hasAside = false,
  ease: Ease = 0,
): readonly Banner[] {
  return [
    connectionBanner(connection),
    soundBanner(sound),
    writableBanner(writable),
    hasAside ? ASIDE_BANNER : undefined,
    easeBanner(ease),
  ].filter((banner) => banner !== undefined)
}

const ASIDE_BANNER: Banner = {
  key: 'aside',
  tone: 'calm',
  text: WORDS.aside,
  remedy: { act: 'save-aside', label: WORDS.saveAside },
  other: { act: 'forget-aside', label: WORDS.forgetAside },
}

function easeBanner(ease: Ease): Banner | undefined {
  const words = easeWords(ease)
  if (words === undefined) return undefined
  const text = WORDS.ease(words)
  return { key: 'ease', tone: 'calm', text }
}

function connectionBanner(connection: Connection): Banner | undefined {
  switch (connection.status) {
    case 'joining':
    case 'in-room':
      return undefined
    case 'knocking':
      return {
        key: 'knocking',
        tone: 'calm',
        text: WORDS.knocking,
      }
    case 'locked':
      return {
        key: 'locked',
        tone: 'warning',
        text: WORDS.locked,
        remedy: { act: 'rejoin', label: WORDS.tryAgain },
      }
    case 'not-let-in':
      return {
        key: 'not-let-in',
        tone: 'warning',
        text: WORDS.notLetIn,
        remedy: { act: 'rejoin', label: WORDS.knockAgain },
      }
    case 'removed':
      return {
        key: 'removed',
        tone: 'warning',
        text: WORDS.removed,
      }
    case 'moved':
      return {
        key: 'moved',
        tone: 'warning',
        text: WORDS.moved,
      }
    case 'server-away':
      return { key: 'server-away', tone: 'calm', text: awayText(connection) }
    case 'room-full':
      return {
        key: 'room-full',
        tone: 'warning',
        text: WORDS.full(connection.cap),
        remedy: { act: 'rejoin', label: WORDS.tryAgain },
      }
    case 'replaced':
      return {
        key: 'replaced',
        tone: 'warning',
        text: WORDS.replaced,
        remedy: { act: 'rejoin', label: WORDS.jamHere },
      }
    case 'idle':
      return {
        key: 'idle',
        tone: 'warning',
        text: WORDS.idle(minutes(connection.timeoutMs)),
        remedy: { act: 'rejoin', label: WORDS.comeBack },
      }
    case 'outdated':
      return {
        key: 'outdated',
        tone: 'warning',
        text: WORDS.outdated,
        remedy: { act: 'reload', label: WORDS.reload },
      }
  }
}

type Away = Extract<Connection, { status: 'server-away' }>

const AWAY = {
  'address-full': WORDS.addressFull,
  busy: WORDS.serverBusy,
} as const

function awayText({ links, lack, offline }: Away): string {
  if (links === 0 && lack === undefined) return offline ? WORDS.offline : WORDS.serverOutOfReach
  const playsOn = WORDS.playsOn(links)
  return lack === undefined ? WORDS.serverAway(playsOn) : AWAY[lack](playsOn)
}

function soundBanner(sound: SoundState): Banner | undefined {
  switch (sound.status) {
    case 'locked':
    case 'running':
      return undefined
    case 'interrupted':
      return {
        key: 'interrupted',
        tone: 'warning',
        text: WORDS.interrupted,
        remedy: { act: 'unlock', label: WORDS.takeBack },
      }
    case 'unsupported':
      return { key: 'unsupported', tone: 'warning', text: unsupportedText(sound.insecure) }
    case 'failed':
      return {
        key: 'failed',
        tone: 'warning',
        text: WORDS.soundFailed(sound.reason),
        remedy: { act: 'unlock', label: WORDS.tryAgain },
      }
  }
}

const unsupportedText = (insecure: boolean): string =>
  insecure ? START_WORDS.noSoundInsecure : WORDS.noSound

function writableBanner(writable: Writable): Banner | undefined {
  switch (writable) {
    case 'yes':
      return undefined
    case 'listening':
      return {
        key: 'listening',
        tone: 'calm',
        text: WORDS.listening,
      }
    case 'newer-song':
      return {
        key: 'newer-song',
        tone: 'warning',
        text: WORDS.newerSong,
        remedy: { act: 'reload', label: WORDS.reload },
      }
    case 'nearly-full':
      return {
        key: 'nearly-full',
        tone: 'calm',
        text: WORDS.largeSong,
      }
    case 'two-songs':
      return {
        key: 'two-songs',
        tone: 'warning',
        text: WORDS.twoSongs,
      }
    case 'full':
      return {
        key: 'full',
        tone: 'warning',
        text: WORDS.fullSong,
      }
  }
}

function minutes(ms: number): string {
  if (ms < MS_PER_MINUTE) return SPAN_WORDS.seconds(Math.round(ms / 1000))
  return SPAN_WORDS.minutes(Math.round(ms / MS_PER_MINUTE))
}
