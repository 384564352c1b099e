import type { Connection, SoundState, Writable } from '../../app/session-types.ts'
import { easeWords } from './ease-words.ts'
import type { Ease } from './ease-words.ts'
import { countOf } from './words.ts'

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
  text: 'Your copy of this song had come apart from the others’. Theirs is played; yours was put aside.',
  remedy: { act: 'save-aside', label: 'Save mine' },
  other: { act: 'forget-aside', label: 'Forget it' },
}

function easeBanner(ease: Ease): Banner | undefined {
  const words = easeWords(ease)
  if (words === undefined) return undefined
  const text = `Your device is busy, so you hear ${words}. The others hear it all; it comes back by itself.`
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
        text: 'You knocked. You come in as soon as a host lets you.',
      }
    case 'locked':
      return {
        key: 'locked',
        tone: 'warning',
        text: 'This jam is locked: nobody can come in just now. Ask somebody who plays there, and try again.',
        remedy: { act: 'rejoin', label: 'Try again' },
      }
    case 'not-let-in':
      return {
        key: 'not-let-in',
        tone: 'warning',
        text: 'Nobody let you in.',
        remedy: { act: 'rejoin', label: 'Knock again' },
      }
    case 'removed':
      return {
        key: 'removed',
        tone: 'warning',
        text: 'A host took you out of this jam.',
      }
    case 'moved':
      return {
        key: 'moved',
        tone: 'warning',
        text: 'This jam has moved. Ask somebody who plays there for the new link.',
      }
    case 'server-away':
      return { key: 'server-away', tone: 'calm', text: awayText(connection) }
    case 'room-full':
      return {
        key: 'room-full',
        tone: 'warning',
        text: `This jam is full: it seats ${countOf(connection.cap, 'person', 'people')}. Your notes stay on this device.`,
        remedy: { act: 'rejoin', label: 'Try again' },
      }
    case 'replaced':
      return {
        key: 'replaced',
        tone: 'warning',
        text: 'Another tab of yours took your seat.',
        remedy: { act: 'rejoin', label: 'Jam here instead' },
      }
    case 'idle':
      return {
        key: 'idle',
        tone: 'warning',
        text: `Nothing was touched or played for ${minutes(connection.timeoutMs)}: your seat was given up.`,
        remedy: { act: 'rejoin', label: 'Come back' },
      }
    case 'outdated':
      return {
        key: 'outdated',
        tone: 'warning',
        text: 'Beatcord has been updated, and this page is too old to join the others.',
        remedy: { act: 'reload', label: 'Reload' },
      }
  }
}

type Away = Extract<Connection, { status: 'server-away' }>

const LACKS: Readonly<Record<NonNullable<Away['lack']>, string>> = {
  'address-full': 'As many people of your network are here as the server seats.',
  busy: 'The server has more to do than it can just now.',
}

function awayText({ links, lack }: Away): string {
  const jam =
    links === 0
      ? 'You keep playing alone'
      : `You keep playing with ${countOf(links, 'person', 'people')}`
  if (lack === undefined) return `The server is away. ${jam}; new people can join once it is back.`
  return `${LACKS[lack]} ${jam}; this page tries again every few seconds.`
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
        text: 'A call or another app took the loudspeaker.',
        remedy: { act: 'unlock', label: 'Take it back' },
      }
    case 'unsupported':
      return { key: 'unsupported', tone: 'warning', text: unsupportedText(sound.insecure) }
    case 'failed':
      return {
        key: 'failed',
        tone: 'warning',
        text: `The sound did not start: ${sound.reason}`,
        remedy: { act: 'unlock', label: 'Try again' },
      }
  }
}

export const INSECURE_TEXT =
  'Browsers allow no sound engine on a page that came over plain http from another computer. Open it over https: start the server with HTTPS=self, or put it behind an https address.'

const unsupportedText = (insecure: boolean): string =>
  insecure
    ? INSECURE_TEXT
    : 'This browser is too old to make sound here. Any current browser will do.'

function writableBanner(writable: Writable): Banner | undefined {
  switch (writable) {
    case 'yes':
      return undefined
    case 'listening':
      return {
        key: 'listening',
        tone: 'calm',
        text: 'You are listening. A host can let you play.',
      }
    case 'newer-song':
      return {
        key: 'newer-song',
        tone: 'warning',
        text: 'This song was made by a newer Beatcord. You can listen; reload to edit it.',
        remedy: { act: 'reload', label: 'Reload' },
      }
    case 'nearly-full':
      return {
        key: 'nearly-full',
        tone: 'calm',
        text: 'This song is getting large. Save it, then clear a track or remove one of somebody who left.',
      }
    case 'two-songs':
      return {
        key: 'two-songs',
        tone: 'warning',
        text: 'Two songs met that are too large to become one. Each of you keeps your own: save one, clear it, and they come together.',
      }
    case 'full':
      return {
        key: 'full',
        tone: 'warning',
        text: 'This song is as large as it can get. Save it, then clear a track or remove one of somebody who left.',
      }
  }
}

function minutes(ms: number): string {
  if (ms < MS_PER_MINUTE) return countOf(Math.round(ms / 1000), 'second', 'seconds')
  return countOf(Math.round(ms / MS_PER_MINUTE), 'minute', 'minutes')
}
