import { createLive, type Live } from '../lib/live.ts'
import { createScope, type Undo } from '../lib/scope.ts'
import type { Timers } from '../net/timers.ts'
import type { Song } from '../sequence/song.ts'
import type { Bpm } from '../sequence/time.ts'
import type { Engine, PersonalMix } from '../sound/engine-types.ts'
import type { AudioFormat } from '../sound/export/file-types.ts'
import { canEncode } from '../sound/export/formats.ts'
import { HELD_FRAMES } from '../sound/tape/tape-ring.ts'
import type { Tape } from '../sound/tape/tape.ts'
import { AUDIO_WORDS as WORDS } from '../words/audio.ts'
import type { AudioOutput } from './audio-output.ts'
import type { AudioDesk, AudioDownload, ExportChoice, Recording } from './audio-types.ts'
import { createBarLog, type PlayedBars } from './bar-log.ts'
import { exportOrder, lengthOf, tagsOf, type ExportSource } from './export-order.ts'
import { runExport } from './run-export.ts'
import type { Player } from './player.ts'
import { chooseFile, endOf, recordingName } from './record-file.ts'

export interface AudioDeskOptions {
  readonly page: Window & typeof globalThis
  readonly output: Pick<AudioOutput, 'engine' | 'context' | 'sampleRate'>
  readonly song: Live<Song>
  /** As this person hears it. */
  readonly heard: Live<Song>
  readonly mix: Live<PersonalMix>
  readonly bpm: () => Bpm
  readonly tempo: Player['tempo']
  readonly timers: Pick<Timers, 'wallMs'>
}

/** What is exported of the song, and the tape of what was played. Fetched when the jam has begun; the tape runs from then on. */
export async function createAudioDesk(
  options: AudioDeskOptions,
): Promise<AudioDesk & { readonly close: Undo }> {
  const { page, output, tempo, timers } = options
  const scope = createScope()
  const log = createBarLog()
  const recording = createLive<Recording>({ status: 'idle' })
  let tape: Tape | undefined
  let tapeScope = createScope()
  /** Frame from which on the tape runs. */
  let begun = 0

  const frameNow = (): number => Math.floor((output.context?.currentTime ?? 0) * output.sampleRate)
  const follow = (): void => {
    const now = tempo.read()
    if (now !== undefined) log.follow(now, frameNow())
  }
  const source = (): ExportSource => ({
    song: options.song.read(),
    heard: options.heard.read(),
    mix: options.mix.read(),
    bpm: options.bpm(),
    sampleRate: output.sampleRate,
    at: new Date(timers.wallMs()),
  })
  const takeEngine = async (engine: Engine | undefined): Promise<void> => {
    tapeScope.close()
    tapeScope = createScope()
    tape = undefined
    const { context } = output
    if (engine === undefined || context === undefined) return
    const mine = tapeScope
    const { openTape } = await import('../sound/tape/tape.ts')
    const opened = await openTape(context, engine.output, page.Worker)
    mine.own(opened.close)
    if (mine !== tapeScope) return
    tape = opened
    begun = frameNow()
    mine.own(opened.recording.subscribe(recording.set))
  }
  scope.own(() => {
    tapeScope.close()
  })
  follow()
  scope.own(tempo.subscribe(follow))
  // Where there is no tape all else goes on without it.
  const take = (engine: Engine | undefined): Promise<void> =>
    takeEngine(engine).catch(() => undefined)
  scope.own(output.engine.subscribe((engine) => void take(engine)))
  await take(output.engine.read())

  const oldest = (): number => Math.max(begun, frameNow() - HELD_FRAMES)
  const bars = (most: number): PlayedBars | undefined =>
    tape === undefined ? undefined : log.bars(most, frameNow(), oldest())

  return {
    async formats() {
      const able: AudioFormat[] = ['wav24', 'wav16', 'wav32']
      for (const format of ['opus', 'aac'] as const) if (await canEncode(format)) able.push(format)
      return able
    },
    lengthOf: (choice) => lengthOf(choice, source()),
    async exportSong(choice: ExportChoice, tell, signal) {
      const order = exportOrder(choice, source())
      const { file, extension, seconds } = await runExport(page.Worker, order, tell, signal)
      return { file, extension, seconds, name: choice.title }
    },
    barsPlayed: (most) => bars(most)?.count ?? 0,
    async keepBars(most, title) {
      if (tape === undefined) throw new Error(WORDS.noTape)
      const played = bars(most)
      if (played === undefined) throw new Error(WORDS.noBars)
      const { count, from, to } = played
      const { heard, bpm, at, sampleRate } = source()
      const name = WORDS.lastBars({ title, count })
      const tags = tagsOf(heard, bpm, name, at)
      const file = await tape.cut(from, to, { format: 'wav24', tags })
      if (file === undefined) throw new Error(WORDS.barsGone)
      return {
        file,
        name,
        extension: 'wav',
        seconds: (to - from) / sampleRate,
      } satisfies AudioDownload
    },
    recording,
    async startRecording(title, onEnd) {
      const { heard, bpm, at } = source()
      const name = recordingName(title, at)
      if (tape === undefined) throw new Error(WORDS.noTape)
      const chosen = await chooseFile(page, name)
      if (chosen === 'none' || recording.read().status === 'recording') return
      const tags = tagsOf(heard, bpm, name, at)
      tape.record(chosen, { format: 'wav24', tags, name: `${name}.wav` }, (recorded) => {
        onEnd(endOf(recorded, name))
      })
    },
    stopRecording() {
      tape?.stop()
    },
    async leftBehind() {
      const { leftRecordings } = await import('../sound/tape/tape-store.ts')
      return leftRecordings()
    },
    async forgetLeft(name) {
      const { forgetRecording } = await import('../sound/tape/tape-store.ts')
      await forgetRecording(name)
    },
    close: scope.close,
  }
}
