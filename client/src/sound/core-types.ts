import type { TrackId } from '../sequence/song.ts'
import type { Stems } from './dsp/master.ts'
import type {
  ClickSettings,
  CoreLevels,
  Ease,
  FrameSteps,
  FrameTempo,
  HandBend,
  HandNote,
  PersonalMix,
} from './engine-types.ts'
import type { FrameDrop } from './dsp/drop-gate.ts'
import type { FrameLaunches } from './frame-launches.ts'
import type { Audition, ComingSong } from './protocol.ts'
import type { SongPatch } from './song-patch.ts'
import type { StepBack } from './step-back.ts'

/** The sound of a jam, as plain computation: the audio worklet wraps it, `render` runs it as fast as it goes. */
export interface EngineCore {
  /** Frames that must be processed before frame f for f to be whole. */
  readonly latency: number
  change(patch: SongPatch): void
  /** Takes over at the frame that is told; until one is, never. */
  setComing(coming: ComingSong): void
  /** @param frame  undefined calls it off */
  setComingFrame(frame: number | undefined): void
  setTempo(tempo: FrameTempo): void
  setSteps(steps: FrameSteps): void
  setLaunches(launches: FrameLaunches): void
  /** Begins no note meanwhile, and lets nothing be heard but clicks. */
  setDrop(drop: FrameDrop | undefined): void
  /** Turns down, bar by bar, the tracks of whoever has not their turn; undefined: nobody takes turns. */
  setStepBack(stepBack: StepBack | undefined): void
  setClick(click: ClickSettings): void
  /** What this listener alone wants to hear of each track; a track that is left out is heard as the room has it. */
  setMix(mix: PersonalMix): void
  audition(audition: Audition): void
  /** Plays by hand, on top of the song; a track that is not there yet sounds as a new one. */
  playHand(note: HandNote): void
  bendHand(bend: HandBend): void
  /** Ends all that sounds within 10 ms, echoes included; the song goes on with its next note. */
  panic(): void
  /** 0 to 1. */
  setVolume(volume: number): void
  /** The frame that was or will be heard at shared time 0: what swings by itself stands at the same place for everybody. */
  setOrigin(frame: number): void
  /**
   * Gives up sound, never time: 0 nothing, 1 most of each unison, 2 chorus and the room's reverb too, 3 most voices of
   * each track but one, those that sound already among them.
   *
   * @param spared  whose voices are not given up
   */
  setEase(ease: Ease, spared?: TrackId): void
  /** Writes the frames from `frame` on, without making objects. Both sides are of one length. */
  process(left: Float32Array, right: Float32Array, frame: number, stems?: Stems): void
  /** What sounded since this was last asked. */
  takeLevels(): CoreLevels
  /** Copies the latest samples that were heard, both sides together, oldest first. */
  readScope(samples: Float32Array): void
}
