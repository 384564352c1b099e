import type { ChatLine } from '../jam/chat.ts'
import type { PeerSync, SyncState } from '../jam/sync-state.ts'
import type { Writable } from '../jam/writable.ts'
import type { Live } from '../lib/live.ts'
import type { Undo } from '../lib/scope.ts'
import type { Pitch } from '../sequence/pattern.ts'
import type { PitchClass, ScaleName } from '../sequence/scale.ts'
import type { Connection, Diagnosis, LinkStats, Person, SoundState } from './states.ts'
import type { Song, StepCount, Subdivision, TrackId } from '../sequence/song.ts'
import type { NumericParam, Waveform } from '../sequence/synth-sound.ts'
import type { Bpm } from '../sequence/time.ts'

export type { ChatLine, Connection, LinkStats, PeerSync, Person, SoundState, SyncState, Writable }

export interface TransportView {
  /** What was last asked for, even if it starts a moment from now. */
  readonly playing: boolean
  readonly bpm: Bpm
}

/** Things to tell the person for a few seconds. */
export type Notice =
  | { readonly kind: 'joined' | 'left'; readonly name: string; readonly colour: number }
  | { readonly kind: 'trouble'; readonly text: string }

/** Where somebody points in the roll of a track. */
export interface Cursor {
  readonly peer: string
  readonly track: TrackId
  readonly step: number
  readonly pitch: Pitch
}

/** One tab's part in a jam: all that the ui gets. */
export interface Session {
  readonly people: Live<readonly Person[]>
  readonly connection: Live<Connection>
  readonly sound: Live<SoundState>
  readonly sync: Live<SyncState>
  readonly song: Live<Song>
  readonly transport: Live<TransportView>
  readonly chat: Live<readonly ChatLine[]>
  readonly writable: Live<Writable>
  /** Where the others point just now. */
  readonly cursors: Live<readonly Cursor[]>
  /** This person's own track; it is in the song from its first note or change on. */
  readonly myTrackId: Live<TrackId>
  onNotice(listener: (notice: Notice) => void): Undo
  /** How everything stands at this moment, for someone who is asked on the phone. */
  diagnose(): Diagnosis

  /** The beat that is heard now (quarter notes from 0, with fraction), or undefined while stopped. */
  heardBeat(): number | undefined

  play(): void
  stop(): void
  setTempo(bpm: Bpm): void
  setStepCount(count: StepCount): void
  setScale(root: PitchClass, scale: ScaleName): void

  /** Writes the note when the place is empty, takes it away when it is not; a note that appears is heard once. */
  toggleNote(track: TrackId, step: number, pitch: Pitch): void
  setNote(
    track: TrackId,
    step: number,
    pitch: Pitch,
    change: { velocity?: number; length?: number },
  ): void
  removeNote(track: TrackId, step: number, pitch: Pitch): void
  clearTrack(track: TrackId): void
  setSubdivision(track: TrackId, subdivision: Subdivision): void
  setWaveform(track: TrackId, waveform: Waveform): void
  setParam(track: TrackId, param: NumericParam, value: number): void
  /** The hand has let go: writes at once what still moved. */
  settle(): void
  /** Takes away a track whose owner has left. */
  removeTrack(track: TrackId): void
  /** Takes back the last `removeTrack` or `clearTrack` of this tab, if nothing followed it. */
  restore(): void
  /** Fills an empty song with a starter groove and plays it. */
  startGroove(): void
  /** Sounds one pitch of a track, for this tab only. */
  audition(track: TrackId, pitch: Pitch): void

  /** Shows the others where in a roll this person's pointer is, until it points away. */
  pointAt(track: TrackId, step: number, pitch: Pitch): void
  pointAway(): void

  say(text: string): void
  rename(name: string): void
  /** To be called from a tap or key press: lets sound begin where the browser asked for one. */
  unlockSound(): Promise<void>
  /** Loudness on this device only, 0 to 1. */
  readonly outputVolume: Live<number>
  setOutputVolume(volume: number): void
  /** Back in after `idle`, `replaced` or `room-full`. */
  rejoin(): void

  /** The song as a file; and one opened in place of what is here. Rejects with a sentence for people. */
  saveSong(): Promise<Blob>
  openSong(file: Blob): Promise<void>
  /** Whether our copy of the song had come apart from the others' and was put aside; theirs is played. */
  readonly hasAside: Live<boolean>
  /** What was put aside, as a file. */
  saveAside(): Promise<Blob>
  forgetAside(): void

  /** The link that lets others in. */
  inviteLink(): string
  leave(): void
}
