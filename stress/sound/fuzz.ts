import { runInNewContext } from 'node:vm'
import { createEngineCore } from '../../client/src/sound/engine-core.ts'
import { BLOCK } from '../../client/src/sound/dsp/strip.ts'
import { EMPTY_SONG } from '../../client/src/sequence/song.ts'
import { createDice, seedOf } from '../random.ts'
import { type Given, must, type Scenario, type Verdict } from '../scenario.ts'
import { actOnce, changeTempo, type Conductor, createConductor } from './acts.ts'
import { drawSong } from './draw-song.ts'
import { createListener, type Listener } from './listen.ts'

/** Songs that an engine plays, one after the other, before it is made anew. */
const SONGS = 200
/** Of so many batches one is played by two engines, which must be equal. */
const COMPARED_OF = 4
const RATES = [44_100, 48_000, 96_000] as const
const LONGEST_SECONDS = 0.3
const MOST_ACTS = 8
/** By then the slowest echo of all, with the most feedback, is below what counts as silence. */
const LONGEST_TAIL_SECONDS = 420
/** Longer than any echo. */
const SILENCE_SECONDS = 2.5
const UNHEARD = 1e-9
const SHOWN_FAILURES = 20
/** Far more than the slowest batch takes beside other work. */
const LONGEST_BATCH_MS = 600_000

/** Random sounds, notes, orders and leaps: what comes out is sound, the same of any two engines (one batch in four is played by two), and ends. */
export const randomSongs: Scenario = {
  name: 'random songs, sounds and orders',
  run: ({ seed, count, first }: Given): Promise<Verdict> => {
    let passed = 0
    const failures: string[] = []
    for (let index = first; index < first + count; index += SONGS) {
      const songs = Math.min(SONGS, first + count - index)
      const failure = failureOf(() =>
        watched(() => playBatch(seedOf(seed, index), songs, isCompared(index))),
      )
      if (failure === undefined) passed += songs
      else failures.push(`--first ${index} --count ${songs}: ${failure}`)
    }
    const shown = failures.slice(0, SHOWN_FAILURES)
    const words = failures.length === 0 ? `${passed} songs` : `\n  ${shown.join('\n  ')}`
    return Promise.resolve({ passed, failed: failures.length, words })
  },
}

function failureOf(play: () => void): string | undefined {
  try {
    play()
    return undefined
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
    return `${String(error)}: ${stack.split('\n').slice(0, 4).join(' ')}`
  }
}

/** Ends what loops for ever, which no timer of the same thread could. @throws Error, by whom and after how long */
function watched(play: () => void): void {
  runInNewContext('play()', { play }, { timeout: LONGEST_BATCH_MS })
}

const isCompared = (first: number): boolean => (first / SONGS) % COMPARED_OF === 0

/** Plays songs one after the other. @throws Error with the place in the batch */
function playBatch(seed: number, songs: number, isPair: boolean): void {
  const dice = createDice(seed)
  const sampleRate = dice.pick(RATES) ?? RATES[0]
  const engine = createEngineCore(sampleRate)
  const engines = isPair ? ([engine, createEngineCore(sampleRate)] as const) : ([engine] as const)
  const conductor = createConductor(dice, sampleRate, engines)
  const listener = createListener(engines)
  for (let song = 0; song < songs; song++) {
    try {
      playSong(conductor, listener)
    } catch (error) {
      throw new Error(`song ${song}`, { cause: error })
    }
  }
  playOut(conductor, listener)
}

function playSong(conductor: Conductor, listener: Listener): void {
  const { dice, sampleRate } = conductor
  conductor.setSong(drawSong(dice))
  changeTempo(conductor)
  const blocks = 1 + dice.below((LONGEST_SECONDS * sampleRate) / BLOCK)
  const actsShare = (MOST_ACTS * dice.next()) / blocks
  for (let block = 0; block < blocks; block++) {
    if (dice.chance(actsShare)) actOnce(conductor)
    const count = dice.chance(0.95) ? BLOCK : 1 + dice.below(3 * BLOCK)
    listener.process(conductor.frame, count)
    conductor.frame += count
  }
}

/** Takes all tracks away: what sounds ends, and for good. */
function playOut(conductor: Conductor, listener: Listener): void {
  const { sampleRate, engines } = conductor
  conductor.setSong(EMPTY_SONG)
  for (const engine of engines) {
    engine.setClick({ metronome: false, countIn: false, level: 0 })
    engine.setEase(0)
    engine.setVolume(1)
  }
  let silent = 0
  for (let played = 0; silent < SILENCE_SECONDS * sampleRate; played += BLOCK) {
    must(
      played < LONGEST_TAIL_SECONDS * sampleRate,
      `the end must be silent, got ${listener.peak()}`,
    )
    listener.process(conductor.frame, BLOCK)
    conductor.frame += BLOCK
    silent = listener.peak() < UNHEARD ? silent + BLOCK : 0
  }
}
