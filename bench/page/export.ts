import { exportOrder } from '../../client/src/app/export-order.ts'
import { runExport } from '../../client/src/app/run-export.ts'
import { noteKey } from '../../client/src/sequence/pattern.ts'
import { EMPTY_SONG, type Song, type TrackId } from '../../client/src/sequence/song.ts'
import type { GroovePart } from '../../client/src/sequence/starter-groove.ts'
import { STARTER_GROOVES } from '../../client/src/sequence/starter-grooves.ts'
import { openTape } from '../../client/src/sound/tape/tape.ts'
import type { ExportCost, ExportPiece, ExportRun, TapeCost } from './export-types.ts'
import { playOurs } from './sound-ours.ts'
import { BPM, PIECES, SAMPLE_RATE, SECONDS } from './sound-pieces.ts'
import { songOf } from './sound-song.ts'

/** Two minutes of the groove, half a minute of the other: apart its tracks have 186 MB even so. */
const LOOPS: Readonly<Record<ExportPiece, number>> = { groove: 32, full: 16 }
const LEAD_FRAMES = 480
/** For what is told to reach the audio thread. */
const DELIVERY_MS = 50

function grooveSong(): Song {
  const { root, scale, stepCount, others, ...own } = STARTER_GROOVES.House
  const parts: readonly GroovePart[] = [own, ...others]
  return {
    ...EMPTY_SONG,
    root,
    scale,
    stepCount,
    tracks: parts.map(({ subdivision, notes, sound }, track) => ({
      id: `groovetrack${'abcdefgh'.charAt(track)}` as TrackId,
      owner: '',
      home: '',
      name: 'bench',
      colour: 0,
      subdivision,
      sound,
      patterns: {
        a: new Map(notes.map((note) => [noteKey(note.step, note.pitch), { ...note }] as const)),
      },
    })),
  }
}

const songs: Readonly<Record<ExportPiece, () => Song>> = {
  groove: grooveSong,
  full: () => songOf(PIECES.effects),
}

async function run({ piece, format, isSplit }: ExportRun): Promise<ExportCost> {
  const song = songs[piece]()
  const order = exportOrder(
    {
      scene: undefined,
      ear: 'room',
      loops: LOOPS[piece],
      ending: 'ring',
      split: isSplit ? 'tracks' : 'mix',
      isMastered: true,
      format,
      title: 'bench',
    },
    { song, heard: song, mix: new Map(), bpm: BPM, sampleRate: SAMPLE_RATE, at: new Date() },
  )
  const startedMs = performance.now()
  const { file, seconds } = await runExport(
    Worker,
    order,
    () => undefined,
    new AbortController().signal,
  )
  return { ms: performance.now() - startedMs, seconds, bytes: file.size }
}

async function renderMs(hasTape: boolean): Promise<number> {
  const context = new OfflineAudioContext(2, SECONDS * SAMPLE_RATE, SAMPLE_RATE)
  const engine = await playOurs(context, 'sixteenths', LEAD_FRAMES)
  const tape = hasTape ? await openTape(context, engine.output, Worker) : undefined
  let startedMs = NaN
  void context.suspend(0).then(async () => {
    await new Promise((resolve) => setTimeout(resolve, DELIVERY_MS))
    startedMs = performance.now()
    await context.resume()
  })
  await context.startRendering()
  const ms = performance.now() - startedMs
  const tags = { title: '', artist: '', comment: '', date: '' }
  const kept = await tape?.cut(0, SAMPLE_RATE, { format: 'wav16', tags })
  if (hasTape && kept === undefined) throw new Error('the tape must have run')
  tape?.close()
  engine.close()
  return ms
}

async function tapeCost(): Promise<TapeCost> {
  const ROUNDS = 5
  const best = { withoutMs: Infinity, withMs: Infinity }
  for (let round = 0; round < ROUNDS; round++) {
    best.withoutMs = Math.min(best.withoutMs, await renderMs(false))
    best.withMs = Math.min(best.withMs, await renderMs(true))
  }
  return best
}

window.exportPage = { run, tape: tapeCost }
