import { withPlay } from '../clock/tempo-map.ts'
import { ANA, BO, createJamStage, type Jammer } from '../jam/jam-stage.ts'
import { createLive, type LiveSource } from '../lib/live.ts'
import type { TrackId } from '../sequence/song.ts'
import type { HandBend, HandNote } from '../sound/engine-types.ts'
import { createHandDesk } from './hand-desk.ts'
import type { HandPlay } from './hand-types.ts'
import type { ClickSettings } from './session-types.ts'

export { ANA } from '../jam/jam-stage.ts'

/** One who plays by hand in a jam in memory. */
export interface Handy extends Jammer {
  readonly hands: HandPlay
  /** What their engine was told. */
  readonly notes: readonly HandNote[]
  readonly bends: readonly HandBend[]
  readonly click: { read(): ClickSettings }
  readonly hidden: LiveSource<ReadonlySet<string>>
  /** Shared time now. */
  readonly sharedMs: () => number
  /** Presses a key for so long, in steps of the stage. */
  strike(pitch: number, ms: number): void
  /** The notes of a track, as `step/pitch` with its nudge, in order. */
  written(track?: TrackId): readonly string[]
}

/** Two who play at 120 beats a minute; their audio is 10 ms away, and a frame is a millisecond of shared time. */
export async function createHandStage(locked: ReadonlySet<TrackId> = new Set()) {
  const stage = createJamStage()
  async function join(id: typeof ANA): Promise<Handy> {
    const jammer = await stage.join(id)
    const { jam, mesh, timers, track } = jammer
    const notes: HandNote[] = []
    const hidden = createLive<ReadonlySet<string>>(new Set())
    const bends: HandBend[] = []
    const click = createLive<ClickSettings>({ metronome: false, countIn: false, level: 0.5 })
    const sharedMs = (): number => jam.clock.sharedMsAt(timers.now())
    const drawer = new Map<string, string>()
    const meta = { owner: id, home: 'h', name: id.slice(0, 3), colour: 0, bornMs: 1 }
    const hands = createHandDesk({
      ...{ jam, mesh, timers, click },
      drawer: {
        read: (key) => drawer.get(key),
        write: (key, value) => void drawer.set(key, value),
      },
      engine: () => ({
        playHand: (note) => void notes.push(note),
        bendHand: (bend) => void bends.push(bend),
      }),
      latencyMs: () => 10,
      frameAt: (ms) => ms,
      ownTrack: () => ({ id: track, meta }),
      mayPlay: () => true,
      mayEdit: (of) => !locked.has(of),
      hidden,
      requestMidi: undefined,
      transport: {
        play() {
          const countIn = click.read().countIn ? 4 : 0
          jam.setTransport(withPlay(jam.transport.read(), sharedMs(), 100, id, countIn))
        },
      },
      setClick(change) {
        click.set({ ...click.read(), ...change })
      },
    })
    return {
      ...jammer,
      ...{ hands, notes, bends, click, hidden, sharedMs },
      strike(pitch, ms) {
        hands.press(track, pitch, 100, timers.now())
        stage.pass(ms)
        hands.letGo(pitch, timers.now())
      },
      written(of = track) {
        const found = jam.song.read().tracks.find((each) => each.id === of)
        return [...(found?.patterns.a.values() ?? [])]
          .toSorted((one, other) => one.step - other.step || one.pitch - other.pitch)
          .map(
            ({ step, pitch, nudge }) => `${step}/${pitch}${nudge === undefined ? '' : ` ${nudge}`}`,
          )
      },
    }
  }
  const [ana, bo] = [await join(ANA), await join(BO)]
  // Until they agree on the time.
  stage.pass(8000)
  return {
    ...{ stage, ana, bo },
    /** Lets the song begin now; resolves when it stands on beat 0. */
    begin() {
      ana.jam.setTransport(withPlay(ana.jam.transport.read(), ana.sharedMs(), 200, ANA))
      stage.pass(200)
    },
  }
}
