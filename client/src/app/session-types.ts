import type { Role, Rules } from '@beatcord/shared'
import type { ChatLine } from '../jam/chat.ts'
import type { PeerSync, SyncState } from '../jam/sync-state.ts'
import type { EditStep, StepOutcome } from '../jam/edit-history.ts'
import type { OfflineKeeper } from '../jam/offline-keeper.ts'
import type { OfflineCounts } from '../jam/offline-plan.ts'
import type { Writable } from '../jam/writable.ts'
import type { Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { Editing, Launching } from './editing-types.ts'
import type { Pitch } from '../sequence/pattern.ts'
import type { RollSettings } from './roll-settings.ts'
import type { SavedSound } from './saved-sounds.ts'
import type { Connection, Diagnosis, LinkStats, Person, SoundState } from './states.ts'
import type { Song, TrackId } from '../sequence/song.ts'
import type { TrackSound } from '../sequence/track-sound.ts'
import type { HandPlay } from './hand-types.ts'
import type { AudioDesk } from './audio-types.ts'
import type { Riffs } from './riff-types.ts'
import type { Together } from './together-types.ts'
import type { Bpm } from '../sequence/time.ts'
import type { ClickSettings, EngineLevels, PersonalMix, TrackMix } from '../sound/engine-types.ts'

export type {
  EditStep,
  StepOutcome,
  ChatLine,
  ClickSettings,
  Connection,
  EngineLevels,
  LinkStats,
  OfflineCounts,
  OfflineKeeper,
  PeerSync,
  Person,
  PersonalMix,
  Role,
  Rules,
  SavedSound,
  SoundState,
  SyncState,
  TrackMix,
  Writable,
}

export interface TransportView {
  /** What was last asked for, even if it starts a moment from now. */
  readonly playing: boolean
  readonly bpm: Bpm
}

/** Things to tell the person for a few seconds. */
export type Notice =
  | { readonly kind: 'joined' | 'left'; readonly name: string; readonly colour: number }
  | { readonly kind: 'trouble' | 'news'; readonly text: string }

/** Somebody who waits to be let in. */
export interface Guest {
  readonly id: string
  readonly name: string
  /** Index into the palette of people's colours. */
  readonly colour: number
}

/** Where somebody points in the roll of a track. */
export interface Cursor {
  readonly peer: string
  readonly track: TrackId
  readonly step: number
  readonly pitch: Pitch
}

/** A jam that is joined, and heard as soon as it can be: nothing else has come yet. */
export interface Arrival {
  readonly sound: Live<SoundState>
  /** To be called from a tap or key press: lets sound begin where the browser asked for one. */
  unlockSound(): Promise<void>
  /** The jam sounds here, or no sound of it is due: what is fetched from then on makes nobody hear it later. */
  readonly hasBegun: Live<boolean>
  /** Fetches what can be done in it: the same each time. Rejects while that is out of reach. */
  enter(): Promise<Session>
  leave(): void
}

/** One tab's part in a jam: all that the ui gets. */
export interface Session extends Editing, Launching, Arrival {
  readonly people: Live<readonly Person[]>
  readonly connection: Live<Connection>
  readonly sync: Live<SyncState>
  readonly song: Live<Song>
  readonly transport: Live<TransportView>
  /** Without those whom this person hides, as the cursors. */
  readonly chat: Live<readonly ChatLine[]>
  readonly writable: Live<Writable>
  /** What this person may do here, and how the room takes in newcomers: the server's word, which the others hold us to. */
  readonly role: Live<Role>
  readonly rules: Live<Rules>
  /** Those who wait outside; only a host sees them. */
  readonly guests: Live<readonly Guest[]>
  /** The next four are a host's; from others they do nothing. */
  setRules(change: Partial<Rules>): void
  setRole(person: string, role: Role): void
  answerKnock(guest: string, letIn: boolean): void
  /** Out of the jam; a private one gets a new link at the same time, by which the old one leads nowhere. */
  removePerson(person: string): Promise<void>
  /** Where the others point just now. */
  readonly cursors: Live<readonly Cursor[]>
  /** What makes a jam of people. */
  readonly together: Together
  readonly riffs: Riffs
  readonly hands: HandPlay
  /** Music that leaves the jam as sound: the same each time. Rejects while it is out of reach. */
  audio(): Promise<AudioDesk>
  /** This person's own track; it is in the song from its first note or change on. */
  readonly myTrackId: Live<TrackId>
  onNotice(listener: (notice: Notice) => void): Undo
  /** How everything stands at this moment, for someone who is asked on the phone. */
  diagnose(): Diagnosis

  /**
   * The beat that is heard now (quarter notes from 0, with fraction), or undefined while stopped; from -4 up to 0 while
   * the song is counted in.
   */
  heardBeat(): number | undefined
  /** How fast it is now, on the way to `transport`'s tempo while it glides there; undefined while stopped. */
  heardTempo(): Bpm | undefined

  /** Begins the song for everybody, a bar later when this person wants a count-in. */
  play(): void
  stop(): void
  /** Glides there over `glideBars` while the song plays. */
  setTempo(bpm: Bpm): void
  /** 0 (at once), 1, 2, 4 or 8; remembered on this device. */
  readonly glideBars: Live<number>
  setGlideBars(bars: number): void
  /** Metronome and count-in, heard on this device alone and remembered there. */
  readonly click: Live<ClickSettings>
  setClick(change: Partial<ClickSettings>): void
  /** Lets this person alone hear a track with other values, until it is called without. */
  tryOut(track: TrackId, sound?: Partial<TrackSound>): void
  /** Sounds that this person keeps in this browser, latest first; none until they are fetched. */
  readonly savedSounds: Live<readonly SavedSound[]>
  /** Keeps how a track sounds, in place of what has that name. Rejects with a sentence for people, as the next three do. */
  saveSound(track: TrackId, name: string): Promise<void>
  removeSavedSound(name: string): Promise<void>
  exportSound(track: TrackId, name: string): Promise<Blob>
  /** Reads a sound out of a file; whoever wants it on a track gives it there. */
  importSound(file: Blob): Promise<SavedSound>
  /** What this person alone wants to hear, remembered by whose track it is. Left out: as the room has it. */
  readonly mix: Live<PersonalMix>
  setMix(track: TrackId, change: Partial<TrackMix>): void
  resetMix(): void
  /** What the engine says of itself, at most 30 times a second. */
  readonly levels: Live<EngineLevels>
  /** `levels` bring samples to draw as long as somebody watches. */
  watchScope(): Undo
  /** How this person looks at rolls, remembered on this device. */
  readonly rollSettings: Live<RollSettings>
  setRollSettings(change: Partial<RollSettings>): void

  /** Ends all that sounds on this device, echoes included; the song goes on with its next note. */
  panic(): void

  /** Shows the others where in a roll this person's pointer is, until it points away. */
  pointAt(track: TrackId, step: number, pitch: Pitch): void
  pointAway(): void

  say(text: string): void
  rename(name: string): void
  /** Loudness on this device only, 0 to 1. */
  readonly outputVolume: Live<number>
  setOutputVolume(volume: number): void
  /** How much later this device sounds than its browser says, whole ms, -50 to 300; all is played that much earlier. */
  readonly trimMs: Live<number>
  setTrim(ms: number): void
  /** Clicks until undone, at moments that `lineUpPhase` shows; the song is silent here meanwhile. */
  startLineUp(): Undo
  /** How far from one click to the next it is now: 0 to 1, 0 as one ought to be heard; undefined without clicks. */
  lineUpPhase(): number | undefined
  /** Back in after `idle`, `replaced` or `room-full`. */
  rejoin(): void

  /** Whether our copy of the song had come apart from the others' and was put aside; theirs is played. */
  readonly hasAside: Live<boolean>
  /** What was put aside, as a file. */
  saveAside(): Promise<Blob>
  forgetAside(): void

  /** What this person wrote while nobody was in reach. */
  readonly offline: Omit<OfflineKeeper, 'close'>
  /**
   * Deletes what the server keeps of this jam, where one may, and what this browser keeps, and leaves. Rejects with a
   * sentence for people, having deleted nothing, while the server cannot be reached.
   */
  deleteJam(): Promise<void>

  /** The link that lets others in; another one when the room has moved. */
  readonly inviteLink: Live<string>
}
