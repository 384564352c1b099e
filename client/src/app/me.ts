import type { PeerId } from '@beatcord/shared'
import type { Jam } from '../jam/jam.ts'
import type { OwnTrack } from '../jam/song-verbs.ts'
import type { TrackMeta } from '../jam/track-meta.ts'
import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { SignalClient } from '../net/signal-client-types.ts'
import type { TrackId } from '../sequence/song.ts'
import { createTrackId } from './ids.ts'
import { chooseColour, COLOUR_COUNT } from './my-colour.ts'
import { chooseOwnTrack } from './own-track.ts'
import { type Profile, sealProfile } from './profile.ts'
import type { Person } from './session-types.ts'
import type { Drawer } from './storage.ts'
import type { SealingKeys } from '../net/seal.ts'

/** This tab's person: name, colour and track. */
export interface Me {
  readonly profile: Live<Profile>
  readonly trackId: Live<TrackId>
  ownTrack(): OwnTrack
  rename(name: string): void
  /** Tells the room of every change from now on, and settles colour and track by who is there. */
  enter(room: {
    readonly jam: Pick<Jam, 'song' | 'verbs'>
    readonly signal: Pick<SignalClient, 'self' | 'state' | 'roster' | 'setSealed'>
    readonly people: Live<readonly Person[]>
    /** Changes when the room gets others. */
    readonly keys: Live<unknown>
  }): Undo
}

export interface MeOptions {
  readonly name: string
  /** Names this browser in this room. */
  readonly home: string
  /** Names the room in this browser. */
  readonly tag: string
  readonly profileKey: SealingKeys
  /** For this tab alone, through a reload. */
  readonly tabDrawer: Drawer
  readonly random: () => number
  readonly wallMs: number
  readonly self: () => PeerId | undefined
}

export function createMe(options: MeOptions): Me {
  const { tabDrawer, random, home } = options
  const colourKey = `colour/${options.tag}`
  const remembered = parseRemembered(tabDrawer.read(colourKey))
  const profile = createLive<Profile>({
    name: options.name,
    colour: remembered ?? Math.floor(random() * COLOUR_COUNT),
  })
  const trackId = createLive(createTrackId())

  const ownMeta = (): TrackMeta => ({
    owner: options.self() ?? '',
    home,
    ...profile.read(),
    bornMs: options.wallMs,
  })
  const settleColour = (people: readonly Person[]): void => {
    const others = people.flatMap(({ isMe, colour }) => (isMe ? [] : [colour]))
    const colour = chooseColour(profile.read().colour, others, random())
    tabDrawer.write(colourKey, String(colour))
    if (colour !== profile.read().colour) profile.set({ ...profile.read(), colour })
  }

  return {
    profile,
    trackId,
    ownTrack: () => ({ id: trackId.read(), meta: ownMeta() }),
    rename(name) {
      profile.set({ ...profile.read(), name })
    },
    enter({ jam, signal, people, keys }) {
      const scope = createScope()
      let settled = remembered !== undefined
      /** Before any word of the server, which is out of reach: whoever is there takes a track back later. */
      const isAlone = (): boolean =>
        signal.state.read().status === 'away' && signal.roster.read().size === 0
      const settle = (): void => {
        const known = signal.state.read().status === 'admitted'
        const present = people.read()
        // Those who were here first keep their colours: only a newcomer looks for another one, once.
        if (!settled && known && present.length > signal.roster.read().size) {
          settled = true
          settleColour(present)
        }
        trackId.set(
          chooseOwnTrack({
            song: jam.song.read(),
            current: trackId.read(),
            fresh: createTrackId,
            self: signal.self.read(),
            home,
            others: known || isAlone() ? new Set(signal.roster.read().keys()) : undefined,
          }),
        )
        claimTracks()
      }
      /** What is mine bears my name, also what I made yesterday and nobody here has taken over. */
      const claimTracks = (): void => {
        const self = signal.self.read()
        const { name, colour } = profile.read()
        if (self === undefined) return
        const isKnown = signal.state.read().status === 'admitted'
        const isAnothers = (owner: string): boolean =>
          owner !== self && (!isKnown || signal.roster.read().has(owner as PeerId))
        for (const track of jam.song.read().tracks) {
          const isMine =
            track.id === trackId.read() ||
            track.owner === self ||
            (track.home === home && !isAnothers(track.owner))
          const isShown = track.owner === self && track.name === name && track.colour === colour
          // Later, since this may run while Yjs still tells of another change.
          if (isMine && !isShown) {
            queueMicrotask(() => jam.verbs.showOwnTrack(track.id, ownMeta()))
          }
        }
      }
      const tell = (shown: Profile): void => {
        void sealProfile(options.profileKey, shown).then((sealed) => {
          // Sealing takes its own time: an older profile may come out last.
          if (profile.read() === shown) signal.setSealed(sealed)
        })
        claimTracks()
      }
      scope.own(profile.subscribe(tell))
      scope.own(
        keys.subscribe(() => {
          tell(profile.read())
        }),
      )
      scope.own(people.subscribe(settle))
      scope.own(signal.self.subscribe(settle))
      scope.own(signal.state.subscribe(settle))
      scope.own(jam.song.subscribe(settle))
      settle()
      return scope.close
    },
  }
}

function parseRemembered(text: string | undefined): number | undefined {
  const colour = Number(text ?? 'none')
  return Number.isInteger(colour) && colour >= 0 && colour < COLOUR_COUNT ? colour : undefined
}
